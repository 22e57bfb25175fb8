import { expect, test } from 'vitest';
import type { ExerciseHead } from './api.gen';
import { everything, fits, framed, moved } from './desk-library';

const floor: ExerciseHead = {
  id: 'floor-and-echo',
  version: 1,
  title: 'Floor and echo',
  phase: 'understand',
  themes: ['communication'],
  intensity: 'steady',
  minutes: 25,
  summary: 'One speaks, the other gives it back.',
  roles: {},
};

test('every word is looked for in title, summary and themes, in any order', () => {
  expect(fits(floor, { ...everything, words: 'gives FLOOR' })).toBe(true);
  expect(fits(floor, { ...everything, words: 'communication' })).toBe(true);
  expect(fits(floor, { ...everything, words: 'floor apology' })).toBe(false);
  expect(fits(floor, everything)).toBe(true);
});

test('filters narrow, and what fits anywhere fits every phase', () => {
  expect(fits(floor, { ...everything, intensity: 'gentle' })).toBe(false);
  expect(fits(floor, { ...everything, minutes: 20 })).toBe(false);
  expect(fits(floor, { ...everything, minutes: 30 })).toBe(true);
  expect(fits(floor, { ...everything, phase: 'guard' })).toBe(false);
  expect(fits({ ...floor, phase: 'any' }, { ...everything, phase: 'guard' })).toBe(true);
});

test('the frames stand around whatever is planned, once', () => {
  expect(framed([])).toEqual(['opening', 'closing']);
  expect(framed(['closing', 'a', 'opening'])).toEqual(['opening', 'a', 'closing']);
});

test('moving goes one place and never over an edge', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
});
