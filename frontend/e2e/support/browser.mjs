import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = fileURLToPath(new URL('../shots/', import.meta.url));

export const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
export const smallPhone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };
export const tablet = { viewport: { width: 820, height: 1180 }, hasTouch: true };
export const laptop = { viewport: { width: 1280, height: 800 } };

/** Debian's Chromium, without the background calls a closed network would refuse. */
const debians = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

export const launch = () => chromium.launch(debians);

/** A browser that keeps what it keeps in a folder, as a person's own does. */
export const launchIn = (folder, options) =>
  chromium.launchPersistentContext(folder, { ...debians, reducedMotion: 'reduce', ...options });

/**
 * One person: a browser context of their own, a page, and all that its sockets and
 * calls ever received (`heard()`), to be searched for what they may not know.
 */
export async function person(browser, name, options = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const received = [];
  const sent = [];
  const errors = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => received.push(String(payload)));
    socket.on('framesent', ({ payload }) => sent.push(String(payload)));
  });
  page.on('response', async (response) => {
    if (response.url().includes('/api/')) {
      received.push(await response.text().catch(() => ''));
    }
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Trusted/i.test(message.text())) {
      errors.push(message.text());
    }
  });
  return {
    name,
    context,
    page,
    errors,
    heard: () => received.join('\n'),
    said: () => sent.join('\n'),
  };
}

/** What the standard says of markup; matters of style are left to the formatter. */
const standard = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });

/** Where markup is not as HTML's standard has it; empty where it is. */
export async function markupFinds(html) {
  const { results } = await standard.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map((m) => `markup ${m.ruleId}: ${m.selector ?? `line ${m.line}`}: ${m.message}`),
  );
}

/** What axe finds on the page as it stands, in light and in dark, and what is wrong with
 *  its markup; empty when nothing. */
export async function axeFinds(page) {
  const found = await markupFinds(await page.content());
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    // Through the debugger, not a script tag: the page's own policy forbids those.
    if (await page.evaluate(() => globalThis.axe === undefined)) await page.evaluate(axe);
    // Of all that axe knows, contrast alone depends on the colours.
    const rules = colorScheme === 'dark' ? { runOnly: ['color-contrast'] } : {};
    const { violations } = await page.evaluate((o) => globalThis.axe.run(document, o), rules);
    for (const { id, nodes } of violations) {
      for (const node of nodes)
        found.push(`${colorScheme} ${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** Keeps a picture of the page in light and dark, for people to look at. */
export async function shoot(page, name) {
  await mkdir(shots, { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${shots}${name}-${colorScheme}.png`, fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
