// A phone on a bad network pays for every byte: what the first page weighs, and the
// whole of the phone, compressed as the server sends it.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { dist } from './support/phone.mjs';

const KB = 1000;
const read = (name) => readFile(join(dist, name), 'utf8');
const packed = (content) => gzipSync(content, { level: 9 }).length;

const languages = ['en', 'es'];
const betweenSessions = /^(?:part|between-words\.\w+)-/;
const paper = /^(?:paper-part|paper-words\.\w+)-/;
const apart = (name) => betweenSessions.test(name) || paper.test(name);

/** The scripts, words and styles that the page itself names, and what those import at once. */
async function firstLoad(language) {
  const html = await read(`partner.${language}.html`);
  const names = new Set(
    [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, name]) => name),
  );
  for (const name of names) {
    if (!name.endsWith('.js')) continue;
    const code = await read(name);
    for (const [, other] of code.matchAll(/\bfrom\s*"\.\/([^"]+)"|\bimport\s*"\.\/([^"]+)"/g))
      if (other) names.add(`assets/${other}`);
  }
  return names;
}

async function weigh(names) {
  const weights = await Promise.all([...names].map(async (name) => packed(await read(name))));
  return weights.reduce((sum, weight) => sum + weight, 0);
}

for (const language of languages) {
  test(`the phone’s first page is at most 30 KB of scripts, words and styles: ${language}`, async () => {
    const names = [...(await firstLoad(language))];
    assert.ok(
      names.some((name) => name.includes('/partner-')),
      'the page has a script',
    );
    assert.ok(
      names.some((name) => name.includes(`/words.${language}-`)),
      'and its words',
    );
    const weight = await weigh(names);
    assert.ok(weight <= 30 * KB, `it is ${weight} bytes`);
  });

  // What is done between sessions, and what was shared, is fetched for such a link alone,
  // and bounded apart.
  test(`the whole phone is at most 67 KB: ${language}`, async () => {
    const names = new Set(await firstLoad(language));
    const others = languages.filter((other) => other !== language);
    const all = (await readdir(join(dist, 'assets'))).filter(
      (name) => !apart(name) && !others.some((other) => name.includes(`words.${other}-`)),
    );
    for (const name of names) {
      const code = await read(name);
      for (const other of all) if (code.includes(other)) names.add(`assets/${other}`);
    }
    assert.ok(
      [...names].some((name) => name.includes(`/live-words.${language}-`)),
      'the part for the session is among it',
    );
    const weight = await weigh(names);
    assert.ok(weight <= 67 * KB, `it is ${weight} bytes`);
  });
}

for (const [what, which, most] of [
  ['between sessions', betweenSessions, 14],
  ['pages behind a link', paper, 6],
])
  test(`the part for ${what} is at most ${most} KB of its own`, async () => {
    const names = (await readdir(join(dist, 'assets'))).filter((name) => which.test(name));
    assert.ok(
      names.some((name) => name.endsWith('.js')),
      'it has a script',
    );
    for (const language of languages) {
      const own = names.filter(
        (name) => !name.includes('words.') || name.includes(`words.${language}-`),
      );
      const weight = await weigh(own.map((name) => `assets/${name}`));
      assert.ok(weight <= most * KB, `it is ${weight} bytes`);
    }
  });

test('the phone asks nobody else for anything, and carries no font and no canned view', async () => {
  const html = await read('partner.en.html');
  assert.doesNotMatch(html, /(?:src|href)="(?:https?:)?\/\//);
  assert.doesNotMatch(html, /<style|style="|<script>|og:/);
  for (const name of await readdir(join(dist, 'assets'))) {
    assert.doesNotMatch(name, /\.(?:woff2?|ttf|otf)$/);
    if (!/^(?:partner|live-part)-.*\.(?:js|css)$/.test(name)) continue;
    const code = await read(`assets/${name}`);
    const others = [...code.matchAll(/https?:\/\/[^\s"'`)]+/g)]
      .map(([address]) => address)
      .filter((address) => !address.startsWith('http://www.w3.org/'))
      .filter((address) => !address.startsWith('https://svelte.dev/e/'));
    assert.deepEqual(others, [], name);
    assert.doesNotMatch(code, /It helped me that you/);
  }
});
