// An author at a terminal: a file becomes three screens in a browser, and what is
// written into it meanwhile is played the next time.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { axeFinds, laptop, launch, person } from './support/browser.mjs';
import { until } from './support/mend.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const binary = process.env.MEND_BIN ?? join(root, 'bin/mend');

let folder;
let file;
let source;
let browser;
let child;
let printed = '';
let author;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mend-preview-e2e-'));
  file = join(folder, 'mine.yaml');
  source = await readFile(join(root, 'content/exercises/two-dials/exercise.yaml'), 'utf8');
  await writeFile(file, source);
  child = spawn(binary, ['exercise', 'preview', file], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (chunk) => (printed += chunk));
  child.stderr.on('data', (chunk) => (printed += chunk));
  browser = await launch();
  author = await person(browser, 'Author', laptop);
  author.page.setDefaultTimeout(15_000);
});

after(async () => {
  await browser?.close();
  if (child.exitCode === null) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const heading = (name) => author.page.getByRole('heading', { name });
const button = (name) =>
  author.page.getByRole('button', { name }).filter({ visible: true }).first();
const region = (name) => author.page.getByRole('region', { name: `${name}’s phone, rehearsed` });

test('the printed address opens straight into the rehearsal of the file', async () => {
  const [address] = await until(() => /http:\S+/.exec(printed), { what: 'an address' });
  await author.page.goto(address);
  await author.page.waitForURL(/\/desk\/rehearsals\//);
  assert.ok(!author.page.url().includes('#'), 'the token does not stay in the address');
  await button('Start Two dials').waitFor();
  for (const name of ['Ana', 'Ben'])
    await region(name).getByText('Rehearsal – nothing is kept').waitFor();
  assert.deepEqual(await axeFinds(author.page), []);
});

test('the address works once, and for this browser', async () => {
  const [address] = /http:\S+/.exec(printed);
  const other = await person(browser, 'Other', laptop);
  await other.page.goto(address);
  await other.page.getByText('This address was used already').waitFor();
  assert.deepEqual(await axeFinds(other.page), []);
  await other.context.close();
});

test('a changed file is offered, and a broken one is told line by line', async () => {
  await writeFile(file, source.replace(/^title: .*$/m, 'title: Two other dials'));
  await author.page.getByText('The file has changed since this began.').waitFor();
  await button('Start again with the new text').click();
  await button('Start Two other dials').waitFor();
  // In the library it stands in the place of the one that it is a new text of.
  await button('Insert an exercise').click();
  const library = author.page.getByRole('dialog');
  await library.getByText('Two other dials').waitFor();
  assert.equal(await library.getByText('Two dials', { exact: true }).count(), 0);
  await author.page.keyboard.press('Escape');
  await writeFile(file, source.replace(/^title: .*$/m, 'titel: Two dials'));
  await author.page.getByText('The file has changed since this began.').waitFor();
  await button('Start again with the new text').click();
  await author.page
    .getByText(/Line \d+: /)
    .first()
    .waitFor();
  assert.deepEqual(await axeFinds(author.page), []);
  await writeFile(file, source);
  await button('Start again with the new text').click();
  await button('Start Two dials').click();
  await author.page.getByRole('dialog').getByRole('button', { name: 'Start Two dials' }).click();
  await heading('Between exercises').waitFor({ state: 'detached' });
  assert.deepEqual(author.errors, []);
});

test('when it ends nothing of it is left on the disk', async () => {
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGINT');
  assert.equal(await gone, 0, printed);
  assert.deepEqual(await readdir(folder), ['mine.yaml']);
});
