// A practice of two counselors in real browsers: one invites, the other joins; a couple
// is handed over and is gone for the first; a session is shared, and both consoles move.
// Each part goes on where the one before it stopped.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { joinAs } from './desk-partner.mjs';
import { axeFinds, laptop, launch, person, shoot } from './support/browser.mjs';
import { startMend, until } from './support/mend.mjs';

let mend;
let browser;
let maria;
let jon;
let invitation;
let couple;
let session;
let partner;

const looking = process.env.SHOTS !== undefined;
const password = 'a long enough password';
const button = (who, name) => who.page.getByRole('button', { name, exact: true });
const link = (who, name) => who.page.getByRole('link', { name, exact: true });
const heading = (who, name) => who.page.getByRole('heading', { name, exact: true });
const field = (who, name) => who.page.getByLabel(name, { exact: true });

// What is wrong with a screen, told of all of them at the end.
const unsound = [];

let broken = false;
function story(name, tell) {
  test(name, async (t) => {
    if (broken) return t.skip('an earlier part failed');
    broken = true;
    try {
      await tell();
    } catch (error) {
      for (const who of [maria, jon])
        await who?.page
          .screenshot({ path: `e2e/shots/practice-failed-${who.name}.png` })
          .catch(() => {});
      throw error;
    }
    broken = false;
  });
}

before(async () => {
  mend = await startMend();
  browser = await launch();
  maria = await person(browser, 'maria', laptop);
  jon = await person(browser, 'jon', laptop);
  for (const who of [maria, jon]) who.page.setDefaultTimeout(15_000);
});

after(async () => {
  await browser?.close();
  await mend?.close();
  assert.deepEqual([...maria.errors, ...jon.errors], []);
});

/** Nothing for axe to find in light and dark, and nothing wider than a phone of 320 px. */
async function sound(who, name) {
  for (const found of await axeFinds(who.page)) unsound.push(`${name}: ${found}`);
  await who.page.setViewportSize({ width: 320, height: 640 });
  const over = await who.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (over > 0) unsound.push(`${name} is ${over} px too wide at 320 px`);
  if (looking) {
    await who.page.setViewportSize({ width: 390, height: 844 });
    await shoot(who.page, `practice-${name}-phone`);
    await who.page.setViewportSize(laptop.viewport);
    await shoot(who.page, `practice-${name}-laptop`);
  }
  await who.page.setViewportSize(laptop.viewport);
}

async function addCouple(who, one, two) {
  await who.page.goto(`${mend.url}/desk/couples/new`);
  await field(who, 'What you call this couple').fill(`${one} & ${two}`);
  await who.page.getByRole('group', { name: 'First partner' }).getByLabel('First name').fill(one);
  await who.page.getByRole('group', { name: 'Second partner' }).getByLabel('First name').fill(two);
  await button(who, 'Add the couple').click();
  await who.page.waitForURL(/\/desk\/couples\/[0-9a-f-]{36}$/);
  return who.page.url().split('/').pop();
}

