import { t } from './desk-words';
import { language } from './language.svelte';
import type { Answer, PartnerCommand, PartnerStep, PartnerView } from './live.gen';

// What a pretend partner does next in a rehearsal: a person who means well and is
// not always ready. It knows only what a phone shows and does only what the phone
// would let a person do.

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
/** A partner's command before it is sent. */
export type Move = WithoutId<PartnerCommand>;

/** What the one who is looked at does now, if anything; n counts what they did so far. */
export function pretend(view: PartnerView, n: number): Move | undefined {
  const { step } = view;
  const may = (name: Move['do']) => view.you_may.includes(name);
  // The second is not a copy of the first.
  const turn = n + (view.you === 'two' ? 3 : 0);
  if (view.door === 'invited')
    return view.policy && may('consent')
      ? { do: 'consent', policy: view.policy.version, language: language() }
      : undefined;
  if (view.door !== 'admitted' || view.pause) return undefined;
  if (view.dial === undefined && may('dial')) return { do: 'dial', value: 4 + (turn % 4) };
  if (!step) return undefined;
  if (step.kind === 'agree') return agree(view, step, turn, may);
  if (step.kind === 'ask') return ask(step, turn, may);
  if (step.finished || step.declined) return undefined;
  if (step.kind !== 'confirm' && may('skip') && turn % 11 === 10)
    return { do: 'skip', step: step.key };
  switch (step.kind) {
    case 'read':
    case 'breathe':
    case 'apart':
      return may('ready') ? { do: 'ready', step: step.key } : undefined;
    case 'choose':
    case 'scale':
    case 'write':
    case 'sort':
      return answer(step, turn, may);
    case 'mirror':
    case 'speak':
    case 'say':
      if (step.floor !== view.you) return undefined;
      if (step.writing && may('submit')) return answer(step, turn, may);
      return may('yield') ? { do: 'yield', step: step.key } : undefined;
    case 'confirm': {
      if (!may('confirm')) return undefined;
      // The first time something is missing; then it was that.
      const almost = firstVisit(step) && step.offers?.includes('almost');
      return { do: 'confirm', step: step.key, heard: almost ? 'almost' : 'yes' };
    }
  }
  return undefined;
}

type May = (name: Move['do']) => boolean;

/** A key is "run.index.visit". */
const firstVisit = (step: PartnerStep) => step.key.endsWith('.1');

function answer(step: PartnerStep, turn: number, may: May): Move | undefined {
  if (step.audience === 'device')
    return may('done_private') ? { do: 'done_private', step: step.key } : undefined;
  if (!may('submit')) return undefined;
  return { do: 'submit', step: step.key, ...given(step, turn) };
}

function given(step: PartnerStep, turn: number): Answer {
  switch (step.kind) {
    case 'scale':
      return { value: 2 + ((turn * 3) % 7) };
    case 'choose':
      return chosen(step, turn);
    case 'sort': {
      const buckets = step.buckets ?? [];
      const place = (i: number) => buckets[(i + turn) % buckets.length]?.id ?? '';
      return {
        sorted: Object.fromEntries((step.cards ?? []).map((card, i) => [card.id, place(i)])),
      };
    }
  }
  const line = written()[turn % written().length]?.() ?? '';
  return { text: cut(step.frame ? `${step.frame.replace(/[\s.…]+$/, '')} ${line}` : line, step) };
}

function chosen(step: PartnerStep, turn: number): Answer {
  const options = step.options ?? [];
  if (options.length === 0 || turn % 7 === 6) return { choices: ['not_sure'] };
  if (step.other && turn % 7 === 5)
    return { choices: ['other'], text: cut(t.rehearsal.lines.other(), step) };
  const many = Math.min(step.at_most ?? 1, options.length, 1 + (turn % 2));
  const ids = Array.from(
    { length: many },
    (_, i) => options[(turn + i) % options.length]?.id ?? '',
  );
  return { choices: [...new Set(ids)] };
}

function agree(view: PartnerView, step: PartnerStep, turn: number, may: May): Move | undefined {
  const wording = step.wording;
  if (!wording || step.concluded || step.put_off || step.signed?.includes(view.you))
    return undefined;
  if (!wording.text.trim()) {
    // One of the two finds the words, and the other waits for them.
    if (view.you !== 'one' || !may('edit')) return undefined;
    const text = cut(t.rehearsal.lines.wording(), step);
    return { do: 'edit', step: step.key, wording: { ...wording, text } };
  }
  if (turn % 13 === 12 && may('not_today')) return { do: 'not_today', step: step.key };
  return may('sign') ? { do: 'sign', step: step.key, wording: wording.revision } : undefined;
}

function ask(step: PartnerStep, turn: number, may: May): Move | undefined {
  const own = (step.questions ?? []).filter((question) => question.mine).length;
  const open = (step.questions ?? []).find((question) => !question.mine && !question.how);
  if (open && may('reply')) {
    const reply = { do: 'reply', step: step.key, question: open.question } as const;
    if (turn % 3 === 1) return { ...reply, how: 'by_date', text: t.rehearsal.lines.byDate() };
    if (turn % 3 === 2) return { ...reply, how: 'will_not', text: t.rehearsal.lines.willNot() };
    return { ...reply, how: 'now' };
  }
  if (own > 0 || !may('ask')) return undefined;
  const question = asked()[turn % asked().length]?.() ?? '';
  return { do: 'ask', step: step.key, text: cut(question, step) };
}

const written = () => [
  t.rehearsal.lines.write1,
  t.rehearsal.lines.write2,
  t.rehearsal.lines.write3,
  t.rehearsal.lines.write4,
  t.rehearsal.lines.write5,
];
const asked = () => [t.rehearsal.lines.ask1, t.rehearsal.lines.ask2];

/** No longer than the step allows. */
function cut(text: string, step: PartnerStep): string {
  return step.max_length ? [...text].slice(0, step.max_length).join('').trim() : text;
}

/** How long a person takes over it, in ms: words take longer than a tap. */
export function pause(move: Move, n: number): number {
  const needs: Partial<Record<Move['do'], number>> = {
    yield: 8000,
    ask: 7000,
    edit: 7000,
    reply: 5000,
    sign: 4500,
    ready: 4500,
  };
  const writes = move.do === 'submit' && move.text !== undefined;
  return (writes ? 8000 : (needs[move.do] ?? 3500)) + ((n * 733) % 1500);
}
