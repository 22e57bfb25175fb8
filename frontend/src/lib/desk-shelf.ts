import type { NoteKind } from './api.gen';
import type { DraftShelf, KeptDraft } from './desk-draft.svelte';
import type { Kept, Shelf } from './desk-notes.svelte';

const prefix = 'mend.note.';
const drafts = 'mend.exercise.';

/**
 * A place on this computer for one note's unsaved words. It lasts as long as the
 * browser's window (a crash and a reload included) and no longer, so that nothing
 * stays behind on a computer that others use. Where the browser allows no storage
 * the words are only as safe as the window.
 */
export function shelf(session: string, kind: NoteKind): Shelf {
  return place<Kept>(() => sessionStorage, `${prefix}${session}.${kind}`);
}

/**
 * A place for a counselor's unsaved exercise. It outlasts the window: it is about
 * nobody, and an evening's work.
 */
export function draftShelf(counselor: string, exercise: string): DraftShelf {
  return place<KeptDraft>(() => localStorage, `${drafts}${counselor}.${exercise}`);
}

// Asked for each time: where a browser forbids storage, naming it is refused already.
function place<T>(storage: () => Storage, key: string) {
  return {
    read(): T | undefined {
      try {
        const text = storage().getItem(key);
        return text ? (JSON.parse(text) as T) : undefined;
      } catch {
        return undefined;
      }
    },
    keep(kept: T) {
      try {
        storage().setItem(key, JSON.stringify(kept));
      } catch {
        // Full or forbidden: the words are still in the editor and on their way.
      }
    },
    clear() {
      try {
        storage().removeItem(key);
      } catch {
        // Nothing was kept either.
      }
    },
  };
}

/** Takes every unsaved word off this computer: at sign-out. */
export function clearShelves(): void {
  try {
    for (const [storage, begins] of [
      [sessionStorage, prefix],
      [localStorage, drafts],
    ] as const)
      for (const key of Object.keys(storage)) if (key.startsWith(begins)) storage.removeItem(key);
  } catch {
    // No storage, nothing to clear.
  }
}
