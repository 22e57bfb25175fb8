import { describe, expect, it } from 'vitest';
import type { Point } from './api.gen';
import { fall, multiples, together } from './desk-trends';

const point = (session: number, who: 'one' | 'two', value: number): Point => ({
  session: `s${session}`,
  at: `2026-11-${String(session * 7).padStart(2, '0')}T15:00:00Z`,
  who,
  value,
});
const measures = [
  { name: 'of-their-own', points: [point(1, 'one', 2), point(2, 'one', 3)] },
  {
    name: 'heard',
    low: 'Not at all',
    high: 'All the way',
    points: [point(1, 'one', 4), point(2, 'two', 6), point(3, 'one', 7), point(3, 'two', 2)],
  },
];

describe('a small multiple', () => {
  it('has a column a session that was rated, and a gap where one of the two gave nothing', () => {
    const [heard] = multiples({ measures });
    expect(heard?.sessions).toEqual(['s1', 's2', 's3']);
    expect(heard?.lines).toEqual([
      { who: 'one', values: [4, undefined, 7] },
      { who: 'two', values: [undefined, 6, 2] },
    ]);
  });

  it('of one person alone knows nothing of the other, not even of a session only they rated', () => {
    const [heard, own] = multiples({ measures }, 'two');
    expect(heard?.sessions).toEqual(['s2', 's3']);
    expect(heard?.lines).toEqual([{ who: 'two', values: [6, 2] }]);
    expect(own).toBeUndefined();
  });

  it('puts what trust rests on first and what it does not know last', () => {
    expect(multiples({ measures }).map(({ name }) => name)).toEqual(['heard', 'of-their-own']);
  });

  it('tells where both stood last in one session, and how far one fell', () => {
    const [heard, own] = multiples({ measures });
    expect(heard && together(heard)).toEqual({ day: '2026-11-21T15:00:00Z', one: 7, two: 2 });
    expect(own && together(own)).toBeUndefined();
    expect(heard?.lines.map(fall)).toEqual([0, 4]);
  });
});
