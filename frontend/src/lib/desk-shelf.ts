import type { NoteKind } from './api.gen';
import type { DraftShelf, KeptDraft } from './desk-draft.svelte';
import type { Kept, Shelf } from './desk-notes.svelte';

const prefix = 'mend.note.';
const drafts = 'mend.exercise.';

/**
 * The key under which unsaved words are sealed, from what the server tells whoever is
 * signed in. It cannot be read out again, is written down nowhere, and goes with the
 * page. Undefined where the browser has no cryptography: on plain HTTP from elsewhere.
 */
export async function shelfKey(told: string): Promise<CryptoKey | undefined> {
  if (!globalThis.crypto?.subtle) return undefined;
  const bytes = Uint8Array.from(atob(told), (c) => c.charCodeAt(0));
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/**
 * A place on this computer for one note's unsaved words: from the first that is typed
 * until the server has said that it has them, or until somebody signs out.
 *
 * A counselor's computer may be shared, so the words are sealed (AES-GCM, bound to
 * their place) under a key that only a signed-in counselor is told, the same at each of
 * their sign-ins: whoever finds the copy without the sign-in has noise, and whoever was
 * signed out with the network down finds their words again. It lies in the window's own
 * storage: a crash and a reload leave it, closing the window does not. Where the
 * browser has no cryptography nothing is kept, and the desk says that the page must
 * stay open.
 */
export function shelf(session: string, kind: NoteKind, key: () => CryptoKey | undefined): Shelf {
  const name = `${prefix}${session}.${kind}`;
  const bound = new TextEncoder().encode(name);
  const kept = place<string>(() => sessionStorage, name);
  let turn = 0; // sealing takes a moment: what was cleared or typed anew meanwhile counts
  return {
    get keeps() {
      return key() !== undefined;
    },
    async read() {
      const [sealed, open] = [kept.read(), key()];
      if (!sealed || !open) return undefined;
      try {
        const [iv, words] = sealed.split('.').map(unpacked) as [Bytes, Bytes];
        const text = await crypto.subtle.decrypt(
          { name: 'AES-GCM', iv, additionalData: bound },
          open,
          words,
        );
        return JSON.parse(new TextDecoder().decode(text)) as Kept;
      } catch {
        return undefined; // somebody else's, or damaged: nothing that could be shown
      }
    },
    keep(note) {
      const [mine, seal] = [++turn, key()];
      if (!seal) return;
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const words = new TextEncoder().encode(JSON.stringify(note));
      void crypto.subtle
        .encrypt({ name: 'AES-GCM', iv, additionalData: bound }, seal, words)
        .then((sealed) => {
          if (mine === turn) kept.keep(`${packed(iv)}.${packed(new Uint8Array(sealed))}`);
        });
    },
    clear() {
      turn++;
      kept.clear();
    },
  };
}

type Bytes = Uint8Array<ArrayBuffer>;

const packed = (bytes: Uint8Array) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const unpacked = (text: string): Bytes => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

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
