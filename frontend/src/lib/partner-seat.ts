/**
 * Tells whether this tab may take the seat back without asking. A reloaded page may:
 * the seat was its own a moment ago. A duplicated tab carries the same marks in its
 * storage, but the tab it was made from is still there and holds the lock.
 */
export class TabSeat {
  #name: string;
  #release: (() => void) | undefined;

  constructor(session: string) {
    this.#name = `mend.${session}`;
  }

  /** Holds the seat for this tab as long as its page lives; false where another tab does. */
  take(): Promise<boolean> {
    if (this.#release) return Promise.resolve(true);
    // Browsers have locks on safe addresses alone; elsewhere a reload has to say so itself.
    const locks: LockManager | undefined = navigator.locks;
    if (!locks) return Promise.resolve(reloaded());
    return new Promise((taken) => {
      locks
        .request(this.#name, { ifAvailable: true }, (lock) => {
          taken(lock !== null);
          if (!lock) return;
          return new Promise<void>((release) => {
            this.#release = release;
          });
        })
        .catch(() => taken(reloaded()));
    });
  }

  release() {
    this.#release?.();
    this.#release = undefined;
  }
}

function reloaded(): boolean {
  const [entry] = performance.getEntriesByType('navigation');
  return (entry as PerformanceNavigationTiming | undefined)?.type === 'reload';
}
