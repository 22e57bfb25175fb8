// Lighthouse over the pages that people come to first, as `task lighthouse` runs it: from the
// folder that it was installed in, on the real binary, in Debian's Chromium.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startMend } from '../e2e/support/mend.mjs';

const from = createRequire(resolve(process.argv[2], 'package.json'));
const load = (name) => import(pathToFileURL(from.resolve(name)).href);
const { default: lighthouse } = await load('lighthouse');
const { launch } = await load('chrome-launcher');

const wanted = { accessibility: 100, 'best-practices': 95, performance: 90 };
const laptop = {
  extends: 'lighthouse:default',
  settings: {
    formFactor: 'desktop',
    screenEmulation: { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1 },
    throttling: { rttMs: 40, throughputKbps: 10_240, cpuSlowdownMultiplier: 1 },
  },
};
const pages = [
  ['the phone’s first page', '/', undefined],
  ['sign-in on a phone', '/desk/sign-in', undefined],
  ['sign-in on a laptop', '/desk/sign-in', laptop],
];

const mend = await startMend();
const chrome = await launch({
  chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu'],
});
try {
  for (const [name, path, config] of pages) {
    const { lhr } = await lighthouse(
      mend.url + path,
      { port: chrome.port, onlyCategories: Object.keys(wanted), logLevel: 'error' },
      config,
    );
    const scores = Object.values(lhr.categories).map(({ id, score }) => [id, score * 100]);
    console.log(`${name}: ${scores.map(([id, score]) => `${id} ${Math.round(score)}`).join(', ')}`);
    if (scores.some(([id, score]) => score < wanted[id])) process.exitCode = 1;
  }
} finally {
  chrome.kill();
  await mend.close();
}
