import type { ExerciseHead } from './api.gen';

/** A part in an exercise, to be cast onto one of the two people. */
export type Part = keyof ExerciseHead['roles'];

/** The order in which parts are named. */
export const parts: readonly Part[] = ['a', 'b', 'hurt', 'responsible'];

/** The two frames that stand around a session, and what is between them. */
export const opening = 'opening';
export const closing = 'closing';

/** An agenda as ids with its frames in place: opening first, closing last, each once. */
export function framed(between: readonly string[]): string[] {
  return [opening, ...unframed(between), closing];
}

/** What stands between the frames. */
export function unframed(agenda: readonly string[]): string[] {
  return agenda.filter((id) => id !== opening && id !== closing);
}

/** The list with the item at one place moved by one. */
export function moved<T>(list: readonly T[], from: number, by: 1 | -1): T[] {
  const to = from + by;
  const next = [...list];
  if (to < 0 || to >= list.length) return next;
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
