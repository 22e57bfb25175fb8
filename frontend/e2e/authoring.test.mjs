// A counselor writes exercises of their own, in a real browser on the real server:
// begins one, is told what is wrong by line, looks at the three screens, saves,
// shares, exports, imports and deletes. Each part goes on where the one before stopped.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axeFinds, laptop, launch, person, shoot } from './support/browser.mjs';
import { startMend, until } from './support/mend.mjs';

let mend;
let browser;
let maria;
let page;
let folder;

const looking = process.env.SHOTS !== undefined;
const button = (name, within = page) => within.getByRole('button', { name, exact: true });
const heading = (name) => page.getByRole('heading', { name });
const problems = () => page.getByRole('region', { name: 'Problems' });
const code = () => page.getByRole('textbox', { name: 'The exercise, in YAML' });
const good = () => page.getByText('Nothing is wrong. It can be saved and run.').waitFor();

let broken = false;
function story(name, tell) {
  test(name, async (t) => {
    if (broken) return t.skip('an earlier part failed');
    broken = true;
    try {
      await tell();
    } catch (error) {
      await page.screenshot({ path: 'e2e/shots/authoring-failed.png' }).catch(() => {});
      throw error;
    }
    broken = false;
  });
}

before(async () => {
  mend = await startMend();
  browser = await launch();
  maria = await person(browser, 'maria', laptop);
  page = maria.page;
  page.setDefaultTimeout(10_000);
  folder = await mkdtemp(join(tmpdir(), 'mend-authoring-'));
  await page.goto(`${mend.url}/left`);
  await page.evaluate(() =>
    fetch('/api/v1/setup', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        name: 'Maria Ortiz',
        email: 'maria@example.org',
        password: 'a long enough password',
        practice: 'Lindenhof',
        secrets: 'no_secrets',
      }),
    }),
  );
});

after(async () => {
  await browser?.close();
  await mend?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
  // Among these would be every word of the content policy against a style or a script.
  assert.deepEqual(maria.errors, []);
});

/** Nothing for axe to find in light and dark, and nothing too wide at 320 px. */
async function sound(name) {
  const found = await axeFinds(page);
  assert.deepEqual(found, [], `${name}: ${found.join('\n')}`);
  await page.setViewportSize({ width: 320, height: 640 });
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(over <= 0, `${name} is ${over} px too wide at 320 px`);
  if (looking) {
    for (const [size, viewport] of Object.entries({
      laptop: laptop.viewport,
      phone: { width: 360, height: 740 },
    })) {
      await page.setViewportSize(viewport);
      await shoot(page, `authoring-${name}-${size}`);
    }
  }
  await page.setViewportSize(laptop.viewport);
}

const call = (path) =>
  page.evaluate(async (path) => {
    const answer = await fetch(`/api/v1${path}`);
    return answer.ok ? answer.json() : answer.status;
  }, path);

