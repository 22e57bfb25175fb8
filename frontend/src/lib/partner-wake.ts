/** Keeps the screen on while it is wanted and the page is seen. Where a browser cannot, it stays quiet. */
export class WakeLock {
  #wanted = false;
  #lock: WakeLockSentinel | undefined;

  open() {
    document.addEventListener('visibilitychange', this.#hold);
  }

  close() {
    document.removeEventListener('visibilitychange', this.#hold);
    this.want(false);
  }

  want(on: boolean) {
    if (on === this.#wanted) return;
    this.#wanted = on;
    this.#hold();
  }

  // The browser lets go of it whenever the page is hidden.
  #hold = async () => {
    if (!this.#wanted) {
      this.#lock?.release().catch(() => undefined);
      this.#lock = undefined;
      return;
    }
    if (document.visibilityState !== 'visible' || (this.#lock && !this.#lock.released)) return;
    this.#lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
    if (!this.#wanted) this.#hold();
  };
}