story('an owner invites a colleague by a link that is shown once', async () => {
  const { page } = maria;
  await page.goto(`${mend.url}/desk`);
  await field(maria, 'Your name').fill('Maria Ortiz');
  await field(maria, 'Email').fill('maria@example.org');
  await field(maria, 'Password').fill(password);
  await field(maria, 'Name of the practice').fill('Lindenhof');
  await button(maria, 'Make the account').click();
  await page.getByRole('heading', { name: /^Today/ }).waitFor();
  await link(maria, 'Practice').click();
  await heading(maria, 'People').waitFor();
  await field(maria, 'Whom it is for').fill('Jon from the course');
  await button(maria, 'Make an invitation').click();
  invitation = await field(maria, 'The invitation’s link').inputValue();
  assert.match(invitation, /\/desk\/invitation#[\w-]{22}$/);
  await page.getByText(/^Open until/).waitFor();
  await sound(maria, 'owner');
});

story(
  'opening the link uses nothing up; the colleague sees whose practice it is and joins',
  async () => {
    const { page } = jon;
    await page.goto(invitation);
    await heading(jon, 'You are invited').waitFor();
    await page.reload();
    await page.getByText('Maria Ortiz invites you to work at Lindenhof').waitFor();
    await sound(jon, 'invitation');
    await field(jon, 'Your name').fill('Jon Weber');
    await field(jon, 'Email').fill('jon@example.org');
    await field(jon, 'Password').fill('short');
    await button(jon, 'Join the practice').click();
    await page.locator('[name="password"][aria-invalid="true"]').waitFor();
    await field(jon, 'Password').fill(password);
    await button(jon, 'Join the practice').click();
    await page.getByRole('heading', { name: /^Today/ }).waitFor();

    const other = await person(browser, 'other', laptop);
    await other.page.goto(invitation);
    await heading(other, 'This invitation cannot be used').waitFor();
    await sound(other, 'invitation-over');
    await other.context.close();
  },
);

story('a colleague sees the practice’s policy and nothing that an owner decides', async () => {
  await link(jon, 'Practice').click();
  await heading(jon, 'Lindenhof').waitFor();
  assert.equal(await heading(jon, 'People').count(), 0);
  assert.equal(await heading(jon, 'Invitations').count(), 0);
  await sound(jon, 'counselor');
});

story(
  'a couple is handed over: the first no longer finds it, the other has all of it',
  async () => {
    couple = await addCouple(maria, 'Alex', 'Sam');
    await maria.page.getByRole('button', { name: 'Hand this couple over' }).click();
    const dialog = maria.page.getByRole('dialog', { name: 'Hand this couple over?' });
    await dialog.getByText('You see nothing of it any more.').waitFor();
    await sound(maria, 'hand-over');
    await dialog.getByLabel('To whom').selectOption({ label: 'Jon Weber' });
    await dialog.getByRole('button', { name: 'Hand over', exact: true }).click();
    await heading(maria, 'Couples').waitFor();
    const answer = await maria.page.request.get(`${mend.url}/api/v1/couples/${couple}`);
    assert.equal(answer.status(), 404);
    await maria.page.goto(`${mend.url}/desk/couples/${couple}`);
    await maria.page.getByText('This is not here.').waitFor();

    await jon.page.goto(`${mend.url}/desk/couples/${couple}`);
    await heading(jon, 'A & S').waitFor();
    await jon.page.getByText(/^Taken over from Maria Ortiz on/).waitFor();
    await sound(jon, 'taken-over');
  },
);

story('an owner sees that the couple exists, since when, and no name of it', async () => {
  await maria.page.goto(`${mend.url}/desk/practice`);
  await maria.page.getByText('one couple, no sessions').waitFor();
  await maria.page.getByRole('button', { name: 'Couples: Jon Weber, by date alone' }).click();
  await maria.page.getByText(/^Taken on/).waitFor();
  await sound(maria, 'couples-of');
  assert.equal(/Alex|Sam/.test(await maria.page.textContent('main')), false);
});

story('a session is shared with a colleague, whom both partners are told of', async () => {
  const { page } = jon;
  await page.getByLabel(/^I have seen each partner alone/).check();
  await button(jon, 'Record it').click();
  await page.getByText(/^Recorded on/).waitFor();
  await button(jon, 'Start now').click();
  await heading(jon, 'Waiting room').waitFor();
  session = page.url().match(/sessions\/([^/]+)/)[1];
  await field(jon, 'Add a colleague').selectOption({ label: 'Maria Ortiz' });
  await button(jon, 'Add').click();
  await button(jon, 'Take off: Maria Ortiz').waitFor();
  await sound(jon, 'lobby');

  await maria.page.goto(`${mend.url}/desk`);
  await maria.page.getByText('Shared with you').waitFor();
  await maria.page.goto(`${mend.url}/desk/sessions/${session}/lobby`);
  await button(maria, 'Make both links').click();
  const url = await maria.page.getByRole('textbox', { name: 'Alex’s link' }).inputValue();
  partner = await joinAs(browser, mend.url, url);
  const view = await until(() => partner.view(), { what: 'the partner’s view' });
  assert.equal(view.people.counselor, 'Jon Weber & Maria Ortiz');
  await partner.do('consent', { policy: view.policy.version });
  await sound(maria, 'lobby-shared');
});

story('both consoles are live: what the one does, the other shows', async () => {
  await button(jon, 'Let Alex in').click();
  for (const who of [jon, maria]) await who.page.getByText('Is in the room').waitFor();
  for (const who of [jon, maria]) await who.page.goto(`${mend.url}/desk/sessions/${session}/live`);
  const neutral = maria.page.getByRole('button', { name: 'Neutral screen' }).first();
  await neutral.click();
  await until(async () => (await partner.view()).pause?.neutral, { what: 'the neutral screen' });
  await jon.page.getByText('Both phones show a neutral screen with no word of why.').waitFor();
  const { status } = await maria.page.evaluate(
    async (path) => ({ status: (await fetch(path)).status }),
    `/api/v1/couples/${couple}`,
  );
  assert.equal(status, 404, 'the couple itself is not shared');
});

story('a colleague who is taken off is out at once, and nobody else', async () => {
  await jon.page.goto(`${mend.url}/desk/sessions/${session}/lobby`);
  await button(jon, 'Take off: Maria Ortiz').click();
  await maria.page.getByRole('alert').filter({ hasText: /./ }).first().waitFor();
  await until(async () => (await partner.view()).people.counselor === 'Jon Weber', {
    what: 'the partner to be told',
  });
  await heading(jon, 'Waiting room').waitFor();
});

story(
  'the audit tells who did what, by counselor and by action, in no word of anybody’s',
  async () => {
    const { page } = maria;
    await page.goto(`${mend.url}/desk/audit`);
    await page.getByText('added a colleague to a session').last().waitFor();
    await sound(maria, 'audit');
    const all = await page.textContent('main ol');
    assert.equal(/Alex|Sam/.test(all), false);
    await field(maria, 'What').selectOption({ label: 'handed a couple over' });
    await until(async () => (await page.locator('main ol > li').count()) === 1, {
      what: 'the one hand-over',
    });
    await page.getByText(`couple/${couple}`).waitFor();
    await field(maria, 'Who').selectOption({ label: 'Jon Weber' });
    await page.getByText('Nothing of this kind was done.').waitFor();
  },
);

story('who left is signed out at once, in every window', async () => {
  await maria.page.goto(`${mend.url}/desk/practice`);
  await maria.page.getByRole('button', { name: 'Deactivate: Jon Weber' }).click();
  const dialog = maria.page.getByRole('dialog', { name: 'Deactivate Jon Weber?' });
  await sound(maria, 'deactivate');
  await dialog.getByRole('button', { name: 'Deactivate', exact: true }).click();
  await maria.page.getByText(/deactivated since/).waitFor();
  await jon.page.goto(`${mend.url}/desk`);
  await heading(jon, 'Sign in').waitFor();
});

test('axe finds nothing on any of these screens, and a phone holds them', () => {
  assert.deepEqual(unsound, []);
});
