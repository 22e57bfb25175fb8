// What leaves the desk for a partner's own phone: a page of a session, looked at before
// exactly as it is read afterwards, and a release that takes both partners' word.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { joinAs } from './desk-partner.mjs';
import { axeFinds, laptop, launch, person, phone, shoot, smallPhone } from './support/browser.mjs';
import { counselor } from './support/counselor.mjs';
import { startMend, until } from './support/mend.mjs';
import { unzipped } from './support/zip.mjs';

const shots = process.env.SHOTS === '1';
const said = {
  one: 'MARKER-one-topic',
  two: 'MARKER-two-topic',
  oneSealed: 'MARKER-one-sealed',
  twoSealed: 'MARKER-two-sealed',
  whisper: 'MARKER-whisper',
  mark: 'MARKER-mark',
  note: 'MARKER-note',
};
let mend;
let browser;
let lead;
let d; // the desk
let folder;

before(async () => {
  mend = await startMend();
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), 'mend-shares-'));
  lead = await counselor(browser, mend.url);
  const alex = await joinAs(browser, mend.url, lead.links.one.url);
  const sam = await joinAs(browser, mend.url, lead.links.two.url);
  for (const [who, seat] of [
    [alex, 'one'],
    [sam, 'two'],
  ]) {
    await who.do('consent', { policy: (await who.view()).policy.version });
    await lead.do('admit', { who: seat });
  }
  const topics = async (run, one, two) => {
    await lead.do('start_exercise', { exercise: 'floor-and-echo', cast: { a: 'one', b: 'two' } });
    const here = async (who) => (await who.step())?.startsWith(`${run}.`);
    await until(async () => (await here(alex)) && (await here(sam)), { what: 'the first step' });
    await alex.do('submit', { step: await alex.step(), text: one });
    await sam.do('submit', { step: await sam.step(), text: two });
  };
  // Once they were shown to each other; then they were given again and not shown.
  await topics(1, said.one, said.two);
  await lead.step('advance');
  await lead.step('reveal');
  await lead.do('stop_exercise', {});
  await topics(2, said.oneSealed, said.twoSealed);
  await lead.do('whisper', { to: 'one', text: said.whisper });
  await lead.do('mark', { kind: 'note', text: said.mark });
  await lead.call('PUT', `/sessions/${lead.session.id}/note`, {
    kind: 'process',
    format: 'free',
    sections: { text: said.note },
    version: 0,
  });
  await lead.do('end', {});
  const desk = await person(browser, 'desk', laptop);
  await desk.context.addCookies(await lead.cookies());
  d = desk.page;
  d.setDefaultTimeout(10_000);
});

