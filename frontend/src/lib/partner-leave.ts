import { forgetLanguage } from './language.svelte';
import { giveUpSeat } from './partner-api';
import type { PartnerShelf } from './partner-shelf';

/** How long three presses of Shift may take, in ms. */
export const SHIFT_WITHIN = 5000;

/** Where to go: the practice's choice if it is a web address, else a page of ours that says nothing. */
export function leaveTarget(chosen: string | undefined): string {
  try {
    const url = new URL(chosen ?? '');
    if (url.protocol === 'https:' || url.protocol === 'http:') return url.href;
  } catch {
    // Not an address.
  }
  return '/left';
}

/**
 * Goes at once: the screen is empty before anything else is done, and this page's place in
 * the history is taken. `from` is what this phone was let in to, if it was.
 */
export function leaveNow(shelf: PartnerShelf, target: string | undefined, from?: string) {
  document.body.replaceChildren();
  document.title = '';
  shelf.end();
  forgetLanguage();
  if (from) giveUpSeat(from);
  location.replace(leaveTarget(target));
}

/** Counts presses of Shift alone; tells how many are left, and 0 once it is time. */
export class ShiftThrice {
  #presses: number[] = [];

  key(name: string, at: number): number {
    if (name !== 'Shift') {
      this.#presses = [];
      return 3;
    }
    this.#presses = [...this.#presses.filter((press) => at - press < SHIFT_WITHIN), at];
    return Math.max(0, 3 - this.#presses.length);
  }
}
