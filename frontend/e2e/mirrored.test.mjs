// A language that runs from right to left, with longer words than English: every page
// is mirrored, nothing is wider than its screen, and nothing is cut off. The language is
// made up for this test and built apart; see scripts/pseudo.mjs.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { axeFinds, laptop, launch, person, phone, shoot, smallPhone } from './support/browser.mjs';
import { counselor } from './support/counselor.mjs';
import { startMend, until } from './support/mend.mjs';
import { kinds, policy, script, servePages } from './support/phone.mjs';
import { states } from './support/views.mjs';

const frontend = fileURLToPath(new URL('..', import.meta.url));
const looking = process.env.SHOTS !== undefined;
const built = await mkdtemp(join(tmpdir(), 'mend-mirrored-'));

let browser;
let pages;
let mend;
let maria;

before(async () => {
  for (const mode of ['partner', 'desk']) {
    await promisify(execFile)('npx', ['vite', 'build', '--mode', mode], {
      cwd: frontend,
      env: { ...process.env, MEND_PSEUDO: built },
    });
  }
  browser = await launch();
  pages = await servePages({ from: built, document: 'partner.es.html' });
  mend = await startMend();
  maria = await counselor(browser, mend.url);
});

after(async () => {
  await browser?.close();
  pages?.close();
  await mend?.close();
  await rm(built, { recursive: true, force: true });
});

/** What reaches beyond the screen, or has words that its box does not show. */
const cutOff = (page) =>
  page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    // Where a table or a bar may be scrolled by itself, what is outside can be reached.
    const scrolls = (node) =>
      node !== null &&
      node !== document.documentElement &&
      (/auto|scroll/.test(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
    const told = (node) =>
      `${node.tagName}.${node.className}: ${node.textContent.trim().slice(0, 40)}`;
    const found = [];
    for (const node of document.body.querySelectorAll('*')) {
      if (!node.checkVisibility({ visibilityProperty: true })) continue;
      const box = node.getBoundingClientRect();
      const style = getComputedStyle(node);
      // What only a screen reader is to meet is one pixel large on purpose.
      if (box.width <= 1 || box.height <= 1 || node.closest('svg')) continue;
      if (node.closest('.skip, [aria-hidden="true"]')) continue;
      if ((box.left < -1 || box.right > wide + 1) && !scrolls(node))
        found.push(`out ${told(node)}`);
      const words = [...node.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
      const hides = /hidden|clip/.test(style.overflowX) || /hidden|clip/.test(style.overflowY);
      if (
        words &&
        hides &&
        (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1)
      )
        found.push(`cut ${told(node)}`);
    }
    return found;
  });

async function mirrored(page, name) {
  assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl', name);
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(over <= 0, `${name} scrolls sideways by ${over} px`);
  assert.deepEqual(await cutOff(page), [], name);
  if (looking) await shoot(page, `mirrored-${name.replaceAll(/\W+/g, '-')}`);
}

describe('the phone', { concurrency: 2 }, () => {
  const shown = Object.entries(states);
  for (const [name, view] of shown) {
    test(`is mirrored: ${name}`, async () => {
      const { context, page } = await person(browser, name, { ...smallPhone, locale: 'es' });
      const room = await script(page);
      room.view = view;
      await page.goto(pages.url);
      await page.locator('main h1').waitFor();
      if (name !== 'invited') await page.locator('.band').waitFor();
      await mirrored(page, name);
      await context.close();
    });
  }

  for (const path of ['/', '/join#0123456789', '/help', '/left']) {
    test(`is mirrored: ${path}`, async () => {
      const { context, page } = await person(browser, path, { ...smallPhone, locale: 'es' });
      await script(page, { seat: null });
      await page.goto(pages.url + path);
      await page.locator('main h1').waitFor();
      await mirrored(page, `page ${path}`);
      assert.deepEqual(await axeFinds(page), [], path);
      await context.close();
    });
  }
});

/** The desk on the real server, its pages from the build of this test. */
async function desk(options) {
  const who = await person(browser, 'maria', { ...options, locale: 'es' });
  who.page.setDefaultTimeout(20_000);
  // To Chromium a page that was put in comes from nowhere, and may not open a socket to
  // this machine unless somebody agrees.
  await who.context.grantPermissions(['local-network-access']);
  await who.page.route(`${mend.url}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    const name = route.request().resourceType() === 'document' ? 'desk.es.html' : path;
    if (name === path && !path.startsWith('/assets/')) return route.continue();
    await route.fulfill({
      body: await readFile(join(built, name)),
      contentType: kinds[extname(name)],
      headers: { 'Content-Security-Policy': policy },
    });
  });
  return who;
}

describe('the desk', () => {
  for (const [size, options] of [
    ['narrow', { viewport: { width: 320, height: 740 } }],
    ['wide', laptop],
  ]) {
    test(`is mirrored: ${size}`, async () => {
      const { context, page, errors } = await desk(options);
      const couple = maria.session.couple;
      const session = maria.session.id;
      await page.goto(`${mend.url}/desk`);
      await page.locator('main h1').waitFor();
      await mirrored(page, `${size} sign in`);
      // What was chosen at the door is kept with the account.
      await page.locator('button[lang=es]').click();
      await page.locator('input[type=email]').fill('maria@example.org');
      await page.locator('input[type=password]').fill('a long enough password');
      await page.locator('button[type=submit]').click();
      await page.locator('header nav').waitFor();
      for (const [name, path] of Object.entries({
        today: '',
        couples: '/couples',
        'new couple': '/couples/new',
        couple: `/couples/${couple}`,
        plan: `/couples/${couple}/plan`,
        sessions: '/sessions',
        exercises: '/exercises',
        exercise: '/exercises/floor-and-echo',
        practice: '/practice',
        lobby: `/sessions/${session}/lobby`,
        summary: `/sessions/${session}`,
        note: `/sessions/${session}/wrap-up`,
      })) {
        await page.goto(`${mend.url}/desk${path}`);
        await page.locator('main h1').first().waitFor();
        await page.waitForLoadState('networkidle');
        await mirrored(page, `${size} ${name}`);
      }
      assert.deepEqual(errors, []);
      await context.close();
    });
  }

  test('is mirrored: a session under way, on the console', async () => {
    const two = await Promise.all(
      ['one', 'two'].map(async (seat) => {
        const who = await person(browser, seat, phone);
        who.page.setDefaultTimeout(20_000);
        const press = (name) => who.page.getByRole('button', { name, exact: true }).click();
        await who.page.goto(maria.links[seat].url);
        for (let page = 0; page < 3; page++) await press('Continue');
        await press('I agree, continue');
        await until(async () => (await maria.view()).doors[seat] === 'knocking', { what: seat });
        await maria.do('admit', { who: seat });
        return who;
      }),
    );
    await maria.do('start_exercise', { exercise: 'floor-and-echo', cast: { a: 'one', b: 'two' } });
    for (const [size, options] of [
      ['narrow', { viewport: { width: 390, height: 844 } }],
      ['wide', laptop],
    ]) {
      const { context, page } = await desk(options);
      await page.goto(`${mend.url}/desk`);
      await page.locator('input[type=email]').fill('maria@example.org');
      await page.locator('input[type=password]').fill('a long enough password');
      await page.locator('button[type=submit]').click();
      await page.locator('header nav').waitFor();
      await page.goto(`${mend.url}/desk/sessions/${maria.session.id}/live`);
      await page.locator('#step h2').filter({ visible: true }).first().waitFor();
      await mirrored(page, `${size} console`);
      await context.close();
    }
    for (const { context } of two) await context.close();
  });
});
