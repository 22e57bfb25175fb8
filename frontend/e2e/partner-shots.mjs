// Pictures of every state, for a person to look at: node e2e/partner-shots.mjs [name…]
import { mkdirSync } from 'node:fs';
import { launch } from './support/browser.mjs';
import { script, servePages } from './support/phone.mjs';
import { states } from './support/views.mjs';

const folder = process.env.SHOTS ?? new URL('shots', import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const only = process.argv.slice(2);
const sizes = { phone: [360, 740], small: [320, 640], laptop: [1280, 800] };
const want = (process.env.SIZES ?? 'phone').split(',');
const schemes = (process.env.SCHEMES ?? 'light').split(',');

const pages = await servePages();
const browser = await launch();
for (const size of want) {
  for (const scheme of schemes) {
    const [width, height] = sizes[size];
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: scheme,
      deviceScaleFactor: 1,
    });
    for (const [name, view] of Object.entries(states)) {
      if (only.length && !only.includes(name)) continue;
      const page = await context.newPage();
      page.on('pageerror', (error) => console.log(name, error.message));
      page.on('console', (m) => m.type() === 'error' && console.log(name, m.text()));
      const room = await script(page);
      room.view = view;
      await page.goto(pages.url);
      await page.waitForFunction(() => document.querySelector('h1') && document.title);
      await page.waitForSelector(name === 'removed' ? 'h1' : 'main h1');
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: `${folder}/${name}-${size}-${scheme}.png`, fullPage: true });
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
pages.close();