/** Goes to the end of the first line that holds a text, by the keyboard alone. */
async function goTo(text) {
  const { source } = await written();
  await code().click();
  await page.keyboard.press('Control+Home');
  const line = source.split('\n').findIndex((l) => l.includes(text));
  assert.ok(line >= 0, `${text} is not in the source`);
  for (let i = 0; i < line; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
}

/** What the editor holds, as export gives it. */
async function written() {
  const coming = page.waitForEvent('download');
  await button('Export').click();
  const file = await coming;
  return { name: file.suggestedFilename(), source: await readFile(await file.path(), 'utf8') };
}

story('a new exercise begins whole, with its three screens', async () => {
  await page.goto(`${mend.url}/desk/exercises`);
  await page.getByRole('link', { name: 'Write one of your own' }).click();
  await heading('New exercise').waitFor();
  await code().waitFor();
  await good();
  await page.getByRole('region', { name: /^The phone of One/ }).waitFor();
  await page.getByText('Write one thing from this week that mattered to you.').first().waitFor();
  await sound('new');
});

story('the editor tells what may stand where, with what it means', async () => {
  await goTo('seconds: 60');
  await page.keyboard.press('Enter');
  await page.keyboard.type('ret');
  // By the mouse: the editor lets nobody take by the keyboard what only just appeared.
  const offered = (name) => page.getByRole('option', { name, exact: true });
  await offered('retention').waitFor();
  await page.getByText('How long the answer is kept.', { exact: false }).waitFor();
  if (looking) await shoot(page, 'authoring-completion');
  await offered('retention').click();
  await page.keyboard.type('rec');
  await offered('record').click();
  assert.match((await written()).source, /^ {6}retention: record$/m);
  await good();
});

story('what is wrong is told at its line and in a list that leads there', async () => {
  await goTo('almost: echo');
  for (let i = 0; i < 'echo'.length; i++) await page.keyboard.press('Backspace');
  await page.keyboard.type('nowhere');
  await problems().getByText('One problem.', { exact: false }).waitFor();
  const told = problems().getByRole('button', { name: /There is no step with the id "nowhere"/ });
  await told.waitFor();
  await page.locator('.cm-lintRange-error').waitFor();
  await page.locator('.cm-lint-marker-error').waitFor();
  assert.equal(await button('Rehearse').isDisabled(), true);
  await sound('problem');

  await button('Save as my own').click();
  await until(() => page.evaluate(() => document.activeElement?.id === 'problems'), {
    what: 'the refused save to lead to the problems',
  });
  assert.equal(await call('/exercises/my-exercise'), 404);

  await told.press('Enter');
  await page.keyboard.press('End');
  for (let i = 0; i < 'nowhere'.length; i++) await page.keyboard.press('Backspace');
  await page.keyboard.type('echo');
  await good();
});

story('the screens are stepped through, and are only to be looked at', async () => {
  const one = page.getByRole('region', { name: /^The phone of One/ });
  const two = page.getByRole('region', { name: /^The phone of Two/ });
  await page.getByLabel('Step', { exact: true }).selectOption({ label: '3. Tell' });
  await one.getByText('Say in two or three sentences why it mattered.').waitFor();
  await two.getByText('Listen to understand. You do not have to answer.').waitFor();
  await button('Next step').click();
  await one.getByText('Listen for what came across.').waitFor();
  await button('Next step').click();
  await page
    .getByRole('region', { name: 'Your screen' })
    .getByText(/After three rounds step in/)
    .waitFor();
  assert.equal(await one.getByText(/After three rounds/).count(), 0);
  await button('Previous step').click();
  assert.equal(await page.locator('.glass:not([inert])').count(), 0);
  await sound('screens');
});

story('what is unsaved is rehearsed as it stands, and is there on the way back', async () => {
  await button('Rehearse').click();
  await until(() => /\/desk\/rehearsals\//.test(page.url()), { what: 'the rehearsal' });
  await page.getByText('My exercise').first().waitFor({ state: 'attached' });
  await page.goBack();
  await page.getByText('This is unsaved work of yours', { exact: false }).waitFor();
  await good();
});

story('unsaved work is there after a reload', async () => {
  await page.reload();
  await page.getByText('This is unsaved work of yours', { exact: false }).waitFor();
  assert.match((await written()).source, /retention: record/);
});

story('it is saved, shared and found in the library', async () => {
  await good();
  await button('Save as my own').click();
  await heading('Edit My exercise').waitFor();
  assert.match(page.url(), /\/desk\/exercises\/my-exercise\/edit$/);
  await page.getByText('Saved', { exact: true }).waitFor();
  assert.equal((await call('/exercises/my-exercise/source')).scope, 'private');
  await page.getByLabel('My practice').check();
  await button('Save').click();
  await until(async () => (await call('/exercises/my-exercise/source')).scope === 'practice', {
    what: 'the exercise to be shared',
  });
  assert.equal((await call('/exercises/my-exercise')).version, 1);
  assert.ok((await call('/exercises')).items.some((e) => e.origin === 'mine'));
});

story('in plain text the same is told, and a change rises the version by itself', async () => {
  await page.getByLabel('Plain text').check();
  const area = code();
  assert.equal(await area.evaluate((el) => el.tagName), 'TEXTAREA');
  const text = await area.inputValue();
  await area.fill(text.replace('phase: understand', 'phase: some day'));
  const told = problems().getByRole('button', { name: /Line 7/ });
  await told.click();
  const chosen = await area.evaluate((el) => el.value.slice(el.selectionStart, el.selectionEnd));
  assert.match(chosen, /^phase: some day/);
  await sound('plain');
  await area.fill(text.replace('title: My exercise ', 'title: Evening talk '));
  await good();
  await button('Save').click();
  await until(async () => (await call('/exercises/my-exercise')).version === 2, {
    what: 'the second version',
  });
  assert.match(await area.inputValue(), /^version: 2 /m);
  await page.getByLabel('Plain text').uncheck();
});

story('what another window saved is never overwritten: both are shown', async () => {
  const other = await maria.context.newPage();
  await other.goto(page.url());
  await other.getByLabel('Plain text').check();
  const area = other.getByRole('textbox', { name: 'The exercise, in YAML' });
  await area.fill((await area.inputValue()).replace('Evening talk', 'Morning talk'));
  await other.getByText('Nothing is wrong.', { exact: false }).waitFor();
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  await until(async () => (await call('/exercises/my-exercise')).version === 3, {
    what: 'the other window’s save',
  });
  await other.close();

  await page.getByLabel('Plain text').check();
  await code().fill((await code().inputValue()).replace('Evening talk', 'Night talk'));
  await good();
  await button('Save').click();
  await heading('This exercise was changed in another window').waitFor();
  await page
    .getByRole('region', { name: 'Written here' })
    .getByText(/Night talk/)
    .waitFor();
  await page
    .getByRole('region', { name: /^Saved meanwhile/ })
    .getByText(/Morning talk/)
    .waitFor();
  assert.equal((await call('/exercises/my-exercise')).title, 'Morning talk');
  await sound('conflict');
  await button('Go on with mine').click();
  await button('Save').click();
  await until(async () => (await call('/exercises/my-exercise')).title === 'Night talk', {
    what: 'the chosen words',
  });
  assert.equal((await call('/exercises/my-exercise')).version, 4);
});

story('a hostile file is told what is wrong with it and replaces nothing', async () => {
  await page.getByLabel('Plain text').check();
  const before = await code().inputValue();
  const bomb = join(folder, 'bomb.yaml');
  await writeFile(bomb, 'a: x\nb: &b [x, x]\nc: [*b, *b]\n');
  await page.getByLabel('Import a file').setInputFiles(bomb);
  const dialog = page.getByRole('dialog', { name: 'bomb.yaml was not taken in' });
  await dialog.getByText('Line 2').waitFor();
  await sound('refused');
  await button('Close', dialog).click();

  const huge = join(folder, 'huge.yaml');
  await writeFile(huge, 'x'.repeat(10 << 20));
  await page.getByLabel('Import a file').setInputFiles(huge);
  await page.getByText('The file is larger than 256 KiB', { exact: false }).waitFor();
  await page.keyboard.press('Escape');

  const binary = join(folder, 'binary.yaml');
  await writeFile(binary, Buffer.from([0x69, 0xff, 0xfe]));
  await page.getByLabel('Import a file').setInputFiles(binary);
  await page.getByText('The file is no text that can be read', { exact: false }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await code().inputValue(), before);
  assert.equal((await call('/exercises/my-exercise')).version, 4);
});

story('script in an exercise is words on the screens', async () => {
  const evil = join(folder, 'evil.yaml');
  const { source } = await written();
  await writeFile(
    evil,
    source.replace(
      'prompt: Write one thing from this week that mattered to you.',
      "prompt: '<img src=x onerror=alert(1)> [a](javascript:alert(1)) <script>alert(1)</script>'",
    ),
  );
  let alerted = false;
  page.on('dialog', (d) => {
    alerted = true;
    void d.dismiss();
  });
  await page.getByLabel('Import a file').setInputFiles(evil);
  await good();
  await page.getByLabel('Step', { exact: true }).selectOption('0');
  await page
    .getByRole('region', { name: /^The phone of One/ })
    .getByText('onerror=alert(1)', { exact: false })
    .waitFor();
  assert.equal(await page.locator('.glass img, .glass script, .glass a').count(), 0);
  assert.equal(alerted, false);
});

story('what was exported comes back the same', async () => {
  await code().fill((await call('/exercises/my-exercise/source')).source);
  const { name, source } = await written();
  assert.equal(name, 'my-exercise.yaml');
  const back = join(folder, 'back.yaml');
  await writeFile(back, source.replace('Night talk', 'Late talk'));
  await page.getByLabel('Import a file').setInputFiles(back);
  await until(async () => /Late talk/.test(await code().inputValue()), { what: 'the file' });
  await code().fill(source);
});

story('a shipped exercise is copied, and stays as it is', async () => {
  await page.goto(`${mend.url}/desk/exercises/floor-and-echo/edit`);
  await heading('A copy of Floor and echo').waitFor();
  await good();
  await sound('copy');
  await button('Save as my own').click();
  await until(() => /floor-and-echo-copy\/edit$/.test(page.url()), {
    what: 'an address of its own',
  });
  const copy = await call('/exercises/floor-and-echo-copy');
  const shipped = await call('/exercises/floor-and-echo');
  assert.deepEqual(
    copy.steps.map((s) => s.prompt),
    shipped.steps.map((s) => s.prompt),
  );
  assert.equal(shipped.origin, 'shipped');
});

story('without the server the words stay, and it says so', async () => {
  await page.getByLabel('Plain text').check();
  const text = await code().inputValue();
  await maria.context.setOffline(true);
  await code().fill(text.replace('Floor and echo', 'Floor'));
  await page.getByText('The server cannot be reached.', { exact: false }).waitFor();
  await button('Save').click();
  await page.getByRole('alert').filter({ hasText: /./ }).first().waitFor();
  await maria.context.setOffline(false);
  await good();
  assert.match(await code().inputValue(), /title: Floor$/m);
});

story('deleting asks first, and what is not there says so', async () => {
  await button('Delete').click();
  const dialog = page.getByRole('dialog', { name: /^Delete / });
  await dialog.waitFor();
  await sound('delete');
  await button('Keep it', dialog).click();
  await button('Delete').click();
  await button('Delete', dialog).click();
  await until(() => /\/desk\/exercises$/.test(page.url()), { what: 'the library' });
  assert.equal(await call('/exercises/floor-and-echo-copy'), 404);
  await page.goto(`${mend.url}/desk/exercises/floor-and-echo-copy/edit`);
  await page.getByRole('alert').filter({ hasText: 'This is not here.' }).waitFor();
});

story('the editor is loaded on this page alone', async () => {
  const loaded = [];
  page.on('request', (request) => loaded.push(request.url()));
  await page.goto(`${mend.url}/desk/exercises`);
  await heading('Exercises').waitFor();
  await page.waitForLoadState('networkidle');
  assert.deepEqual(
    loaded.filter((url) => /\/code-[^/]+\.js/.test(url)),
    [],
  );
  await page.getByRole('link', { name: 'Write one of your own' }).click();
  await code().waitFor();
  assert.equal(loaded.filter((url) => /\/code-[^/]+\.js/.test(url)).length, 1);
});
