// What a browser still has on its disk once somebody has left, or the session is over.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { arrive } from './support/arrive.mjs';
import { launch, launchIn, phone } from './support/browser.mjs';
import { counselor } from './support/counselor.mjs';
import { startMend, until } from './support/mend.mjs';

let mend;
let browser;
const folders = [];

before(async () => {
  mend = await startMend();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await mend?.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** The files of a folder that hold any of some words, as bytes of either width. */
async function holding(folder, words) {
  const found = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const bytes = await readFile(file);
    for (const word of words) {
      if (bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le')))
        found.push(`${word} in ${file.slice(folder.length + 1)}`);
    }
  }
  return found;
}

/** A partner in a browser with a folder of its own, in the room and at work. */
async function comes(link) {
  const folder = await mkdtemp(join(tmpdir(), 'mend-profile-'));
  folders.push(folder);
  const context = await launchIn(folder, phone);
  const page = context.pages()[0];
  page.setDefaultTimeout(15_000);
  await page.goto(link.url);
  await arrive(page);
  return {
    folder,
    context,
    page,
    button: (name) => page.getByRole('button', { name, exact: true }),
  };
}

/** Writes, sends, takes it back and writes something else, which waits unsent. */
async function writes(who, sent, drafted) {
  const field = who.page.getByLabel('Your answer');
  await field.fill(`What I ${sent} today`);
  await who.button('Save it to be shown together').click();
  await who.page.getByText('Saved. Not shared yet').waitFor();
  await who.button('Take it back').click();
  await field.fill(`What I ${drafted} today`);
  await who.page.getByText('What you typed is saved.').waitFor();
}

test('no word is on the disk of a browser that left, nor of one at the end', async () => {
  const maria = await counselor(browser, mend.url);
  const one = await comes(maria.links.one);
  const two = await comes(maria.links.two);
  for (const who of ['one', 'two']) await maria.do('admit', { who });
  await maria.do('start_exercise', { exercise: 'floor-and-echo', cast: { a: 'one', b: 'two' } });
  const words = [];
  for (const [who, name] of [
    [one, 'one'],
    [two, 'two'],
  ]) {
    words.push(`sent-by-${name}`, `drafted-by-${name}`);
    await writes(who, `sent-by-${name}`, `drafted-by-${name}`);
  }
  // That the search finds what a page keeps, once the browser has written it down.
  await two.page.evaluate(() => localStorage.setItem('kept', 'as-a-page-keeps-it'));
  const kept = () => holding(two.folder, ['as-a-page-keeps-it']);
  await until(async () => (await kept()).length > 0, { what: 'the browser writing to its disk' });

  await one.button('Leave this page').click();
  await one.page.waitForURL(`${mend.url}/left`);
  await maria.do('end');
  await two.page.getByRole('heading', { name: 'The session has ended' }).waitFor();
  for (const { folder } of [one, two]) assert.deepEqual(await holding(folder, words), []);
  for (const { context } of [one, two]) await context.close();
  for (const { folder } of [one, two]) assert.deepEqual(await holding(folder, words), []);
});
