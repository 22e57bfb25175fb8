import { expect, test } from 'vitest';
import type { Shareable } from './api.gen';
import { cautioned, cautionsOf, grouped, told } from './desk-sharing';

const item = (id: string, more: Partial<Shareable> = {}): Shareable => ({
  id,
  kind: 'own',
  said: [],
  cautions: [],
  ...more,
});

test('what may be shared stands under the exercise that it is from', () => {
  const groups = grouped([
    item('agreement/1', { kind: 'agreement' }),
    item('own/1', { run: 1, exercise: 'Own it' }),
    item('own/2', { run: 2, exercise: 'Own it' }),
    item('pair/1', { run: 1, exercise: 'Own it' }),
  ]);
  expect(groups.map((g) => [g.title, g.items.map((i) => i.id)])).toEqual([
    ['', ['agreement/1']],
    ['Own it', ['own/1', 'pair/1']],
    ['Own it', ['own/2']],
  ]);
});

test('what is chosen and asks for it is looked at again, and one’s own line first', () => {
  const offer = [item('a', { cautions: ['number'] }), item('b', { cautions: ['deep'] }), item('c')];
  const ids = (message: string) =>
    cautioned(offer, new Set(['a', 'c']), message).map(({ id }) => id);
  expect(ids(' ')).toEqual(['a']);
  expect(ids('Be kind')).toEqual(['message', 'a']);
});

test('what was said is told by whom, and why it is looked at', () => {
  const people = { counselor: 'Mara', one: 'Ana', two: 'Ben' };
  const pair = item('pair/1', {
    about: 'How **is** it?',
    said: [
      { who: 'one', text: 'Well' },
      { who: 'two', text: 'Not' },
    ],
    cautions: ['other_words', 'number'],
  });
  expect(told(pair, people)).toBe('How is it?\nAna: Well\nBen: Not');
  expect(told(item('a', { said: [{ text: 'Tea at nine.' }] }), people)).toBe('Tea at nine.');
  expect(cautionsOf(pair)).toMatch(/other partner · .*number/);
});
