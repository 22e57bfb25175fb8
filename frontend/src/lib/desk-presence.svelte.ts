import type { Presence, Seat } from './live.gen';

/** Where a partner is, as a console says it. */
export interface Shown {
  presence: Presence;
  /** When they were last here, while they are away; ms. */
  since: number | undefined;
}

/** How long somebody must be gone before the word changes, in ms. */
export const settles = 5000;

/**
 * Presence in words that do not flicker. A phone that loses its network on a train
 * and is back within seconds was never away; a pause for thought between two words
 * is still writing.
 */
export class SteadyPresence {
  #shown = $state.raw<Record<Seat, Shown>>({
    one: { presence: 'away', since: undefined },
    two: { presence: 'away', since: undefined },
  });
  #timers: Partial<Record<Seat, ReturnType<typeof setTimeout>>> = {};
  #wanted: Record<Seat, Presence> = { one: 'away', two: 'away' };

  of(seat: Seat): Shown {
    return this.#shown[seat];
  }

  /** Takes what the server says now. */
  hear(seat: Seat, presence: Presence): void {
    if (this.#wanted[seat] === presence) return;
    this.#wanted[seat] = presence;
    clearTimeout(this.#timers[seat]);
    const shown = this.#shown[seat].presence;
    const slow = presence === 'away' || (presence === 'here' && shown === 'writing');
    if (!slow || shown === presence) this.#show(seat, presence, undefined);
    else {
      const since = presence === 'away' ? Date.now() : undefined;
      const wait = presence === 'away' ? settles : settles / 2;
      this.#timers[seat] = setTimeout(() => this.#show(seat, presence, since), wait);
    }
  }

  stop(): void {
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
  }

  #show(seat: Seat, presence: Presence, since: number | undefined): void {
    this.#shown = { ...this.#shown, [seat]: { presence, since } };
  }
}
