// The ways out of the record, in a real browser: files that are saved, a page whose
// PDF is tagged and can be read by machines, and copies that hold no more than they may.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { joinAs } from './desk-partner.mjs';
import { axeFinds, laptop, launch, phone, shoot } from './support/browser.mjs';
import { counselor } from './support/counselor.mjs';
import { startMend, until } from './support/mend.mjs';
import { unzipped } from './support/zip.mjs';

let mend;
let browser;
let maria;
let page;
let folder;

const looking = process.env.SHOTS !== undefined;
const marker = {
  one: 'MARKER-one-topic',
  two: 'MARKER-two-topic',
  whisper: 'MARKER-whisper',
  mark: 'MARKER-mark',
  progress: 'MARKER-progress',
  process: 'MARKER-process',
};

before(async () => {
  mend = await startMend();
  browser = await launch();
  maria = await counselor(browser, mend.url);
  folder = await mkdtemp(join(tmpdir(), 'mend-export-'));
  page = await maria.context.newPage();
  page.setDefaultTimeout(10_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize(laptop.viewport);

  // An hour in which each said something, and the counselor kept something to herself.
  const alex = await joinAs(browser, mend.url, maria.links.one.url);
  const sam = await joinAs(browser, mend.url, maria.links.two.url);
  for (const [who, seat] of [
    [alex, 'one'],
    [sam, 'two'],
  ]) {
    await who.do('consent', { policy: (await who.view()).policy.version });
    await maria.do('admit', { who: seat });
  }
  await maria.do('start_exercise', { exercise: 'floor-and-echo', cast: { a: 'one', b: 'two' } });
  await until(async () => (await alex.step()) && (await sam.step()), { what: 'the first step' });
  await alex.do('submit', { step: await alex.step(), text: marker.one });
  await sam.do('submit', { step: await sam.step(), text: marker.two });
  await maria.do('whisper', { to: 'one', text: marker.whisper });
  await maria.do('mark', { kind: 'note', text: marker.mark });
  for (const [kind, text] of [
    ['progress', `=1+1 ${marker.progress}`],
    ['process', marker.process],
  ])
    await maria.call('PUT', `/sessions/${maria.session.id}/note`, {
      kind,
      format: 'free',
      sections: { text },
      version: 0,
    });
});

after(async () => {
  await browser?.close();
  await mend?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function sound(name) {
  for (const [size, { viewport }] of Object.entries({ laptop, phone })) {
    await page.setViewportSize(viewport);
    const found = await axeFinds(page);
    assert.deepEqual(found, [], `${name} on the ${size}: ${found.join('\n')}`);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.ok(over <= 0, `${name} is ${over} px too wide on the ${size}`);
    if (looking) await shoot(page, `export-${name}-${size}`);
  }
  await page.setViewportSize(laptop.viewport);
}

/** Presses a link that saves a file: its name and its bytes. */
async function saved(name) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const holds = (text, wanted) => {
  for (const [name, words] of Object.entries(marker))
    assert.equal(text.includes(words), wanted.includes(name), `${name} in this copy`);
};

test('what is still under seal is in no copy: each passes through the counselor’s hands', async () => {
  await page.goto(`${mend.url}/desk/couples/${maria.couple.id}`);
  await page.getByRole('heading', { name: 'Take the record along' }).waitFor();
  await sound('couple');
  for (const [reader, wanted] of [
    ['A: their own words and what both share', []],
    ['S: their own words and what both share', []],
    ['Both: only what both may see', []],
  ]) {
    await page.getByLabel(reader, { exact: true }).check();
    const file = await saved('Download the ZIP');
    assert.match(file.name, /^record-\d{4}-\d\d-\d\d-[0-9a-f-]{36}\.zip$/);
    const files = unzipped(file.bytes);
    assert.deepEqual(Object.keys(files), ['manifest.json', 'record.json', 'record.md']);
    for (const text of [files['record.json'], files['record.md']]) holds(text, wanted);
    const manifest = JSON.parse(files['manifest.json']);
    assert.ok(
      manifest.absent.length > 2 && manifest.holds.length > 0 && manifest.files.length === 2,
    );
  }
});

test('once shown, both copies have both; the counselor’s has the record', async () => {
  await maria.step('advance');
  await maria.step('reveal');
  await maria.do('end');
  await page.reload();
  for (const [reader, wanted] of [
    ['A: their own words and what both share', ['one', 'two']],
    ['Both: only what both may see', ['one', 'two']],
    ['You: everything in your record', ['one', 'two', 'whisper', 'mark', 'progress']],
  ]) {
    await page.getByLabel(reader, { exact: true }).check();
    const files = unzipped((await saved('Download the ZIP')).bytes);
    for (const text of [files['record.json'], files['record.md']]) holds(text, wanted);
  }
  // Process notes leave only where they are asked for.
  await page.getByLabel('With process notes').check();
  const files = unzipped((await saved('Download the ZIP')).bytes);
  holds(files['record.md'], Object.keys(marker));
});

test('a session is saved as Markdown, a table and JSON', async () => {
  await page.goto(`${mend.url}/desk/sessions/${maria.session.id}`);
  await page.getByRole('heading', { name: 'Take a copy along' }).waitFor();
  await sound('session');
  const mine = ['one', 'two', 'whisper', 'mark', 'progress'];
  const markdown = await saved('Markdown');
  assert.match(markdown.name, /^session-\d{4}-\d\d-\d\d-[0-9a-f-]{36}\.md$/);
  holds(markdown.bytes.toString(), mine);
  const table = (await saved('CSV table')).bytes.toString();
  holds(table, mine);
  assert.ok(table.includes(`'=1+1 ${marker.progress}`), 'a formula was not defused');
  const data = JSON.parse((await saved('JSON')).bytes.toString());
  assert.deepEqual(data.parts, ['summary', 'progress', 'addenda']);
  holds(JSON.stringify(data), mine);
  await page.getByLabel('Summary', { exact: true }).uncheck();
  holds((await saved('Markdown')).bytes.toString(), ['progress']);
});

test('the page prints to a PDF that is tagged, titled and can be read by machines', async () => {
  await page.getByLabel('Summary', { exact: true }).check();
  const [printed] = await Promise.all([
    maria.context.waitForEvent('page'),
    page.getByRole('link', { name: 'Page to print or save as PDF' }).click(),
  ]);
  await printed.waitForLoadState();
  const found = await axeFinds(printed);
  assert.deepEqual(found, [], found.join('\n'));
  if (looking) await shoot(printed, 'export-page-laptop');
  // The stylesheet inside the page is let through by its hash: the headings are styled.
  assert.equal(
    await printed.evaluate(() => getComputedStyle(document.querySelector('h2')).borderBottomStyle),
    'solid',
  );
  const path = join(folder, 'session.pdf');
  const pdf = await printed.pdf({ tagged: true, preferCSSPageSize: true });
  await writeFile(path, pdf);
  assert.ok(pdf.includes('/StructTreeRoot') && pdf.includes('/MarkInfo'), 'the PDF has no tags');
  const info = execFileSync('pdfinfo', [path], { encoding: 'utf8' });
  assert.match(info, /Tagged:\s+yes/);
  assert.match(info, /Title:\s+Session of /);
  const structure = execFileSync('pdfinfo', ['-struct', path], { encoding: 'utf8' });
  for (const tag of ['H1', 'H2', 'L ', 'LI']) assert.ok(structure.includes(tag), `no ${tag}`);
  const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
  for (const words of [marker.one, marker.two, marker.progress, 'What happened', 'Progress note'])
    assert.ok(text.includes(words), `${words} cannot be read in the PDF`);
  assert.ok(!text.includes(marker.process), 'the process note is in the PDF');
});

test('a planned session goes into a calendar without a word about whom it is with', async () => {
  const planned = await maria.call('POST', `/couples/${maria.couple.id}/sessions`, {
    agenda: [],
    starts_at: '2030-01-07T15:00:00Z',
  });
  await page.goto(`${mend.url}/desk/couples/${maria.couple.id}`);
  await page.getByRole('link', { name: 'All planned sessions for a calendar' }).waitFor();
  const file = await saved('All planned sessions for a calendar');
  const text = file.bytes.toString();
  assert.match(file.name, /^appointments-[0-9a-f-]{36}\.ics$/);
  assert.ok(
    text.includes(`UID:${planned.id}@mend\r\n`) && text.includes('DTSTART:20300107T150000Z\r\n'),
  );
  for (const never of ['Alex', 'Sam', 'Maria', 'DESCRIPTION'])
    assert.ok(!text.includes(never), never);
});
