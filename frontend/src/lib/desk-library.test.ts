import { expect, test } from 'vitest';
import { framed, moved, unframed } from './desk-library';

test('the frames stand around whatever is planned, once', () => {
  expect(framed([])).toEqual(['opening', 'closing']);
  expect(framed(['closing', 'a', 'opening'])).toEqual(['opening', 'a', 'closing']);
  expect(unframed(framed(['a', 'b']))).toEqual(['a', 'b']);
});

test('moving goes one place and never over an edge', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
});
