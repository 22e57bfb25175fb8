import { expect, test } from 'vitest';
import type { ExerciseHead } from './api.gen';
import { everything, fromQuery, LibraryIndex, narrowing, toQuery } from './desk-search';

const floor: ExerciseHead = {
  id: 'floor-and-echo',
  version: 1,
  origin: 'shipped',
  favourite: false,
  title: 'Floor and echo',
  phase: 'understand',
  themes: ['communication'],
  intensity: 'steady',
  minutes: 25,
  summary: 'One speaks, the other gives it back.',
  roles: {},
  guidance: { purpose: 'Slow the pace.', watch_for: '', stop_if: '' },
};
const echo: ExerciseHead = {
  ...floor,
  id: 'eco',
  title: 'Una pequeña canción',
  summary: 'An echo of what was said.',
  phase: 'any',
  minutes: 12,
  origin: 'mine',
  favourite: true,
};
const index = new LibraryIndex(
  [echo, floor],
  new Map([['communication', 'Speaking and listening']]),
);
const find = (change: Partial<typeof everything>) =>
  index.find({ ...everything, ...change }).map((e) => e.id);

test('every word is looked for in title, summary, purpose and themes, in any order', () => {
  expect(find({ words: 'gives FLOOR' })).toEqual(['floor-and-echo']);
  expect(find({ words: 'pace' })).toEqual(['eco', 'floor-and-echo']);
  expect(find({ words: 'listen speaking floor' })).toEqual(['floor-and-echo']);
  expect(find({ words: 'floor apology' })).toEqual([]);
  expect(find({ words: '  ' })).toEqual(['eco', 'floor-and-echo']);
});

test('accents neither hide nor are needed', () => {
  expect(find({ words: 'cancion pequena' })).toEqual(['eco']);
  expect(find({ words: 'canció' })).toEqual(['eco']);
  expect(find({ words: 'flóor' })).toEqual(['floor-and-echo']);
});

test('what begins a word of the title comes first', () => {
  expect(find({ words: 'ech' })).toEqual(['floor-and-echo', 'eco']);
});

test('filters narrow, and what fits anywhere fits every phase', () => {
  expect(find({ intensity: 'gentle' })).toEqual([]);
  expect(find({ minutes: 15 })).toEqual(['eco']);
  expect(find({ phase: 'guard' })).toEqual(['eco']);
  expect(find({ phase: 'understand' })).toEqual(['eco', 'floor-and-echo']);
  expect(find({ theme: 'communication' })).toHaveLength(2);
  expect(find({ theme: 'apology' })).toEqual([]);
  expect(find({ starred: true })).toEqual(['eco']);
  expect(find({ origin: 'shipped' })).toEqual(['floor-and-echo']);
});

test('an address keeps the filters, never the words', () => {
  const wanted = {
    ...everything,
    words: 'Alex',
    phase: 'guard',
    minutes: 20,
    starred: true,
  } as const;
  expect(toQuery(wanted)).toBe('phase=guard&minutes=20&starred=1');
  expect(fromQuery(`?${toQuery(wanted)}`)).toEqual({ ...wanted, words: '' });
  expect(fromQuery('?phase=soon&minutes=7&origin=x&couple=a')).toEqual(everything);
  expect(narrowing(wanted)).toBe(3);
});

test('500 exercises are searched within a frame, with every letter typed', () => {
  const many = Array.from({ length: 500 }, (_, i) => ({
    ...floor,
    id: `exercise-${i}`,
    title: `Exercise ${i} of turns`,
    summary: 'One speaks about what it was like; the other says it back until that was it. '.repeat(
      2,
    ),
  }));
  const large = new LibraryIndex(many);
  const typed = 'exercise turns 49';
  const times: number[] = [];
  for (let round = 0; round < 5; round++)
    for (let n = 1; n <= typed.length; n++) {
      const start = performance.now();
      large.find({ ...everything, words: typed.slice(0, n) });
      times.push(performance.now() - start);
    }
  times.sort((a, b) => a - b);
  expect(large.find({ ...everything, words: typed })).toHaveLength(15);
  // The median, so that a pause of the machine's does not fail it.
  expect(times[times.length >> 1]).toBeLessThan(16);
});
