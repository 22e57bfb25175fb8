import { describe, expect, it } from 'vitest';
import type { PartnerStep, PartnerView, Seat } from './live.gen';
import { type Move, pause, pretend } from './pretend';

const choice = (...ids: string[]) => ids.map((id) => ({ id, text: `The ${id}` }));

function step(kind: PartnerStep['kind'], more: Partial<PartnerStep> = {}): PartnerStep {
  return {
    key: '1.0.1',
    index: 0,
    of: 3,
    kind,
    who: ['one', 'two'],
    round: 1,
    finished: false,
    ...more,
  };
}

function view(may: Move['do'][], at?: PartnerStep, more: Partial<PartnerView> = {}): PartnerView {
  return {
    phase: at ? 'exercise' : 'open',
    you: 'one',
    door: 'admitted',
    people: { counselor: 'Mara', one: 'Ana', two: 'Ben' },
    you_may: may,
    policy: { version: 3, secrets: 'no_secrets' },
    dial: 5,
    rehearsal: true,
    ...(at && { step: at }),
    ...more,
  };
}

const turns = Array.from({ length: 60 }, (_, n) => n);
const all = (v: PartnerView) => turns.map((n) => pretend(v, n));
const names = (v: PartnerView) => [...new Set(all(v).map((move) => move?.do))].sort();
const submitted = (v: PartnerView) =>
  all(v).filter((move): move is Extract<Move, { do: 'submit' }> => move?.do === 'submit');

