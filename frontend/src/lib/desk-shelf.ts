import type { NoteKind } from './api.gen';
import type { Kept, Shelf } from './desk-notes.svelte';

const prefix = 'mend.note.';

/**
 * A place on this computer for one note's unsaved words. It lasts as long as the
 * browser's window (a crash and a reload included) and no longer, so that nothing
 * stays behind on a computer that others use. Where the browser allows no storage
 * the words are only as safe as the window.
 */
export function shelf(session: string, kind: NoteKind): Shelf {
  const key = `${prefix}${session}.${kind}`;
  return {
    read() {
      try {
        const text = sessionStorage.getItem(key);
        return text ? (JSON.parse(text) as Kept) : undefined;
      } catch {
        return undefined;
      }
    },
    keep(note) {
      try {
        sessionStorage.setItem(key, JSON.stringify(note));
      } catch {
        // Full or forbidden: the words are still in the editor and on their way.
      }
    },
    clear() {
      try {
        sessionStorage.removeItem(key);
      } catch {
        // Nothing was kept either.
      }
    },
  };
}

/** Takes every unsaved word off this computer: at sign-out. */
export function clearShelves(): void {
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  } catch {
    // No storage, nothing to clear.
  }
}
