// Every state of the phone, from the view that brings it about: nothing for axe to
// find in light and dark, nothing wider than the narrowest phone, no control smaller
// than a thumb, also with letters twice as large.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axeFinds, launch, person, smallPhone } from './support/browser.mjs';
import { script, servePages } from './support/phone.mjs';
import { states } from './support/views.mjs';

let pages;
let browser;

before(async () => {
  pages = await servePages();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  pages?.close();
});

const tooWide = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What one has to hit: buttons, links, labels of choices; visible ones under 48 px. */
const tooSmall = (page) =>
  page.evaluate(() => {
    const hit =
      'button, summary, a[href], label:has(input[type=radio], input[type=checkbox]), input:not([type=radio], [type=checkbox]), textarea';
    return [...document.querySelectorAll(hit)]
      .filter((node) => node.checkVisibility())
      .map((node) => ({
        what: node.textContent?.trim().slice(0, 30) || node.tagName,
        box: node.getBoundingClientRect(),
      }))
      .filter(({ box }) => box.width > 0 && (box.height < 48 || box.width < 48))
      .map(({ what, box }) => `${what} ${Math.round(box.width)}×${Math.round(box.height)}`);
  });

async function sound(page, name) {
  assert.deepEqual(await axeFinds(page), [], name);
  assert.ok((await tooWide(page)) <= 0, `${name} is too wide at 320 px`);
  assert.deepEqual(await tooSmall(page), [], `${name} has controls too small for a thumb`);
  assert.equal(await page.locator('h1:visible').count(), 1, `${name} has one main heading`);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  assert.ok((await tooWide(page)) <= 0, `${name} is too wide with letters twice as large`);
}

// States stand apart, each in a browser context of its own, so two are looked at at once.
const together = { concurrency: 2 };

describe('every state', together, () => {
  for (const [name, view] of Object.entries(states)) {
    test(`sound: ${name}`, async () => {
      const { context, page, errors } = await person(browser, name, smallPhone);
      const room = await script(page);
      room.view = view;
      await page.goto(pages.url);
      await page.locator('main h1').waitFor();
      if (name !== 'invited') await page.locator('.band').waitFor();
      await sound(page, name);
      assert.deepEqual(errors, []);
      await context.close();
    });
  }
});

const aPage = {
  id: 'pace',
  section: 'S-3',
  title: 'How long it takes',
  summary: 'It takes as long as it takes.',
  partners: true,
  html: '<p>Nobody can tell.</p><ul><li>One <em>step</em></li></ul>',
  exercises: [],
};

const ways = {
  landing: async (page) => {
    await script(page, { seat: null });
    await page.goto(pages.url);
  },
  'landing, refused': async (page) => {
    await script(page, { seat: null });
    await page.goto(pages.url);
    await page.getByLabel('Code').fill('wrong1');
    await page.getByRole('button', { name: 'Join with this code' }).click();
    await page.getByText('does not work').waitFor();
  },
  invitation: async (page) => {
    await script(page, { seat: null });
    await page.goto(`${pages.url}/join#0123456789`);
  },
  help: async (page) => {
    await script(page, { seat: null });
    await page.goto(`${pages.url}/help`);
    await page.getByText('Shelter').waitFor();
  },
  left: async (page) => {
    await script(page, { seat: null });
    await page.goto(`${pages.url}/left`);
  },
  'help in a session': async (page) => {
    const room = await script(page);
    room.view = states.speak;
    await page.goto(pages.url);
    await page.getByRole('button', { name: 'Help' }).click();
    await page.getByText('Shelter').waitFor();
  },
  'who sees what': async (page) => {
    const room = await script(page);
    room.view = states.invited;
    await page.goto(pages.url);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('About secrets').waitFor();
  },
  consent: async (page) => {
    const room = await script(page);
    room.view = states.invited;
    await page.goto(pages.url);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
  },
  'something to read': async (page) => {
    const room = await script(page);
    room.view = states.waiting;
    await page.route('**/api/v1/guide?*', (route) => route.fulfill({ json: { items: [aPage] } }));
    await page.goto(pages.url);
    await page.getByRole('button', { name: 'Something to read meanwhile' }).click();
    await page.getByText('How long it takes').waitFor();
  },
  'a page to read': async (page) => {
    await ways['something to read'](page);
    await page.route('**/api/v1/guide/pace?*', (route) => route.fulfill({ json: aPage }));
    await page.getByText('How long it takes').click();
    await page.getByText('Nobody can tell').waitFor();
  },
  'a page that cannot be had': async (page) => {
    await ways['something to read'](page);
    await page.route('**/api/v1/guide/pace?*', (route) => route.abort());
    await page.getByText('How long it takes').click();
    await page.getByText('could not be loaded').waitFor();
  },
  'own dial and switches': async (page) => {
    const room = await script(page);
    room.view = states.listen;
    await page.goto(pages.url);
    await page.getByText('How steady are you?').click();
    await page.getByText('This phone').click();
  },
  offline: async (page) => {
    const room = await script(page);
    room.view = states.write;
    await page.goto(pages.url);
    await page.locator('.band').waitFor();
    room.silent = true;
    await room.sockets.at(-1).close({ code: 1012 });
    await page.locator('.strip').waitFor();
  },
  'a new step behind': async (page) => {
    const room = await script(page);
    room.view = states.write;
    await page.goto(pages.url);
    await page.getByLabel('Your answer').fill('Half a thought');
    room.show(states.listen);
    await page.locator('.strip').waitFor();
  },
  'changing an agreement': async (page) => {
    const room = await script(page);
    room.view = states.agree;
    await page.goto(pages.url);
    await page.getByRole('button', { name: 'Change the words or dates' }).click();
  },
  'an empty answer': async (page) => {
    const room = await script(page);
    room.view = states.write;
    await page.goto(pages.url);
    await page.getByRole('button', { name: 'Save it to be shown together' }).click();
    await page.getByText('Write a few words').waitFor();
  },
};

for (const [code, words] of [
  [4501, 'This link no longer works'],
  [4503, 'no longer in the session'],
  [4504, 'This link no longer works'],
  [4509, 'open somewhere else'],
  [4510, 'The session has ended'],
  [4522, 'Something went wrong on our side'],
  [4526, 'This page is out of date'],
]) {
  ways[`closed with ${code}`] = async (page) => {
    const room = await script(page);
    room.closes = code;
    await page.goto(pages.url);
    await page.getByRole('heading', { name: words }).waitFor();
  };
}

describe('every way there', together, () => {
  for (const [name, go] of Object.entries(ways)) {
    test(`sound: ${name}`, async () => {
      const { context, page, errors } = await person(browser, name, smallPhone);
      await go(page);
      await page.locator('main h1').waitFor();
      await sound(page, name);
      assert.deepEqual(errors, []);
      await context.close();
    });
  }
});
