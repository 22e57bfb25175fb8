import { webcrypto } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Kept } from './desk-notes.svelte';
import { clearShelves, shelf, shelfKey } from './desk-shelf';

const note: Kept = {
  format: 'free',
  sections: { text: 'MARKER words, ñ' },
  version: 3,
  base: { format: 'free', sections: { text: 'before' } },
};
const key = (n: number) => shelfKey(btoa(String.fromCharCode(...new Uint8Array(32).fill(n))));

beforeEach(() => {
  vi.stubGlobal('crypto', webcrypto);
  sessionStorage.clear();
});

const stored = () => Object.entries(sessionStorage).join('\n');

async function kept() {
  const mine = await key(1);
  const place = shelf('s', 'process', () => mine);
  place.keep(note);
  await vi.waitFor(() => expect(sessionStorage.length).toBe(1));
  return place;
}

test('unsaved words are read back, and lie there sealed', async () => {
  const place = await kept();
  expect(await place.read()).toEqual(note);
  expect(stored()).not.toContain('MARKER');
});

test('nobody else who signs in here can read them, and no other note can pass for them', async () => {
  await kept();
  const other = await key(2);
  expect(await shelf('s', 'process', () => other).read()).toBeUndefined();
  sessionStorage.setItem(
    'mend.note.s.progress',
    sessionStorage.getItem('mend.note.s.process') ?? '',
  );
  const mine = await key(1);
  expect(await shelf('s', 'progress', () => mine).read()).toBeUndefined();
});

test('what was cleared while it was being sealed does not come back', async () => {
  const mine = await key(1);
  const place = shelf('s', 'progress', () => mine);
  place.keep(note);
  place.clear();
  await key(3); // as long as sealing takes
  await new Promise((done) => setTimeout(done));
  expect(sessionStorage.length).toBe(0);
});

test('signing out takes every copy away', async () => {
  await kept();
  clearShelves();
  expect(sessionStorage.length).toBe(0);
});

test('without cryptography nothing is kept, and that is told', async () => {
  vi.stubGlobal('crypto', {});
  const none = await key(1);
  const place = shelf('s', 'progress', () => none);
  place.keep(note);
  expect(place.keeps).toBe(false);
  expect(await place.read()).toBeUndefined();
  expect(sessionStorage.length).toBe(0);
});
