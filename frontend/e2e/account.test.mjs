// How a counselor gets in, in a real browser with an authenticator of the browser's own:
// passkeys, one-time codes, recovery codes, and the sign-ins there are. Each test goes on
// where the one before it stopped.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { axeFinds, laptop, launch, person, phone, shoot } from './support/browser.mjs';
import { binary, startMend } from './support/mend.mjs';

let mend;
let browser;
let url; // by its name: a passkey is bound to one
let maria;
let page;
let elsewhere; // another browser of hers
let cdp;
let authenticatorId;
let secret;
let recovery;

const looking = process.env.SHOTS !== undefined;
const first = 'a long enough password';
const second = 'a walk around the lake';

const button = (name, on = page) => on.getByRole('button', { name, exact: true });
const heading = (name, on = page) => on.getByRole('heading', { name, exact: true });
const field = (name, on = page) => on.getByLabel(name, { exact: true });
const part = (name, on = page) => on.getByRole('region', { name, exact: true });

let broken = false;
function story(name, tell) {
  test(name, async (t) => {
    if (broken) return t.skip('an earlier part failed');
    broken = true;
    try {
      await tell();
    } catch (error) {
      await page
        .screenshot({ path: 'e2e/shots/account-failed.png', fullPage: true })
        .catch(() => {});
      throw error;
    }
    broken = false;
  });
}

/** What an app for one-time codes shows (RFC 6238), `steps` from now. */
function code(steps = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => Number.parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const sum = createHmac('sha1', key).update(counter).digest();
  const at = sum[19] & 15;
  return String((sum.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function sound(name, on = page) {
  const found = await axeFinds(on);
  assert.deepEqual(found, [], `${name}: ${found.join('\n')}`);
  for (const [size, viewport] of Object.entries({
    laptop: laptop.viewport,
    phone: phone.viewport,
  })) {
    await on.setViewportSize(viewport);
    if (looking) await shoot(on, `account-${name}-${size}`);
  }
  await on.setViewportSize({ width: 320, height: 640 });
  const over = await on.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(over <= 0, `${name} is ${over} px too wide at 320 px`);
  await on.setViewportSize(laptop.viewport);
}

/** Whether somebody touches the authenticator as soon as it asks. */
const touches = (enabled) =>
  cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });

async function signIn(on, password) {
  await on.goto(`${url}/desk/sign-in`);
  await field('Email', on).fill('maria@example.org');
  await field('Password', on).fill(password);
  await button('Sign in', on).click();
}

before(async () => {
  mend = await startMend();
  url = mend.url.replace('127.0.0.1', 'localhost');
  browser = await launch();
  maria = await person(browser, 'maria', laptop);
  page = maria.page;
  page.setDefaultTimeout(15_000);
  elsewhere = (await person(browser, 'maria elsewhere', laptop)).page;
  elsewhere.setDefaultTimeout(15_000);
});

after(async () => {
  await browser?.close();
  await mend?.close();
  assert.deepEqual(maria.errors, []);
});

story('the account has a page, which says where passkeys can be made', async () => {
  await page.goto(`${mend.url}/desk`);
  await field('Your name').fill('Maria Ortiz');
  await field('Email').fill('maria@example.org');
  await field('Password').fill(first);
  await field('Name of the practice').fill('Lindenhof');
  await button('Make the account').click();
  await page.getByRole('link', { name: 'Your account', exact: true }).click();
  await heading('Your account').waitFor();
  await part('Passkeys')
    .getByRole('link', { name: `${url}/desk/account` })
    .click();
  await heading('Sign in').waitFor();
  assert.match(page.url(), /localhost/);
});

story('a passkey is made, named, and opens by itself', async () => {
  await signIn(page, first);
  await page.getByRole('link', { name: 'Your account', exact: true }).click();
  await part('Passkeys').getByText('No passkeys yet.').waitFor();
  await sound('fresh');

  cdp = await maria.context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  ({ authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  }));
  await button('Add a passkey').click();
  await part('Passkeys').getByText('Give it a name first.').waitFor();
  await field('Name of the new passkey').fill('My laptop');
  await button('Add a passkey').click();
  await part('Passkeys').getByText('The passkey was added.').waitFor();
  await button('Rename My laptop').click();
  await field('New name for My laptop').fill('The old laptop');
  await part('Passkeys').getByRole('button', { name: 'Save' }).click();
  await button('Remove The old laptop').waitFor();

  // The offer beside the email would be taken up at once. What the authenticator was asked
  // while nobody touched it stays unanswered; what it is asked afterwards is answered.
  await touches(false);
  const offered = page.waitForResponse((r) => r.url().endsWith('/sign-in/challenge'));
  await button('Sign out').click();
  await heading('Sign in').waitFor();
  await offered;
  await sound('sign-in');
  await touches(true);
  await button('Sign in with a passkey').click();
  await heading(/^Today/).waitFor();
});

