import { describe, expect, it } from 'vitest';
import type { Exercise, Instruction } from './api.gen';
import { cast, screens } from './desk-preview';

const people = { counselor: 'You', one: 'First', two: 'Second' };
const today = new Date('2026-11-30T12:00:00Z');

function exercise(...steps: Partial<Instruction>[]): Exercise {
  return {
    id: 'x',
    version: 1,
    title: 'X',
    phase: 'any',
    themes: [],
    intensity: 'gentle',
    minutes: 1,
    summary: '',
    roles: { hurt: 'is heard', responsible: 'listens' },
    origin: 'mine',
    favourite: false,
    sources: [],
    guidance: { purpose: '', watch_for: '', stop_if: '' },
    steps: steps.map((step) => ({ id: 's', kind: 'read', round: 1, who: 'both', ...step })),
  };
}

const first = (...steps: Partial<Instruction>[]) => {
  const shown = screens(exercise(...steps), 0, people, today);
  if (!shown) throw new Error('there is a step');
  return shown;
};

describe('the three screens of a step', () => {
  it('show each the words of their own role', () => {
    const { one, two } = first({
      kind: 'speak',
      who: 'hurt',
      prompt: 'Speak.',
      listener: 'Listen.',
    });
    expect(one.step).toMatchObject({ prompt: 'Speak.', who: ['one'], floor: 'one' });
    expect(two.step).toMatchObject({ prompt: 'Listen.', floor: 'one' });
    expect(one.you_may).toEqual(['yield']);
    expect(two.you_may).toEqual([]);
    const apart = first({ prompts: { hurt: 'A', responsible: 'B' } });
    expect([apart.one.step?.prompt, apart.two.step?.prompt]).toEqual(['A', 'B']);
  });

  it('keep the counselor’s own words from both phones', () => {
    const gate = first({
      kind: 'gate',
      who: 'counselor',
      prompt: 'Are both steady?',
      counselor_note: 'Look.',
      options: [{ id: 'yes', text: 'Yes' }],
    });
    expect(gate.desk).toMatchObject({
      kind: 'gate',
      prompt: 'Are both steady?',
      counselor: 'Look.',
    });
    for (const phone of [gate.one, gate.two]) {
      expect(phone.step?.kind).toBe('wait');
      expect(JSON.stringify(phone)).not.toMatch(/steady|Look|Yes/);
    }
    const note = first({ prompt: 'Read.', counselor_note: 'For you.' });
    expect(JSON.stringify([note.one, note.two])).not.toContain('For you.');
  });

  it('say who will read an answer, and offer what a phone would', () => {
    const { one } = first({
      kind: 'write',
      audience: 'counselor',
      no_secrets: 'warned',
      skippable: true,
    });
    expect(one.step).toMatchObject({ audience: 'counselor', warned: true });
    expect(one.you_may).toEqual(['submit', 'skip']);
    expect(first({ kind: 'write', audience: 'device' }).one.you_may).toEqual(['done_private']);
    expect(first({ kind: 'confirm', who: 'hurt', almost: 's' }).one.step?.offers).toEqual([
      'yes',
      'almost',
    ]);
  });

  it('lay an agreement out with its dates', () => {
    const { two } = first({ kind: 'agree', frame: 'We both', review_days: 7, expires_days: 30 });
    expect(two.step?.wording).toEqual({
      revision: 1,
      text: 'We both',
      from: '2026-11-30',
      review: '2026-12-07',
      expires: '2026-12-30',
    });
  });
});

it('casts the first role onto seat one, and has no screens beyond the end', () => {
  expect(cast(exercise())).toEqual({ one: 'hurt', two: 'responsible' });
  expect(screens(exercise(), 0, people, today)).toBeUndefined();
});
