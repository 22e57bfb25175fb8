// A page stays open while a newer build takes the server's place, whose parts have other
// names. What the page still needs of the old ones is gone, and it says what to do.
import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { axeFinds, laptop, launch, person, phone, shoot } from './support/browser.mjs';
import { counselor } from './support/counselor.mjs';
import { binary, startMend } from './support/mend.mjs';

let mend;
let browser;
let folder;
let newer;

/** This build with every part under another name, as after a change to each. */
async function renamed(into) {
  const parts = await readdir(fileURLToPath(new URL('../dist/assets', import.meta.url)));
  const names = parts.map((part) => part.replace(/\.\w+$/, ''));
  // Of a name only the last letter of its hash, so that the program, which looks for its
  // files by their order, finds them still.
  const any = new RegExp(names.map((name) => name.replace(/[-$]/g, '\\$&')).join('|'), 'g');
  const other = (name) => name.slice(0, -1) + (name.endsWith('a') ? 'b' : 'a');
  const program = (await readFile(binary)).toString('latin1').replace(any, other);
  await writeFile(into, program, 'latin1');
  await chmod(into, 0o700);
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mend-newer-'));
  newer = join(folder, 'mend');
  await renamed(newer);
  mend = await startMend();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await mend?.close();
  await rm(folder, { recursive: true, force: true });
});

test('a desk and a phone from before the change go on, and say when to load anew', async () => {
  const lead = await counselor(browser, mend.url);
  const { page, context } = await person(browser, 'desk', laptop);
  await context.addCookies(await lead.cookies());
  page.setDefaultTimeout(15_000);
  await page.goto(`${mend.url}/desk/exercises/opening`);
  const rehearse = page.getByRole('button', { name: 'Rehearse' });
  await rehearse.waitFor();
  const before = await page.locator('script[type=module][src]').getAttribute('src');
  const one = await person(browser, 'one', phone);
  await one.page.goto(lead.links.one.url);
  const join = one.page.getByRole('button', { name: 'Continue' });
  await join.waitFor();

  await mend.stop();
  await mend.start(newer);
  assert.equal((await fetch(`${mend.url}${before}`)).status, 404, 'the old parts are gone');

  await join.click();
  await one.page.getByRole('heading', { name: 'How we work here' }).waitFor();
  // A language that it never fetched is gone with the rest, until the page is loaded anew.
  await one.page.getByRole('button', { name: 'Español' }).click();
  await one.page.getByRole('alert').filter({ hasText: 'load this page again' }).waitFor();
  await one.page.reload();
  await one.page.getByRole('button', { name: 'Español' }).click();
  await one.page.getByRole('heading', { name: 'Cómo trabajamos aquí' }).waitFor();

  await rehearse.click();
  const told = page.getByRole('alert').filter({ hasText: 'Mend was brought up to date' });
  await told.waitFor();
  assert.deepEqual(await axeFinds(page), []);
  if (process.env.SHOTS === '1') await shoot(page, 'renewed');
  await told.getByRole('button', { name: 'Load the page again' }).click();
  await page.getByText('Rehearsal – nothing is kept').first().waitFor();
  assert.equal(await told.count(), 0);
  assert.notEqual(await page.locator('script[type=module][src]').getAttribute('src'), before);
});
