// What the phone promises while things go wrong and people leave, step by step, with
// the session's side played by hand: exactly this frame, exactly then.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, person, phone } from './support/browser.mjs';
import { until } from './support/mend.mjs';
import { script, seated, servePages } from './support/phone.mjs';
import { states, step } from './support/views.mjs';

let pages;
let browser;

/** All that can be read on a phone's screen. */
const shown = async (page) => (await page.locator('nav, main, footer').allInnerTexts()).join('\n');

before(async () => {
  pages = await servePages();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  pages?.close();
});

/** A phone that looks at a view. */
async function looking(view, options = {}) {
  const one = await person(browser, 'one', phone);
  one.page.setDefaultTimeout(10_000);
  const room = await script(one.page, options);
  room.view = view;
  await one.page.goto(pages.url);
  await one.page.locator('main h1').waitFor();
  if (view && view.door !== 'invited') await one.page.locator('.band').waitFor();
  return { ...one, room, button: (name) => one.page.getByRole('button', { name, exact: true }) };
}

const commands = (room, name) => room.commands.filter((command) => command.do === name);
const stored = (page) => page.evaluate(() => JSON.stringify({ ...sessionStorage }));
const asks = { prompt: 'What did you hear?', max_length: 600, audience: 'sealed', skippable: true };
const first = step('write', { ...asks, key: '1.1.1' }, ['submit', 'skip']);
const second = step('speak', { key: '1.2.1', who: ['two'], floor: 'two', prompt: 'Listen.' });

test('opening a link changes nothing until the person continues, and the address then says nothing', async () => {
  const { context, page } = await person(browser, 'one', phone);
  const tokens = [];
  const room = await script(page, {
    seat: null,
    join: (body) => {
      tokens.push(body.token);
      return { session: seated.session, role: 'one' };
    },
  });
  room.view = states.waiting;
  await page.goto(`${pages.url}/join#a-token`);
  await page.getByRole('heading', { name: 'invited' }).waitFor();
  assert.deepEqual(tokens, []);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'waiting room' }).waitFor();
  assert.deepEqual(tokens, ['a-token']);
  assert.equal(page.url(), `${pages.url}/`);
  assert.equal(await page.title(), 'Session');
  await context.close();
});

test('a link that does not work says so, and leads nobody in', async () => {
  const { context, page } = await person(browser, 'one', phone);
  await script(page, { seat: null });
  await page.goto(`${pages.url}/join#burnt`);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('does not work').waitFor();
  await context.close();
});

test('a spoken code is taken however it is typed', async () => {
  const { context, page } = await person(browser, 'one', phone);
  const codes = [];
  const room = await script(page, {
    seat: null,
    join: (body) => {
      codes.push(body.code);
      return { session: seated.session, role: 'one' };
    },
  });
  room.view = states.waiting;
  await page.goto(pages.url);
  await page.getByLabel('Code').fill(' k7f-2wq ');
  await page.getByRole('button', { name: 'Join with this code' }).click();
  await page.getByRole('heading', { name: 'waiting room' }).waitFor();
  assert.deepEqual(codes, ['K7F2WQ']);
  await context.close();
});

test('agreeing and not agreeing weigh the same, and only agreeing knocks', async () => {
  const { context, page, room, button } = await looking(states.invited);
  await button('Continue').click();
  await page.getByText('at my judgement').waitFor();
  await button('Continue').click();
  const look = (name) =>
    button(name).evaluate((node) => {
      const { backgroundColor, color, borderTopColor, fontWeight } = getComputedStyle(node);
      const { width, height } = node.getBoundingClientRect();
      return { backgroundColor, color, borderTopColor, fontWeight, width, height };
    });
  assert.deepEqual(await look('I agree, continue'), await look('Not now'));
  await button('Not now').click();
  await page.getByRole('heading', { name: 'That’s fine' }).waitFor();
  assert.deepEqual(commands(room, 'consent'), []);
  await button('Read it again').click();
  await button('Continue').click();
  await button('Continue').click();
  await button('I agree, continue').click();
  await until(() => commands(room, 'consent').length === 1, { what: 'the consent' });
  assert.equal(commands(room, 'consent')[0].policy, 3);
  await context.close();
});

