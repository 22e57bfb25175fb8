// A counselor alone: an exercise is played to its end with two pretend partners, by
// the script, on the real binary. Nothing of it is in the house afterwards.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axeFinds, laptop, launch, person, shoot } from './support/browser.mjs';
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
  await maria.page.getByRole('heading', { name: 'Between exercises' }).waitFor({ state: 'hidden' });
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

test('on a narrow screen they stand in tabs, and each says what it is', async () => {
  await maria.page.setViewportSize({ width: 360, height: 740 });
  assert.ok(await maria.page.locator('.console').isVisible());
  await look('narrow-console');
  for (const name of ['Ana', 'Ben']) {
    await button(name).filter({ visible: true }).click();
    assert.ok(await device(name).getByText(mark).isVisible(), `${name}’s phone says so`);
    assert.ok(!(await maria.page.locator('.console').isVisible()));
    await look(`narrow-${name.toLowerCase()}`);
  }
  await maria.page.setViewportSize(laptop.viewport);
});

test('a phone that is touched is played by hand, and leaving it leads out of nothing else', async () => {
  const ana = device('Ana');
  assert.ok(await ana.getByRole('radio', { name: 'by script' }).isChecked());
  await ana.getByText('How steady are you?').click();
  assert.ok(await ana.getByRole('radio', { name: 'by hand' }).isChecked());
  await ana.getByRole('button', { name: 'Leave this page' }).click();
  await ana.getByRole('heading', { name: 'Ana has left' }).waitFor();
  assert.ok(await ana.getByText(mark).isVisible());
  await look('left');
  assert.match(maria.page.url(), /\/desk\/rehearsals\//);
  await ana.getByRole('button', { name: 'Let Ana come back' }).click();
  await ana.getByRole('heading', { name: 'How we work here' }).waitFor();
});

test('its end keeps nothing, and leads back or to another try', async () => {
  await press('More');
  await maria.page.getByRole('dialog').getByRole('button', { name: 'End the session' }).click();
  await maria.page.getByRole('dialog').getByRole('button', { name: 'End the session' }).click();
  await maria.page.getByRole('heading', { name: 'The rehearsal is over' }).waitFor();
  await look('over');
  const before = maria.page.url();
  await maria.page.locator('.desk').getByRole('button', { name: 'Rehearse again' }).click();
  await maria.page.waitForURL((url) => url.href !== before);
  await maria.page.getByRole('heading', { name: 'Between exercises' }).waitFor();
});

test('the arrival can be rehearsed as well', async () => {
  await press('Waiting room');
  await press('Begin again with both outside');
  await maria.page
    .getByRole('button', { name: /Ana.*Ben|Ben.*Ana/ })
    .first()
    .click();
  const door = maria.page.getByRole('dialog');
  await look('door');
  for (const name of ['Ana', 'Ben'])
    await door.getByRole('button', { name: `Let ${name} in` }).click();
  await door.getByRole('button', { name: 'Close' }).click();
  await maria.page.getByRole('heading', { name: 'Between exercises' }).waitFor();
});

test('an agenda is rehearsed from its plan, which is as it was afterwards', async () => {
  const couple = await maria.page.evaluate(async () => {
    const answer = await fetch('/api/v1/couples', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ label: 'A & S', one: { name: 'Alex' }, two: { name: 'Sam' } }),
    });
    return answer.json();
  });
  await maria.page.goto(`${mend.url}/desk/couples/${couple.id}/plan`);
  await maria.page.getByLabel('Length in minutes').fill('40');
  await maria.page.getByLabel('Search').fill('dials');
  await maria.page.getByRole('button', { name: /^Add .*Two dials/ }).click();
  await press('Rehearse this agenda');
  await maria.page.waitForURL(/\/desk\/rehearsals\//);
  await maria.page.getByRole('button', { name: 'Start Opening' }).first().waitFor();
  await maria.page.locator('.stage .back').click();
  await maria.page.waitForURL(/\/plan$/);
  await maria.page.getByRole('button', { name: /^Take Two dials out/ }).waitFor();
  assert.equal(await maria.page.getByLabel('Length in minutes').inputValue(), '40');
});

test('the house knows nothing of it', async () => {
  const lists = await maria.page.evaluate(async () => {
    const answers = await Promise.all(['/sessions', '/couples'].map((at) => fetch(`/api/v1${at}`)));
    return Promise.all(answers.map((answer) => answer.json()));
  });
  assert.deepEqual(
    lists.map((list) => list.items.length),
    [0, 1],
    'no session, and only the couple that was made here',
  );
  const folder = await kept();
  assert.ok(folder.includes('SQLite format 3'));
  for (const line of ['I want to say this well', 'It helped when you stayed', 'floor-and-echo'])
    assert.ok(!folder.includes(line), `${line} is in the data folder`);
  assert.ok(!mend.output().includes('It helped when you stayed'));
  assert.deepEqual(maria.errors, []);
});

test('axe and the ruler find nothing on any of these screens', () => {
  assert.deepEqual(findings, []);
});
