import type { Shelf } from './live.svelte';

// What a phone keeps for itself: unsent words, answers that are never sent, and two
// switches. It is this tab's alone, and gone with it, with leaving and with the end.

const PREFIX = 'mend.';

export class PartnerShelf implements Shelf {
  #memory = new Map<string, string>();
  #storage: Storage | undefined;
  #over = false;

  /** `nowhere`: it is this page's memory alone, and does not outlive it. */
  constructor(where: 'tab' | 'nowhere' = 'tab') {
    if (where === 'nowhere') return;
    try {
      this.#storage = sessionStorage;
      this.#storage.setItem(`${PREFIX}probe`, '1');
      this.#storage.removeItem(`${PREFIX}probe`);
    } catch {
      this.#storage = undefined;
    }
  }

  /** Whether it outlives a reload. */
  get lasting(): boolean {
    return this.#storage !== undefined;
  }

  get(key: string): string | undefined {
    return this.#memory.get(key) ?? this.#storage?.getItem(PREFIX + key) ?? undefined;
  }

  set(key: string, value: string | undefined) {
    if (this.#over) return;
    if (value === undefined) this.#memory.delete(key);
    else this.#memory.set(key, value);
    try {
      if (value === undefined) this.#storage?.removeItem(PREFIX + key);
      else this.#storage?.setItem(PREFIX + key, value);
    } catch {
      // Full or forbidden: it is still in memory.
    }
  }

  /** Begins empty: another person may have used this phone before. */
  begin() {
    this.#empty();
    this.#over = false;
  }

  /** Leaves nothing behind, and keeps nothing that still comes while the page goes away. */
  end() {
    this.#over = true;
    this.#empty();
  }

  #empty() {
    this.#memory.clear();
    try {
      this.#storage?.clear();
    } catch {
      // There was nothing it could have kept.
    }
  }
}