after(async () => {
  await browser?.close();
  await mend?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Nothing for axe to find, and nothing wider than the narrowest window. */
async function look(page, name) {
  assert.deepEqual(await axeFinds(page), [], name);
  const size = page.viewportSize();
  if (shots) await shoot(page, `shares-${name}`);
  await page.setViewportSize({ width: 320, height: 640 });
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(over <= 0, `${name} is ${over} px too wide at 320 px`);
  if (shots) await shoot(page, `shares-${name}-320`);
  await page.setViewportSize(size);
}

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const flat = (text) => text.replace(/\s+/g, ' ').trim();

/** Opens a link on somebody's phone, and keeps all that it is told. */
async function reader(name, device, url) {
  const who = await person(browser, name, device);
  const told = [];
  who.page.on('response', async (response) => {
    if (response.url().includes('/api/')) told.push(await response.text().catch(() => ''));
  });
  await who.page.goto(url);
  return { page: who.page, context: who.context, told };
}

let url;

test('a page is made, looked at before, and every caution is looked at', async () => {
  await d.goto(`${mend.url}/desk/sessions/${lead.session.id}`);
  const card = d.locator('section', {
    has: d.getByRole('heading', { name: 'Pages for partners' }),
  });
  await card.getByText('Nothing was shared of this session yet.').waitFor();
  await look(d, 'desk-none');
  await press(card, 'Make a page');
  await card.getByRole('radio').first().check();
  await card.getByText(said.one).waitFor();
  for (const sealed of [said.oneSealed, said.twoSealed])
    assert.ok(!(await card.innerText()).includes(sealed), 'what is under seal is not offered');
  await card.getByLabel(said.one).check();
  await card.getByLabel('A line from you').fill('Read this when the evening is quiet.');
  await look(d, 'desk-choose');
  await card.getByRole('button', { name: /^Look at it as/ }).click();
  await card.getByRole('heading', { name: 'This is the page as it will be' }).waitFor();
  const share = card.getByRole('button', { name: 'Share it' });
  assert.ok(await share.isDisabled(), 'what was not looked at is not shared');
  await look(d, 'desk-preview');
  for (const box of await card.getByLabel('This may stay').all()) await box.check();
  const preview = flat(await card.locator('.paper').innerText());
  await share.click();
  url = await card.getByRole('textbox', { name: 'The link to the page' }).inputValue();
  await look(d, 'desk-made');

  // A program that follows links sees a door, and changes nothing by it.
  const before = await lead.call('GET', `/sessions/${lead.session.id}/shares`);
  const bot = await fetch(url);
  assert.equal(bot.headers.get('referrer-policy'), 'no-referrer');
  assert.match(bot.headers.get('cache-control') ?? '', /no-store/);
  assert.match(bot.headers.get('x-robots-tag') ?? '', /noindex/);
  assert.ok(!(await bot.text()).includes('MARKER'));

  const one = await reader('one', smallPhone, url);
  await one.page.getByRole('heading', { name: 'A page from your counselor' }).waitFor();
  assert.ok(!one.told.join('').includes('MARKER'), 'nothing is told before the button');
  await look(one.page, 'door');
  await one.context.setOffline(true);
  await press(one.page, 'Open');
  await one.page.getByText('No connection.').waitFor();
  await one.context.setOffline(false);
  await press(one.page, 'Open');
  await one.page.getByText(said.one).waitFor();
  assert.equal(new URL(one.page.url()).hash, '', 'the token has left the address');
  assert.equal(await one.page.title(), 'Session');
  const read = flat(await one.page.locator('.copy').innerText());
  assert.ok(read.startsWith(preview), `previewed “${preview}”, and read “${read}”`);
  for (const kept of [said.oneSealed, said.twoSealed, said.whisper, said.mark, said.note])
    assert.ok(!one.told.join('').includes(kept), kept);
  await look(one.page, 'copy');

  // On paper it can be read and searched.
  const pdf = join(folder, 'copy.pdf');
  await one.page.pdf({ path: pdf, tagged: true });
  const text = execFileSync('pdftotext', [pdf, '-']).toString();
  assert.ok(text.includes(said.one) && !text.includes('Leave this page'), text);

  // Nothing of it stays on the phone, and nobody is told that it was read.
  const kept = () => [Object.keys(sessionStorage), Object.keys(localStorage), document.cookie];
  assert.deepEqual(await one.page.evaluate(kept), [[], [], '']);
  await one.page.reload();
  await one.page.getByRole('heading', { name: 'Open your link again' }).waitFor();
  await look(one.page, 'shut');
  assert.deepEqual(await lead.call('GET', `/sessions/${lead.session.id}/shares`), before);
});

test('a page that is ended leads nowhere, and leaving clears the phone', async () => {
  const two = await reader('again', phone, url);
  await press(two.page, 'Open');
  await two.page.getByText(said.one).waitFor();
  await press(two.page, 'Leave this page');
  await two.page.waitForURL(/\/left$/);
  assert.ok(!(await two.page.content()).includes('MARKER'));

  const card = d.locator('section', {
    has: d.getByRole('heading', { name: 'Pages for partners' }),
  });
  await press(card, 'End it');
  await card.getByText('Ended.').waitFor();
  await press(card, 'Look at it');
  await card.locator('.paper').getByText(said.one).waitFor();
  const late = await reader('late', smallPhone, url);
  await press(late.page, 'Open');
  await late.page.getByText('This link leads nowhere any more.').waitFor();
  await look(late.page, 'over');
});

test('a release takes both partners’ word, and says nothing of the other’s', async () => {
  await d.goto(`${mend.url}/desk/couples/${lead.session.couple}`);
  const card = d.locator('section', {
    has: d.getByRole('heading', { name: 'Releases to others' }),
  });
  await press(card, 'Ask both');
  await press(card, 'Ask both');
  await card.getByText('Choose at least one session').waitFor();
  await card.getByLabel('Who would get it?').fill('The family court');
  await card.getByLabel('What for?').fill('A hearing in May');
  await card
    .getByRole('group', { name: 'From which sessions?' })
    .getByRole('checkbox')
    .first()
    .check();
  await look(d, 'release-new');
  await press(card, 'Ask both');
  const item = card.getByRole('article');
  await item.getByText('Waiting for both.').waitFor();
  const links = [];
  const make = item.getByRole('button', { name: /^Make a link/ });
  // The second is pressed while the first is still on its way: neither press is lost.
  let pressed;
  const both = new Promise((done) => (pressed = done));
  const howItStands = /\/api\/v1\/releases\/[^/]+$/;
  await d.route(howItStands, (route) => both.then(() => route.continue()));
  await make.last().click();
  await item.locator('input[readonly]').waitFor();
  await make.first().click();
  pressed();
  await until(async () => (await item.locator('input[readonly]').count()) === 2, {
    what: 'the links',
  });
  await d.unroute(howItStands);
  for (const input of await item.locator('input[readonly]').all())
    links.push(await input.inputValue());
  await look(d, 'release-asked');

  const one = await reader('one', smallPhone, links[0]);
  const two = await reader('two', phone, links[1]);
  await one.page.getByRole('heading', { name: 'A question from your counselor' }).waitFor();
  await press(one.page, 'Open');
  await one.page.getByText('The family court').waitFor();
  await look(one.page, 'release-question');
  await press(two.page, 'Open');
  await press(two.page, 'I do not agree');
  await two.page.getByText('You did not agree').waitFor();
  await look(two.page, 'release-declined');
  const before = await one.page.locator('main').innerText();
  await one.page.goto('about:blank');
  await one.page.goto(links[0]);
  await press(one.page, 'Open');
  await one.page.getByText('The family court').waitFor();
  assert.equal(await one.page.locator('main').innerText(), before, 'one is told what two said');

  await d.reload();
  await item.getByText('One of them does not agree.').waitFor();
  await press(two.page, 'I agree after all');
  await two.page.getByText('You agreed on').waitFor();
  await press(one.page, 'I agree');
  await one.page.getByText('You agreed on').waitFor();
  await d.reload();
  await item.getByText('Both have agreed.').waitFor();
  await look(d, 'release-agreed');
  const [file] = await Promise.all([
    d.waitForEvent('download'),
    item.getByRole('link', { name: /Take it out/ }).click(),
  ]);
  const path = join(folder, 'release.zip');
  await file.saveAs(path);
  const out = Object.values(unzipped(await readFile(path))).join('\n');
  assert.match(out, /The family court/);
  assert.ok(out.includes(said.one) && out.includes(said.two));
  for (const kept of [said.oneSealed, said.twoSealed, said.whisper, said.mark, said.note])
    assert.ok(!out.includes(kept), kept);
  await item.getByText('Taken out on').waitFor();

  await press(one.page, 'I take it back');
  await one.page.getByText('What has gone out cannot be called back.').waitFor();
  await look(one.page, 'release-gone');
});

test('the law may stand in for a word, with a proof of who says so', async () => {
  await d.reload();
  const card = d.locator('section', {
    has: d.getByRole('heading', { name: 'Releases to others' }),
  });
  const item = card.getByRole('article');
  await item.getByText('One of them does not agree.').waitFor();
  await press(item, 'Go without both');
  await item.getByLabel('What the law asks').fill('By order of the court of the lake.');
  await look(d, 'release-override');
  await item.getByRole('button', { name: 'Go without both' }).click();
  const proof = d.getByRole('dialog', { name: 'Show once more that it is you' });
  const asked = proof.waitFor().then(() => true);
  const went = item
    .getByText('It may go without both')
    .waitFor()
    .then(() => false);
  if (await Promise.race([asked, went])) {
    await proof.getByLabel('Password', { exact: true }).fill('a long enough password');
    await proof.getByRole('button', { name: /^(Go on|Continue|Show)/ }).click();
  }
  await item.getByText('It may go without both: an order of a court').waitFor();
  await press(item, 'Withdraw it');
  await press(item, 'Withdraw it now');
  await item.getByText('Withdrawn.').waitFor();
  await look(d, 'release-withdrawn');
});
