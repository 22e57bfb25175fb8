import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import type { PartnerStep } from '../lib/live.gen';
import Sort from './Sort.svelte';

afterEach(cleanup);

const show = (cards: PartnerStep['cards'], may: string[]) =>
  render(Sort, {
    step: {
      key: '1.2.1',
      kind: 'sort',
      who: ['one'],
      audience: 'room',
      cards,
      buckets: [
        { id: 'will', text: 'I will' },
        { id: 'no', text: 'No' },
      ],
    } as unknown as PartnerStep,
    people: { counselor: 'Maria', one: 'Alex', two: 'Sam' },
    me: 'one',
    youMay: may,
    onCommand: () => undefined,
  });

describe('cards that come from what was written', () => {
  it('are there to be sorted', () => {
    show([{ id: 'c1', text: 'Call when late' }], ['submit', 'skip']);
    expect(screen.queryByText(/Call when late/)).not.toBeNull();
    expect(screen.getAllByRole('button').length).toBeGreaterThan(0);
  });

  it('may be none: then nothing can be sent, and that is said', () => {
    show(undefined, ['skip']);
    expect(screen.queryByText(/nothing to sort this time. Maria goes on/)).not.toBeNull();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