test('words are sent, then shown as the server has them: nothing is guessed', async () => {
  const { context, page, room, button } = await looking(first);
  room.mute = true;
  await page.getByLabel('Your answer').fill('That you waited.');
  await button('Save it to be shown together').click();
  await button('Sending…').waitFor();
  const [command] = commands(room, 'submit');
  assert.equal(command.text, 'That you waited.');
  room.say({ is: 'done', id: command.id });
  await button('Save it to be shown together').waitFor();
  room.show(
    step('write', { ...asks, key: '1.1.1', finished: true, mine: { text: 'That you waited.' } }, [
      'submit',
      'take_back',
    ]),
  );
  await page.getByText('Saved. Not shared yet').waitFor();
  await button('Take it back').click();
  await until(() => commands(room, 'take_back').length === 1, {
    what: 'the answer to be taken back',
  });
  room.show(first);
  assert.equal(await page.getByLabel('Your answer').inputValue(), 'That you waited.');
  await context.close();
});

test('a new step does not pull the field away, and the words are kept', async () => {
  const { context, page, room, button } = await looking(first);
  const field = page.getByLabel('Your answer');
  await field.fill('Half a thought');
  room.show(second);
  await page.getByText('There is a new step. Your words are kept.').first().waitFor();
  assert.equal(await field.inputValue(), 'Half a thought');
  assert.equal(await field.evaluate((node) => node === document.activeElement), true);
  await button('Go to it').click();
  await page.getByRole('heading', { name: 'Your turn to listen' }).waitFor();
  room.show(step('write', { ...asks, key: '1.1.2' }, ['submit', 'skip']));
  assert.equal(await page.getByLabel('Your answer').inputValue(), 'Half a thought');
  await context.close();
});

test('outside a field a new step takes the focus to its heading and says whose turn it is', async () => {
  const { context, page, room } = await looking(states.read);
  room.show(second);
  await page.getByRole('heading', { name: 'Your turn to listen' }).waitFor();
  await until(() => page.evaluate(() => document.activeElement?.tagName === 'H1'), {
    what: 'the focus',
  });
  await page
    .getByRole('status')
    .filter({ hasText: 'Sam is speaking. Your turn to listen.' })
    .waitFor();
  await context.close();
});

test('a pause covers everything at once, keeps the words, and shows the same to whoever called it', async () => {
  const caller = await looking(first);
  const other = await looking({ ...second, you: 'two' });
  await caller.page.getByLabel('Your answer').fill('Not yet');
  await caller.button('Pause').click();
  await until(() => commands(caller.room, 'pause').length === 1, { what: 'the pause' });
  caller.room.show(states.paused);
  other.room.show({ ...states.paused, you: 'two' });
  const seen = [];
  for (const { page } of [caller, other]) {
    await page.getByRole('heading', { name: 'We’re pausing' }).waitFor();
    seen.push(await shown(page));
  }
  assert.equal(seen[0], seen[1]);
  caller.room.show(first);
  assert.equal(await caller.page.getByLabel('Your answer').inputValue(), 'Not yet');
  await caller.context.close();
  await other.context.close();
});

test('what is only for this phone is never sent, outlives a reload, and goes with the end', async () => {
  const device = { ...asks, audience: 'device', key: '1.3.1' };
  const { context, page, room, button } = await looking(
    step('write', device, ['done_private', 'skip']),
  );
  await page.getByLabel('Your answer').fill('unguessable-9f3c');
  await page.reload();
  await page.locator('.band').waitFor();
  assert.equal(await page.getByLabel('Your answer').inputValue(), 'unguessable-9f3c');
  await button('I’m done. Keep it on this phone').click();
  await until(() => commands(room, 'done_private').length === 1, { what: 'done' });
  room.show(step('write', { ...device, finished: true }, ['take_back']));
  await page.getByText('unguessable-9f3c').waitFor();
  assert.doesNotMatch(JSON.stringify(room.commands), /unguessable/);
  room.show(states.ended);
  await page.getByRole('heading', { name: 'The session has ended' }).waitFor();
  assert.doesNotMatch(await stored(page), /unguessable/);
  await context.close();
});

