import { expect, test } from 'vitest';
import type { ExerciseHead } from './api.gen';
import { concerns, total } from './desk-agenda';

const exercise = (
  id: string,
  minutes: number,
  more: Partial<ExerciseHead> = {},
): [string, ExerciseHead] => [
  id,
  {
    id,
    minutes,
    version: 1,
    origin: 'shipped',
    favourite: false,
    title: id,
    phase: 'any',
    themes: [],
    intensity: 'steady',
    summary: '',
    roles: {},
    guidance: { purpose: '', watch_for: '', stop_if: '' },
    ...more,
  },
];
const library = new Map([
  exercise('opening', 6),
  exercise('closing', 5),
  exercise('own-it', 20),
  exercise('apology', 15, { after: ['own-it'] }),
]);

test('the frames are counted with the rest', () => {
  expect(total([], library)).toBe(11);
  expect(total(['own-it', 'gone'], library)).toBe(31);
});

test('an agenda that fits and keeps the order raises nothing', () => {
  expect(concerns(['own-it', 'apology'], library, 50)).toEqual([]);
  expect(concerns(['own-it', 'apology'], library, 46)).toEqual([]);
});

test('too long is said with how much', () => {
  expect(concerns(['own-it', 'apology'], library, 45)).toEqual([{ about: 'length', over: 1 }]);
});

test('what should come first is missed, or found to come later', () => {
  expect(concerns(['apology'], library, 50)).toEqual([
    { about: 'missing', exercise: 'apology', before: 'own-it' },
  ]);
  expect(concerns(['apology', 'own-it', 'apology'], library, 90)).toEqual([
    { about: 'order', exercise: 'apology', before: 'own-it' },
  ]);
});

test('what the couple has done before need not be planned again', () => {
  const done = new Map([
    ...library,
    exercise('own-it', 20, { last_used_at: '2026-11-01T10:00:00Z' }),
  ]);
  expect(concerns(['apology'], done, 50)).toEqual([]);
});
