// The documents as the real server sends them, before a script has run. What the scripts
// make of them is looked at wherever axe looks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { markupFinds } from './support/browser.mjs';
import { startMend } from './support/mend.mjs';

let mend;

before(async () => {
  mend = await startMend();
});
after(() => mend?.close());

const paths = ['/', '/join', '/between', '/copy', '/release', '/help', '/left', '/desk', '/docs'];

for (const language of ['en', 'es']) {
  test(`every document the server sends is as the standard has it: ${language}`, async () => {
    for (const path of paths) {
      const answer = await fetch(`${mend.url}${path}`, {
        headers: { 'Accept-Language': language },
      });
      assert.match(answer.headers.get('content-type'), /^text\/html/, path);
      assert.deepEqual(await markupFinds(await answer.text()), [], path);
    }
  });
}

test('what is not as the standard has it is found', async () => {
  const wrong =
    '<!doctype html><html lang="en"><head><title>x</title></head><body><p dir=""></p></body></html>';
  assert.equal((await markupFinds(wrong)).length, 1);
});
