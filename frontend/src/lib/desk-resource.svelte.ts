import { type Fault, toFault } from './api';

/** Something fetched: not here yet, here, or refused. A reload keeps what is shown until the new arrives. */
export class Resource<T> {
  #value = $state.raw<T>();
  #fault = $state.raw<Fault>();
  #busy = $state(false);
  #load: () => Promise<T>;
  #turn = 0;

  constructor(load: () => Promise<T>) {
    this.#load = load;
    void this.reload();
  }

  get value(): T | undefined {
    return this.#value;
  }
  get fault(): Fault | undefined {
    return this.#fault;
  }
  get busy(): boolean {
    return this.#busy;
  }

  async reload(): Promise<void> {
    const turn = ++this.#turn;
    this.#busy = true;
    try {
      const value = await this.#load();
      if (turn === this.#turn) this.set(value);
    } catch (cause) {
      if (turn === this.#turn) this.#fault = toFault(cause);
    } finally {
      if (turn === this.#turn) this.#busy = false;
    }
  }

  /** Takes a newer value that another call brought. */
  set(value: T): void {
    this.#value = value;
    this.#fault = undefined;
  }
}

/** Does something whenever the page is looked at again; answers with how to stop. */
export function whenSeen(look: () => void): () => void {
  const seen = () => {
    if (document.visibilityState === 'visible') look();
  };
  document.addEventListener('visibilitychange', seen);
  return () => document.removeEventListener('visibilitychange', seen);
}
