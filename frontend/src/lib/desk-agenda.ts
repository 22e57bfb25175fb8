import type { ExerciseHead } from './api.gen';
import { closing, opening } from './desk-library';

/** How long a session is meant to be where nobody says, in minutes. */
export const usualMinutes = 50;

/** Something about an agenda that a counselor may want to think over. */
export type Concern =
  /** It takes longer than the session. */
  | { about: 'length'; over: number }
  /** One that should come first is planned for later. */
  | { about: 'order'; exercise: string; before: string }
  /** One that should come first is not planned, nor was it ever done. */
  | { about: 'missing'; exercise: string; before: string };

/** How long an agenda takes with its frames, in minutes. */
export function total(
  agenda: readonly string[],
  library: ReadonlyMap<string, ExerciseHead>,
): number {
  const all = [opening, ...agenda, closing];
  return all.reduce((sum, id) => sum + (library.get(id)?.minutes ?? 0), 0);
}

/** Looks an agenda over; what it finds is for the counselor to decide. */
export function concerns(
  agenda: readonly string[],
  library: ReadonlyMap<string, ExerciseHead>,
  minutes: number,
): Concern[] {
  const found: Concern[] = [];
  const over = total(agenda, library) - minutes;
  if (over > 0) found.push({ about: 'length', over });
  agenda.forEach((exercise, at) => {
    if (agenda.indexOf(exercise) < at) return;
    for (const before of library.get(exercise)?.after ?? []) {
      if (agenda.slice(0, at).includes(before) || library.get(before)?.last_used_at) continue;
      found.push({ about: agenda.includes(before) ? 'order' : 'missing', exercise, before });
    }
  });
  return found;
}