story('who is asked for a fresh proof shows a passkey or a password', async () => {
  const { sign_ins } = await page.evaluate(async () => (await fetch('/api/v1/account')).json());
  assert.equal(sign_ins.find((s) => s.this).browser, 'chrome');
  await page.getByRole('link', { name: 'Your account', exact: true }).click();
  await signIn(elsewhere, first);
  await heading(/^Today/, elsewhere).waitFor();
  await page.reload();
  // The server says once that the proof is too old, as it does after five minutes.
  const tooOld = (on) =>
    on.route(
      '**/api/v1/account/**',
      async (route) => {
        if (route.request().method() === 'GET') return route.continue();
        await route.fulfill({
          status: 409,
          contentType: 'application/problem+json',
          body: JSON.stringify({ status: 409, code: 'step_up_needed', title: '', detail: '' }),
        });
      },
      { times: 1 },
    );
  await tooOld(page);
  await button('End all others').click();
  await heading('Is it still you?').waitFor();
  await sound('proof');
  await button('Not now').click();
  await heading('Is it still you?').waitFor({ state: 'hidden' });
  await tooOld(page);
  await button('End all others').click();
  const dialog = page.getByRole('dialog');
  await field('Your password', dialog).fill('not this one, surely');
  await button('Go on', dialog).click();
  await dialog.getByText('The password is not right.').waitFor();
  await button('Use a passkey', dialog).click();
  await part('Where you are signed in').getByText('All other sign-ins have ended.').waitFor();
  await elsewhere.getByRole('link', { name: 'Couples', exact: true }).click();
  await elsewhere.getByText('You were signed out. Nothing was lost').waitFor();
});

story(
  'one-time codes are turned on with a first one, and recovery codes are shown once',
  async () => {
    const codes = part('One-time codes');
    await button('Turn on one-time codes').click();
    await codes.getByRole('img', { name: 'QR code of the secret' }).waitFor();
    await sound('enrolling');
    secret = (await codes.locator('code').innerText()).replaceAll(' ', '');
    await field('The code that the app shows now').fill('000000');
    await button('Turn on').click();
    await codes
      .getByText(/This code is not right/)
      .first()
      .waitFor();
    await field('The code that the app shows now').fill(code());
    await button('Turn on').click();
    await heading('Your recovery codes').waitFor();
    await sound('recovery');
    recovery = await codes.locator('li code').allInnerTexts();
    assert.equal(new Set(recovery).size, 10);
    await button('I have kept them').click();
    await codes.getByText('10 recovery codes are left.').waitFor();
  },
);

story('the second step takes a code once, and a recovery code once', async () => {
  await signIn(elsewhere, 'not this one, surely');
  await elsewhere.getByRole('alert').getByText('The email or the password is not right.').waitFor();
  await signIn(elsewhere, first);
  await field('Code', elsewhere).waitFor();
  await sound('second-step', elsewhere);
  await field('Code', elsewhere).fill('000000');
  await button('Sign in', elsewhere).click();
  await elsewhere
    .getByRole('alert')
    .getByText(/This code is not right/)
    .waitFor();
  await field('Code', elsewhere).fill(code(1)); // the one of now turned the codes on
  await button('Sign in', elsewhere).click();
  await heading(/^Today/, elsewhere).waitFor();

  await button('Sign out', elsewhere).click();
  await signIn(elsewhere, first);
  await field('Code', elsewhere).fill(recovery[0].toLowerCase());
  await button('Sign in', elsewhere).click();
  await heading(/^Today/, elsewhere).waitFor();
  await button('Sign out', elsewhere).click();
  await signIn(elsewhere, first);
  await field('Code', elsewhere).fill(recovery[0]);
  await button('Sign in', elsewhere).click();
  await elsewhere
    .getByRole('alert')
    .getByText(/This code is not right/)
    .waitFor();
  await field('Code', elsewhere).fill(recovery[1]);
  await button('Sign in', elsewhere).click();
  await heading(/^Today/, elsewhere).waitFor();
});

story('one sign-in among others is ended, and a new password ends them all', async () => {
  await page.reload();
  await part('One-time codes').getByText('8 recovery codes are left.').waitFor();
  await sound('in-use');
  await part('Where you are signed in')
    .getByRole('button', { name: /^End the sign-in:/ })
    .first()
    .click();
  await part('Where you are signed in').getByText('The sign-in has ended.').waitFor();
  await elsewhere.getByRole('link', { name: 'Couples', exact: true }).click();
  await heading('Sign in', elsewhere).waitFor();

  await field('New password').fill('password1234');
  await button('Change the password').click();
  await part('Password')
    .getByText(/Many people use this password/)
    .first()
    .waitFor();
  await field('New password').fill(second);
  await button('Change the password').click();
  await part('Password').getByText('The password was changed.').waitFor();
  await button('Turn off one-time codes').click();
  await button('Turn off one-time codes', page.getByRole('dialog')).click();
  await part('One-time codes').getByText('Off.', { exact: true }).waitFor();
  await signIn(elsewhere, second);
  await heading(/^Today/, elsewhere).waitFor();
});

story('with a passkey an account may do without a password, but not without both', async () => {
  await button('Sign in by passkey alone').click();
  await button('Remove the password', page.getByRole('dialog')).click();
  await page.getByText('This account has no password.').waitFor();
  await button('Remove The old laptop').click();
  await button('Remove', page.getByRole('dialog')).click();
  await page
    .getByRole('alert')
    .getByText(/last way into the account/)
    .waitFor();
  await button('Sign out').click();
  await heading(/^Today/).waitFor(); // by the passkey that was offered where the email is typed
});

story('whoever runs Mend lets somebody back in with a code', async () => {
  const printed = execFileSync(
    binary,
    ['account', 'reset', '--data', mend.data, '--base-url', url, 'maria@example.org'],
    { encoding: 'utf8' },
  );
  await elsewhere.goto(/^Link +(\S+)$/m.exec(printed)[1]);
  await heading('Set a new password', elsewhere).waitFor();
  assert.doesNotMatch(elsewhere.url(), /#/);
  await sound('reset', elsewhere);
  await field('New password', elsewhere).fill(first);
  await button('Set the password and sign in', elsewhere).click();
  await heading(/^Today/, elsewhere).waitFor();
  // The other browser notices by itself, once nobody has touched it for half an hour.
  await touches(false);
  await page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 31 * 60_000;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.getByText('You were signed out. Nothing was lost').waitFor();
});