test('what is typed is saved within two seconds, and comes back after the phone died', async () => {
  const { context, page, room } = await looking(first);
  await page.getByLabel('Your answer').fill('as I type');
  await until(() => commands(room, 'draft').length > 0, { within: 3000, what: 'the draft' });
  assert.equal(commands(room, 'draft')[0].text, 'as I type');
  await page.getByText('What you typed is saved.').waitFor();
  await context.close();
  const again = await looking(first);
  again.room.say({ is: 'draft', step: '1.1.1', text: 'as I type' });
  await until(
    async () => (await again.page.getByLabel('Your answer').inputValue()) === 'as I type',
    { what: 'the words' },
  );
  await again.context.close();
});

test('a lost connection is said after a moment, and what was pressed goes out when it is back', async () => {
  const { context, page, room, button } = await looking(first);
  await page.getByLabel('Your answer').fill('on a train');
  room.silent = true;
  await room.sockets.at(-1).close({ code: 1012 });
  await page.getByText('No connection. Your words are saved on this phone.').first().waitFor();
  await button('Save it to be shown together').click();
  room.silent = false;
  await button('Try now').click();
  await until(() => commands(room, 'submit').length === 1, { what: 'the answer to go out' });
  assert.equal(commands(room, 'submit')[0].text, 'on a train');
  await context.close();
});

test('a counselor who drops leaves the room calm, with the step where it was', async () => {
  const { context, page, room } = await looking(states.speak);
  room.say({ is: 'here', counselor: false });
  await page.getByText('Maria’s connection dropped. Stay here.').first().waitFor();
  await page.getByRole('heading', { name: 'Your turn to speak' }).waitFor();
  room.say({ is: 'here', counselor: true });
  await page.locator('.strip').waitFor({ state: 'detached' });
  await context.close();
});

test('a refusal is told, and the words come back to their author', async () => {
  const { context, page, room, button } = await looking(first);
  room.refuses = (command) =>
    command.do === 'submit'
      ? { code: 'not_saved', message: 'This could not be saved just now.' }
      : undefined;
  await page.getByLabel('Your answer').fill('Keep me');
  await button('Save it to be shown together').click();
  await page.getByText('This could not be saved just now.').first().waitFor();
  assert.equal(await page.getByLabel('Your answer').inputValue(), 'Keep me');
  await context.close();
});

test('open elsewhere: it says so, stays put, and comes back only when asked', async () => {
  const { context, page, room, button } = await looking(states.speak);
  const before = room.sockets.length;
  await room.sockets.at(-1).close({ code: 4509 });
  await page.getByRole('heading', { name: 'open somewhere else' }).waitFor();
  assert.equal(room.sockets.length, before);
  await button('Use it here').click();
  await page.getByRole('heading', { name: 'Your turn to speak' }).waitFor();
  assert.match(room.sockets.at(-1).url(), /\?here=1&/);
  await context.close();
});

test('a reload takes the seat back at once; a duplicated tab asks first', async () => {
  const { context, page, room } = await looking(states.speak);
  await page.reload();
  await page.locator('.band').waitFor();
  assert.match(room.sockets.at(-1).url(), /\?here=1&/);
  const kept = await page.evaluate(() => ({ ...sessionStorage }));
  const copy = await context.newPage();
  await copy.addInitScript((kept) => {
    for (const [key, value] of Object.entries(kept)) sessionStorage.setItem(key, value);
  }, kept);
  const again = await script(copy);
  again.view = states.speak;
  await copy.goto(pages.url);
  await copy.locator('.band').waitFor();
  assert.doesNotMatch(again.sockets.at(-1).url(), /here/);
  await context.close();
});

