import { expect, test } from 'vitest';
import type { Instruction } from './api.gen';
import { flowOf } from './desk-flow';

const step = (
  kind: Instruction['kind'],
  who: string,
  more: Partial<Instruction> = {},
): Instruction => ({ id: kind, kind, who, round: 1, ...more }) as Instruction;
const roles = { a: 'who speaks first', b: 'who listens first' };

test('each turn stands in the lanes of those who act in it', () => {
  const { turns, parts } = flowOf({
    roles,
    steps: [
      step('speak', 'a'),
      step('mirror', 'b'),
      step('write', 'both'),
      step('gate', 'counselor'),
      step('apart', 'b'),
    ],
  });
  expect(parts).toEqual(['a', 'b']);
  expect(turns.map((t) => t.lanes)).toEqual([[0], [1], [0, 1], [2], [1, 2]]);
  expect(turns.map((t) => t.shape)).toEqual(['speak', 'speak', 'answer', 'gate', 'quiet']);
});

test('the other pair of parts has the same two lanes', () => {
  const { turns } = flowOf({
    roles: { responsible: 'who did it', hurt: 'who was hurt' },
    steps: [step('speak', 'responsible'), step('speak', 'hurt')],
  });
  expect(turns.map((t) => t.lanes)).toEqual([[1], [0]]);
});

test('a judgement leads back, also to the very first turn, or only where it is offered', () => {
  const { turns, loops } = flowOf({
    roles,
    steps: [
      step('speak', 'a'),
      step('mirror', 'b'),
      step('confirm', 'a', { almost_to: 1 }),
      step('confirm', 'a', { almost_to: 1, more_to: -1 }),
    ],
  });
  expect(turns[2]?.jumps).toEqual([
    { how: 'almost', to: 1 },
    { how: 'more', to: 0 },
  ]);
  expect(turns[3]?.jumps).toEqual([{ how: 'almost', to: 1 }]);
  expect(turns[0]?.jumps).toEqual([]);
  expect(loops).toEqual([
    { from: 2, to: 1, track: 0 },
    { from: 2, to: 0, track: 1 },
    { from: 3, to: 1, track: 2 },
  ]);
});

test('turns with changed places are runs of their own', () => {
  const { switched } = flowOf({
    roles,
    steps: [
      step('speak', 'a'),
      step('speak', 'b', { round: 2 }),
      step('mirror', 'a', { round: 2 }),
      step('say', 'a'),
      step('say', 'b', { round: 2 }),
      step('say', 'a', { round: 3 }),
    ],
  });
  expect(switched).toEqual([
    { from: 1, to: 2, round: 2 },
    { from: 4, to: 4, round: 2 },
    { from: 5, to: 5, round: 3 },
  ]);
});
