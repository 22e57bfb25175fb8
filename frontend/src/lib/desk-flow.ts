import type { Exercise, Instruction, Kind } from './api.gen';
import { type Part, parts } from './desk-library';

// How the turns of an exercise are drawn: from top to bottom, a row a turn, with a
// lane for each of the two parts and one for the counselor.

/** The shapes turns have, by what happens in them. */
export const shapes = ['speak', 'answer', 'judge', 'together', 'quiet', 'gate', 'nudge'] as const;
export type Shape = (typeof shapes)[number];

const shapeOf: Record<Kind, Shape> = {
  speak: 'speak',
  mirror: 'speak',
  say: 'speak',
  choose: 'answer',
  scale: 'answer',
  write: 'answer',
  sort: 'answer',
  ask: 'answer',
  confirm: 'judge',
  reveal: 'together',
  agree: 'together',
  read: 'quiet',
  breathe: 'quiet',
  apart: 'quiet',
  gate: 'gate',
  prompt: 'nudge',
  wait: 'quiet',
};

/** The counselor's lane; the two parts have 0 and 1. */
export const yours = 2;

/** A way back, from a turn in which the speaker says that this was not it yet. */
export interface Jump {
  how: 'almost' | 'more';
  /** The turn it leads to, counted from 0. */
  to: number;
}

export interface Turn {
  step: Instruction;
  shape: Shape;
  /** The lanes it stands in, from the first to the last. */
  lanes: number[];
  jumps: Jump[];
}

/** A way back as it is drawn: ways that would lie upon each other have tracks of their own. */
export interface Loop {
  from: number;
  to: number;
  track: number;
}

/** A run of turns in which the parts have changed places. */
export interface Switched {
  from: number;
  to: number;
  round: number;
}

export interface Flow {
  parts: Part[];
  turns: Turn[];
  loops: Loop[];
  switched: Switched[];
}

export function flowOf({ roles, steps }: Pick<Exercise, 'roles' | 'steps'>): Flow {
  const cast = parts.filter((part) => roles[part] !== undefined);
  const turns = steps.map((step): Turn => {
    const part = cast.indexOf(step.who as Part);
    const own = part >= 0 ? [part] : step.who === 'counselor' ? [yours] : [0, 1];
    return {
      step,
      shape: shapeOf[step.kind as Kind],
      lanes: step.kind === 'apart' ? [...own, yours] : own,
      jumps: step.kind === 'confirm' ? jumps(step) : [],
    };
  });
  return { parts: cast, turns, loops: loops(turns), switched: switched(steps) };
}

function jumps({ almost_to: almost = 0, more_to: more = 0 }: Instruction): Jump[] {
  // A target that is the first turn is left out on the wire; one that is not offered is -1.
  const all: Jump[] = [
    { how: 'almost', to: almost },
    { how: 'more', to: more },
  ];
  return all.filter(({ to }) => to >= 0);
}

function loops(turns: readonly Turn[]): Loop[] {
  const ways = turns.flatMap(({ jumps }, from) =>
    [...new Set(jumps.map(({ to }) => to))].map((to) => ({ from, to })),
  );
  const placed: Loop[] = [];
  // The shortest first, so that they lie inside the longer ones.
  for (const way of ways.sort((a, b) => a.from - a.to - (b.from - b.to))) {
    let track = 0;
    while (placed.some((p) => p.track === track && p.to <= way.from && way.to <= p.from)) track++;
    placed.push({ ...way, track });
  }
  return placed;
}

function switched(steps: readonly Instruction[]): Switched[] {
  const runs: Switched[] = [];
  steps.forEach(({ round }, at) => {
    if (round < 2) return;
    const last = runs.at(-1);
    if (last && last.to === at - 1 && last.round === round) last.to = at;
    else runs.push({ from: at, to: at, round });
  });
  return runs;
}