describe('a pretend partner', () => {
  it('consents to the policy that stands on the screen, and then waits to be let in', () => {
    const arriving = view(['consent', 'leave'], undefined, { phase: 'lobby', door: 'invited' });
    expect(pretend(arriving, 0)).toEqual({ do: 'consent', policy: 3, language: 'en' });
    expect(all(view(['leave'], undefined, { phase: 'lobby', door: 'knocking' }))).toEqual(
      turns.map(() => undefined),
    );
  });

  it('does not come back of itself once it has left or been sent out', () => {
    for (const door of ['left', 'out', 'removed'] as const)
      expect(names(view(['consent', 'leave'], undefined, { phase: 'lobby', door }))).toEqual([
        undefined,
      ]);
  });

  it('says once how steady it is', () => {
    const { dial, ...silent } = view(['dial', 'pause', 'leave']);
    expect(dial).toBe(5);
    for (const move of all(silent))
      expect(move).toMatchObject({ do: 'dial', value: expect.any(Number) });
    expect(names(view(['dial', 'pause', 'leave']))).toEqual([undefined]);
  });

  it('rests while the session is paused, and never pauses or leaves by itself', () => {
    const paused = view(['dial', 'pause', 'leave'], step('write'), {
      phase: 'paused',
      pause: { since: '2026-11-25T10:00:00Z' },
    });
    expect(names(paused)).toEqual([undefined]);
  });

  it.each(['read', 'breathe', 'apart'] as const)('is done with %s after a while', (kind) => {
    expect(pretend(view(['ready'], step(kind)), 0)).toEqual({ do: 'ready', step: '1.0.1' });
    expect(names(view(['ready'], step(kind, { finished: true })))).toEqual([undefined]);
    expect(names(view([], step(kind)))).toEqual([undefined]);
  });

  it('rates within the scale', () => {
    for (const { value } of submitted(view(['submit'], step('scale', { audience: 'sealed' })))) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(10);
    }
  });

  it('chooses what is on offer, each once and not too many', () => {
    const offered = ['x', 'y', 'z'];
    const moves = submitted(
      view(
        ['submit'],
        step('choose', {
          audience: 'sealed',
          options: choice(...offered),
          at_most: 2,
          other: true,
          max_length: 8,
        }),
      ),
    );
    expect(moves).toHaveLength(turns.length);
    for (const { choices = [], text } of moves) {
      expect(choices.length).toBeGreaterThan(0);
      expect(choices.length).toBeLessThanOrEqual(2);
      expect(new Set(choices).size).toBe(choices.length);
      const alone = ['not_sure', 'other'].includes(choices[0] ?? '');
      if (alone) expect(choices).toHaveLength(1);
      else expect(offered).toEqual(expect.arrayContaining([...choices]));
      expect(text !== undefined).toBe(choices[0] === 'other');
      if (text !== undefined) expect([...text].length).toBeLessThanOrEqual(8);
    }
  });

  it('writes no more than the step takes, and begins as it asks', () => {
    const moves = submitted(
      view(['submit'], step('write', { audience: 'room', max_length: 40, frame: 'I felt …' })),
    );
    expect(new Set(moves.map((move) => move.text)).size).toBeGreaterThan(1);
    for (const { text = '' } of moves) {
      expect(text).toMatch(/^I felt \S/);
      expect([...text].length).toBeLessThanOrEqual(40);
    }
  });

  it('puts every card somewhere', () => {
    const sort = step('sort', {
      audience: 'sealed',
      cards: choice('a', 'b', 'c'),
      buckets: choice('l', 'r'),
    });
    for (const { sorted = {} } of submitted(view(['submit'], sort))) {
      expect(Object.keys(sorted)).toEqual(['a', 'b', 'c']);
      for (const bucket of Object.values(sorted)) expect(['l', 'r']).toContain(bucket);
    }
  });

  it('sends nothing of what belongs on the phone alone', () => {
    const device = step('write', { audience: 'device' });
    expect(names(view(['done_private', 'submit'], device))).toEqual(['done_private']);
  });

  it('passes on something now and then, where that may be', () => {
    const write = step('write', { audience: 'sealed', skippable: true });
    expect(names(view(['submit', 'skip'], write))).toEqual(['skip', 'submit']);
    expect(names(view(['submit'], write))).toEqual(['submit']);
    expect(names(view(['take_back'], { ...write, finished: true, declined: true }))).toEqual([
      undefined,
    ]);
  });

  it.each(['speak', 'mirror', 'say'] as const)(
    'gives the floor on after %s, and only if it has it',
    (kind) => {
      const mine = step(kind, { who: ['one'], floor: 'one' });
      expect(pretend(view(['yield'], mine), 0)).toEqual({ do: 'yield', step: '1.0.1' });
      expect(names(view(['yield'], step(kind, { who: ['two'], floor: 'two' })))).toEqual([
        undefined,
      ]);
    },
  );

  it('writes what it heard where that is asked', () => {
    const mirror = step('mirror', { who: ['one'], floor: 'one', writing: true, audience: 'room' });
    expect(names(view(['submit', 'yield'], mirror))).toEqual(['submit']);
  });

  it('misses a piece the first time, and then says yes', () => {
    const judged = (key: string, offers: PartnerStep['offers']) =>
      pretend(
        view(['confirm'], step('confirm', { key, who: ['one'], ...(offers && { offers }) })),
        2,
      );
    expect(judged('1.4.1', ['yes', 'almost', 'more'])).toMatchObject({ heard: 'almost' });
    expect(judged('1.4.2', ['yes', 'almost', 'more'])).toMatchObject({ heard: 'yes' });
    expect(judged('1.4.1', ['yes'])).toMatchObject({ heard: 'yes' });
    expect(names(view([], step('confirm', { who: ['two'] })))).toEqual([undefined]);
  });

  it('finds words for an agreement if there are none, and signs the wording that stands', () => {
    const blank = step('agree', { wording: { revision: 1, text: ' ', review: '2026-12-02' } });
    expect(pretend(view(['edit', 'sign'], blank), 0)).toMatchObject({
      do: 'edit',
      wording: { revision: 1, review: '2026-12-02', text: expect.stringMatching(/\S/) },
    });
    expect(names(view(['edit', 'sign'], blank, { you: 'two' }))).toEqual([undefined]);
    const worded = step('agree', { wording: { revision: 4, text: 'We tell each other.' } });
    expect(pretend(view(['sign', 'not_today'], worded), 0)).toEqual({
      do: 'sign',
      step: '1.0.1',
      wording: 4,
    });
    expect(names(view(['sign', 'not_today'], worded))).toEqual(['not_today', 'sign']);
    for (const more of [{ signed: ['one' as Seat] }, { concluded: true }, { put_off: true }])
      expect(names(view(['sign', 'edit'], { ...worded, ...more }))).toEqual([undefined]);
  });

  it('asks one question, and answers what is put before it', () => {
    expect(names(view(['ask'], step('ask', { max_length: 30 })))).toEqual(['ask']);
    const asked = step('ask', { questions: [{ question: 1, mine: true, text: 'How?' }] });
    expect(names(view(['ask'], asked))).toEqual([undefined]);
    const open = step('ask', {
      questions: [{ question: 2, mine: false, text: 'When?', dealt: 'now' }],
    });
    const replies = all(view(['reply'], open));
    expect(new Set(replies.map((move) => move?.do === 'reply' && move.how))).toEqual(
      new Set(['now', 'by_date', 'will_not']),
    );
    for (const move of replies)
      if (move?.do === 'reply' && move.how === 'by_date') expect(move.text).toMatch(/\S/);
    const replied = step('ask', {
      questions: [{ question: 2, mine: false, text: 'When?', how: 'now' }],
    });
    expect(names(view(['reply'], replied))).toEqual([undefined]);
  });

  it.each(['reveal', 'gate', 'prompt', 'wait'] as const)('has nothing to do at %s', (kind) => {
    expect(names(view(['pause', 'leave'], step(kind, { who: [] })))).toEqual([undefined]);
  });

  it('does nothing that the phone would not let it do', () => {
    const kinds: PartnerStep['kind'][] = [
      'read',
      'breathe',
      'choose',
      'scale',
      'write',
      'sort',
      'reveal',
      'speak',
      'mirror',
      'confirm',
      'say',
      'agree',
      'ask',
      'apart',
      'wait',
    ];
    for (const kind of kinds) {
      const closed = step(kind, {
        floor: 'one',
        audience: 'sealed',
        wording: { revision: 1, text: '' },
      });
      expect(names(view([], closed)), kind).toEqual([undefined]);
    }
  });

  it('takes a person’s time, and more of it for words', () => {
    for (const n of turns) {
      const tap = pause({ do: 'confirm', step: '1.0.1', heard: 'yes' }, n);
      expect(tap).toBeGreaterThanOrEqual(2000);
      expect(pause({ do: 'submit', step: '1.0.1', text: 'So it was.' }, n)).toBeGreaterThan(tap);
    }
  });
});
