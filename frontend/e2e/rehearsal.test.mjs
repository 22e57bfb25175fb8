// A counselor alone: an exercise is played to its end with two pretend partners, by
// the script, on the real binary. Nothing of it is in the house afterwards.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axeFinds, laptop, launch, person, phone, shoot } from './support/browser.mjs';
import { startMend, until } from './support/mend.mjs';

let mend;
let browser;
let maria;

before(async () => {
  mend = await startMend();
  browser = await launch();
  maria = await person(browser, 'Maria', laptop);
  maria.page.setDefaultTimeout(15_000);
  await maria.page.goto(`${mend.url}/desk`);
  await maria.page.evaluate(async () => {
    const answer = await fetch('/api/v1/setup', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        name: 'Maria Ortiz',
        email: 'maria@example.org',
        password: 'a long enough password',
        practice: 'Lindenhof',
        secrets: 'no_secrets',
      }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  });
});

after(async () => {
  await browser?.close();
  await mend?.close();
});

const findings = [];
/** Looks at a screen in light and dark, by axe and, where it is asked for, in a picture. */
async function look(name) {
  const found = await axeFinds(maria.page);
  findings.push(...found.map((finding) => `${name}: ${finding}`));
  const over = await maria.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (over > 0) findings.push(`${name} is ${over} px too wide`);
  if (process.env.SHOTS !== undefined) await shoot(maria.page, `rehearsal-${name}`);
}

const button = (name) => maria.page.getByRole('button', { name, exact: typeof name === 'string' });
const press = (name) => button(name).filter({ visible: true }).first().click();
const device = (name) => maria.page.getByRole('region', { name: `${name}’s phone, rehearsed` });
const mark = 'Rehearsal – nothing is kept';

/** What is in the data folder, as bytes. */
async function kept() {
  const files = await readdir(mend.data, { recursive: true, withFileTypes: true });
  const all = files.filter((file) => file.isFile());
  return (await Promise.all(all.map((f) => readFile(join(f.parentPath, f.name), 'latin1')))).join(
    '',
  );
}

/** How many rows the tables of a session hold: none of them is a rehearsal's. */
const sessions = () =>
  maria.page.evaluate(async () => {
    const [all, couples] = await Promise.all(
      ['/sessions', '/couples'].map((path) => fetch(`/api/v1${path}`).then((a) => a.json())),
    );
    return all.items.length + couples.items.length;
  });

async function rehearse(id) {
  await maria.page.goto(`${mend.url}/desk/exercises/${id}`);
  await press('Rehearse');
  await maria.page.waitForURL(/\/desk\/rehearsals\//);
  await device('Ana').getByText('Rehearsal – nothing is kept').waitFor();
}

async function start(title) {
  await press(`Start ${title}`);
  const dialog = maria.page.getByRole('dialog');
  await dialog.getByRole('button', { name: `Start ${title}` }).click();
}

test('the exercise’s page leads to a rehearsal that says so on all three screens', async () => {
  await rehearse('floor-and-echo');
  assert.match(await maria.page.title(), /^Rehearsal – nothing is kept/);
  assert.ok(await maria.page.getByText(mark).first().isVisible());
  for (const name of ['Ana', 'Ben'])
    assert.ok(await device(name).getByText(mark).isVisible(), `${name}’s phone says so`);
  assert.ok(
    await maria.page.locator('.console').getByText('Rehearsal', { exact: true }).isVisible(),
  );
  await look('between');
});

test('the script plays Floor and echo to its end, and the counselor leads', async () => {
  await maria.page.getByLabel('Quick script').check();
  await start('Floor and echo');
  let looked = 0;
  let almost = false;
  await until(
    async () => {
      if (await maria.page.getByRole('heading', { name: 'Between exercises' }).isVisible())
        return true;
      const kind = await device('Ana').locator('h1').first().innerText();
      if (/almost/i.test(maria.said())) almost = true;
      if (looked < 4 && /speak|say back|write/i.test(kind)) {
        looked += 1;
        await look(`step-${looked}`);
      }
      // The counselor moves on when both are done, and reveals when there is something to.
      const reveal = button(/^Reveal/).filter({ visible: true });
      if ((await reveal.count()) > 0 && (await reveal.first().isEnabled()))
        await reveal.first().click();
      const waits = (await maria.page.getByText('Not yet', { exact: true }).count()) > 0;
      const next = button('Next').filter({ visible: true });
      if (!waits && (await next.count()) > 0 && (await next.first().isEnabled())) {
        await next.first().click();
        const sheet = maria.page
          .getByRole('dialog')
          .getByRole('button', { name: /^(Show it|Finish it)$/ });
        await sheet.click();
      }
      return false;
    },
    { within: 120_000, every: 250, what: 'the end of the exercise' },
  );
  assert.ok(almost, 'the listener was once told that something was missing');
  await look('after');
});
