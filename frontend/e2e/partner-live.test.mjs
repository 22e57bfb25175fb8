// Two phones in two browsers on the real server, from the link to the end. Each test
// goes on where the one before it stopped.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { arrive } from './support/arrive.mjs';
import { axeFinds, launch, person, phone, shoot, smallPhone } from './support/browser.mjs';
import { counselor } from './support/counselor.mjs';
import { startMend, until } from './support/mend.mjs';

let mend;
let browser;
let maria;
let alex;
let sam;
const looking = process.env.SHOTS !== undefined;
const topics = { one: 'topic-of-alex-5b1e', two: 'topic-of-sam-c07d' };

const button = (who, name) => who.page.getByRole('button', { name, exact: true });
const heading = (who, name) => who.page.getByRole('heading', { name, level: 1 });
const sees = (who, name) => heading(who, name).waitFor();

/** All that can be read on a phone's screen. */
const shown = async (page) => (await page.locator('nav, main, footer').allInnerTexts()).join('\n');

before(async () => {
  mend = await startMend();
  browser = await launch();
  maria = await counselor(browser, mend.url);
  alex = await person(browser, 'alex', phone);
  sam = await person(browser, 'sam', smallPhone);
  for (const { page } of [alex, sam]) page.setDefaultTimeout(15_000);
});

after(async () => {
  await browser?.close();
  await mend?.close();
});

/** Nothing for axe to find on either phone; a picture of both where one wants to look. */
async function sound(name) {
  for (const who of [alex, sam]) {
    assert.deepEqual(await axeFinds(who.page), [], `${name} on ${who.name}`);
    if (looking) await shoot(who.page, `live-${name}-${who.name}`);
  }
}

test('each comes in by their own link, agrees, and waits for the counselor', async () => {
  await alex.page.goto(maria.links.one.url);
  await arrive(alex.page);
  await sam.page.goto(maria.links.two.url);
  await arrive(sam.page);
  await sound('waiting');
  assert.equal(alex.page.url(), `${mend.url}/`);
  await until(async () => (await maria.view()).doors.two === 'knocking', { what: 'the knock' });
  await maria.do('admit', { who: 'one' });
  await sees(alex, 'You’re in');
  await sees(sam, 'You’re in the waiting room');
  await maria.do('admit', { who: 'two' });
  await sees(sam, 'You’re in');
});

test('a link that was used lets nobody else in, and the same phone straight back in', async () => {
  const stranger = await person(browser, 'stranger', phone);
  await stranger.page.goto(maria.links.one.url);
  await button(stranger, 'Continue').click();
  await stranger.page.getByText('does not work').waitFor();
  await stranger.context.close();
  await alex.page.goto(`${mend.url}/left`);
  await alex.page.goto(maria.links.one.url);
  await button(alex, 'Continue').click();
  await sees(alex, 'You’re in');
});

test('what both wrote stays apart until the counselor shows it, and then both have it', async () => {
  await maria.do('start_exercise', { exercise: 'floor-and-echo', cast: { a: 'one', b: 'two' } });
  for (const who of [alex, sam]) await sees(who, 'In your own words');
  await alex.page.getByLabel('Your answer').fill(topics.one);
  await alex.page.getByText('What you typed is saved.').waitFor();
  await button(alex, 'Save it to be shown together').click();
  await alex.page.getByText('Saved. Not shared yet').waitFor();
  await sam.page.getByLabel('Your answer').fill(topics.two);
  await sound('writing');
  await button(sam, 'Save it to be shown together').click();
  await sam.page.getByText('Saved. Not shared yet').waitFor();
  assert.doesNotMatch(sam.heard(), new RegExp(topics.one));
  assert.doesNotMatch(alex.heard(), new RegExp(topics.two));
  await maria.step('advance');
  await sees(alex, 'Side by side, soon');
  await maria.step('reveal');
  for (const who of [alex, sam]) {
    await sees(who, 'What you each gave');
    for (const topic of Object.values(topics)) await who.page.getByText(topic).waitFor();
  }
  await sound('revealed');
});

test('a phone that lost its server comes back by itself to where it was', async () => {
  await mend.stop('SIGKILL');
  await alex.page.getByText('No connection.').first().waitFor();
  await mend.start();
  await maria.comeBack();
  for (const who of [alex, sam]) {
    await who.page.locator('.strip').waitFor({ state: 'detached' });
    await sees(who, 'What you each gave');
  }
});

