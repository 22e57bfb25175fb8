/** What the desk's key combinations do. All are Alt+Shift and a letter, never a single key. */
export const keys = {
  neutral: 'N',
  pause: 'P',
  privacy: 'H',
  next: 'G',
  notes: 'J',
} as const;

export type KeyAction = keyof typeof keys;

/**
 * The action of a key press, if it is one of ours. The physical key counts: with
 * Alt held down many layouts give another character.
 */
export function action(event: KeyboardEvent): KeyAction | undefined {
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || event.repeat)
    return undefined;
  const found = Object.entries(keys).find(
    ([, letter]) => event.code === `Key${letter}` || event.key.toUpperCase() === letter,
  );
  return found?.[0] as KeyAction | undefined;
}