test('the dial tells every move and settles when it is let go', async () => {
  const { context, page, room } = await looking(states.listen);
  await page.getByText('How steady are you?').click();
  const slider = page.getByRole('slider', { name: 'How steady are you now?' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await until(() => commands(room, 'dial').some(({ settled }) => settled === undefined), {
    what: 'the settled value',
  });
  assert.ok(commands(room, 'dial').some(({ settled, value }) => settled === false && value === 6));
  await context.close();
});

test('an agreement is signed for the very words that stood there', async () => {
  const { context, room, button, page } = await looking(states.agree);
  await button('I agree to exactly these words').click();
  await until(() => commands(room, 'sign').length === 1, { what: 'the signature' });
  assert.equal(commands(room, 'sign')[0].wording, 2);
  await button('Change the words or dates').click();
  await page.getByLabel('What you agree on').fill('Sundays at seven.');
  await button('Save the new words').click();
  await until(() => commands(room, 'edit').length === 1, { what: 'the edit' });
  assert.deepEqual(commands(room, 'edit')[0].wording, {
    text: 'Sundays at seven.',
    from: '2026-11-29',
    review: '2026-12-06',
    expires: '2026-12-29',
    revision: 2,
  });
  await context.close();
});

test('every choice, card and number can be given by keyboard alone', async () => {
  const one = await looking(states.sort);
  const { page, room } = one;
  for (let card = 0; card < 3; card++) {
    await page
      .getByRole('radio')
      .nth(card * 3)
      .focus();
    await page.keyboard.press('Space');
  }
  await page.getByRole('button', { name: 'Save it to be shown together' }).press('Enter');
  await until(() => commands(room, 'submit').length === 1, { what: 'the sorted cards' });
  assert.deepEqual(commands(room, 'submit')[0].sorted, { c0: 'c0', c1: 'c0', c2: 'c0' });
  room.show(states.scale);
  await page.getByRole('radio').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'Send to Maria only' }).press('Enter');
  await until(() => commands(room, 'submit').length === 2, { what: 'the number' });
  assert.equal(commands(room, 'submit')[1].value, 2);
  await one.context.close();
});

test('nobody may choose more than asked, and "none of these" stands alone', async () => {
  const { context, page, room, button } = await looking(states.choose);
  for (const name of ['Hopeful', 'Sad', 'Tired'])
    await page.getByRole('checkbox', { name }).check();
  assert.equal(await page.getByRole('checkbox', { name: 'Angry' }).isDisabled(), true);
  await page.getByRole('checkbox', { name: 'None of these' }).check();
  await button('Save it to be shown together').click();
  await until(() => commands(room, 'submit').length === 1, { what: 'the choice' });
  assert.deepEqual(commands(room, 'submit')[0].choices, ['none']);
  await context.close();
});

for (const [how, go] of Object.entries({
  'its button': (page) => page.getByRole('button', { name: 'Leave this page' }).click(),
  'Shift three times': async (page) => {
    for (let press = 0; press < 3; press++) await page.keyboard.press('Shift');
  },
})) {
  test(`leaving by ${how} empties the screen and the phone, gives the seat up and leaves no way back`, async () => {
    const { context, page, room } = await looking(first);
    await page.getByLabel('Your answer').fill('unguessable-77aa');
    await page.getByRole('heading').first().click();
    await go(page);
    await page.getByRole('heading', { name: 'This page is closed' }).waitFor();
    assert.equal(page.url(), `${pages.url}/left`);
    await until(() => room.left === 1, { what: 'the seat to be given up' });
    assert.equal(await stored(page), '{}');
    assert.doesNotMatch(await page.locator('body').innerText(), /Maria|Alex|Sam|unguessable/);
    await page.goBack({ waitUntil: 'commit' }).catch(() => null);
    assert.notEqual(page.url(), `${pages.url}/`);
    await context.close();
  });
}

test('leaving goes to the practice’s own neutral page where there is one', async () => {
  const target = `${pages.url}/help?weather`;
  const { context, page } = await looking(first, { seat: { ...seated, leave_to: target } });
  await page.getByRole('button', { name: 'Leave this page' }).click();
  await page.waitForURL(target);
  await context.close();
});