test('the speaker yields, the listener says it back, and the speaker alone judges', async () => {
  await maria.step('advance'); // the counselor picks one
  await sees(alex, 'One moment');
  await maria.step('advance');
  await sees(alex, 'A moment to settle');
  await maria.step('advance');
  await sees(alex, 'Your turn to speak');
  await sees(sam, 'Your turn to listen');
  await sound('speaking');
  await button(alex, 'Half a minute more').click();
  await button(alex, 'I’ve finished speaking').click();
  await sees(sam, 'Your turn to say it back');
  await sees(alex, 'Listen: is that what you meant?');
  await button(sam, 'I’ve said it back').click();
  await sees(alex, 'Was that it?');
  await sees(sam, 'Wait for a moment');
  await sound('confirming');
  await button(alex, 'Almost, a piece is missing').click();
  await sees(sam, 'Your turn to say it back');
  await sam.page.getByText('Alex said: almost.').waitFor();
  await button(sam, 'I’ve said it back').click();
  await button(alex, 'Yes, that’s it').click();
  await until(async () => (await maria.view()).step.kind !== 'confirm', {
    what: 'the loop to end',
  });
});

test('a pause is the same for both, whoever called it, and it ends where it began', async () => {
  const before = (await maria.view()).step.key;
  await button(sam, 'Pause').click();
  const screens = [];
  for (const who of [alex, sam]) {
    await sees(who, 'We’re pausing');
    screens.push(await shown(who.page));
  }
  assert.equal(screens[0], screens[1]);
  assert.equal((await maria.view()).pause.by, 'two');
  assert.doesNotMatch(alex.heard(), /"by":/);
  await maria.do('resume');
  await until(async () => (await maria.view()).step?.key === before, {
    what: 'the step to be back',
  });
  await heading(alex, 'We’re pausing').waitFor({ state: 'detached' });
});

test('a phone whose line died without a word asks, notices, and is back by itself', async () => {
  // Nothing is lost on the way and nothing closes: as where a network swallows all that is sent.
  const lines = [];
  await sam.page.routeWebSocket(/\/live\//, (page) => {
    const line = { silent: false };
    const server = page.connectToServer();
    page.onMessage((frame) => line.silent || server.send(frame));
    server.onMessage((frame) => line.silent || page.send(frame));
    lines.push(line);
  });
  const before = await sam.page.getByRole('heading', { level: 1 }).innerText();
  await sam.page.reload();
  await sees(sam, before);
  assert.equal(lines.length, 1);
  lines[0].silent = true;
  const began = Date.now();
  await button(alex, 'Pause').click();
  await sees(alex, 'We’re pausing');
  await heading(sam, 'We’re pausing').waitFor({ timeout: 40_000 });
  const took = Date.now() - began;
  assert.equal(lines.length, 2, 'it came back by another line');
  assert.ok(took > 5_000, 'the first line was not silent');
  // Twenty seconds until it asks, eight for the answer, and the way back.
  assert.ok(took < 30_000, `it took ${took} ms`);
  await maria.do('resume');
  for (const who of [alex, sam]) {
    await heading(who, 'We’re pausing').waitFor({ state: 'detached' });
  }
});

test('steadiness reaches the counselor, moving and settled, and nobody else', async () => {
  await alex.page.getByText('How steady are you?').click();
  await alex.page.getByRole('slider').focus();
  await alex.page.keyboard.press('ArrowLeft');
  await until(async () => (await maria.view()).dials.one === 4, { what: 'the dial' });
  assert.doesNotMatch(sam.heard(), /"dial":4/);
});

test('a second page of the same person asks before it takes over, and nothing ping-pongs', async () => {
  const second = await alex.context.newPage();
  await second.goto(mend.url);
  await second.getByRole('heading', { name: 'open somewhere else' }).waitFor();
  await second.getByRole('button', { name: 'Use it here' }).click();
  await second.locator('.band').waitFor();
  await sees(alex, 'This session is open somewhere else');
  await button(alex, 'Use it here').click();
  await alex.page.locator('.band').waitFor();
  await second.getByRole('heading', { name: 'open somewhere else' }).waitFor();
  await second.close();
});

test('a counselor who drops holds the room, and nobody inherits it', async () => {
  await maria.drop();
  await alex.page.getByText('Maria Ortiz’s connection dropped.').first().waitFor();
  await maria.comeBack();
  await alex.page.locator('.strip').waitFor({ state: 'detached' });
});

test('whoever leaves is out at once, and the other is shown nothing of it', async () => {
  const before = await shown(alex.page);
  await button(sam, 'Leave this page').click();
  await sam.page.waitForURL((url) => url.origin !== mend.url || url.pathname === '/left');
  await until(async () => (await maria.view()).doors.two === 'left', { what: 'the leaving' });
  assert.equal(await shown(alex.page), before);
  assert.deepEqual(
    (await sam.context.cookies(mend.url)).filter(({ name }) => /mend/.test(name)),
    [],
  );
});

test('the end clears the phone', async () => {
  await maria.do('end');
  await sees(alex, 'The session has ended');
  await until(async () => (await alex.page.evaluate(() => sessionStorage.length)) === 0, {
    what: 'an empty phone',
  });
  assert.deepEqual(alex.errors, []);
  assert.deepEqual(sam.errors, []);
});
