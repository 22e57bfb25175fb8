import type { ExerciseHead, ExercisePhase, Intensity } from './api.gen';

/** A part in an exercise, to be cast onto one of the two people. */
export type Part = keyof ExerciseHead['roles'];

/** What is looked for in the library; empty fields do not narrow. */
export interface Wanted {
  words: string;
  intensity: Intensity | '';
  phase: ExercisePhase | '';
  /** At most this long; 0 for any length. */
  minutes: number;
}

export const everything: Wanted = { words: '', intensity: '', phase: '', minutes: 0 };

/** Whether an exercise is what is looked for. Every word must occur, in any order. */
export function fits(exercise: ExerciseHead, wanted: Wanted): boolean {
  if (wanted.intensity && exercise.intensity !== wanted.intensity) return false;
  if (wanted.phase && exercise.phase !== wanted.phase && exercise.phase !== 'any') return false;
  if (wanted.minutes && exercise.minutes > wanted.minutes) return false;
  const text = [exercise.title, exercise.summary, ...exercise.themes].join(' ').toLowerCase();
  return wanted.words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The two frames that stand around a session, and what is between them. */
export const opening = 'opening';
export const closing = 'closing';

/** An agenda as ids with its frames in place: opening first, closing last, each once. */
export function framed(between: readonly string[]): string[] {
  return [opening, ...between.filter((id) => id !== opening && id !== closing), closing];
}

/** The list with the item at one place moved by one. */
export function moved<T>(list: readonly T[], from: number, by: 1 | -1): T[] {
  const to = from + by;
  const next = [...list];
  if (to < 0 || to >= list.length) return next;
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
