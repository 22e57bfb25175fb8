import { announce } from '../../lib/announce';
import { type Fault, toFault } from '../../lib/api';

/** What one part of the page is doing: under way, refused, or done and said so. */
export class Doing {
  #busy = $state(false);
  #fault = $state.raw<Fault>();
  #said = $state('');

  get busy(): boolean {
    return this.#busy;
  }
  get fault(): Fault | undefined {
    return this.#fault;
  }
  get said(): string {
    return this.#said;
  }

  /** Does one thing at a time; what `work` answers is what is said of it. Tells whether it was done. */
  async run(work: () => Promise<string | undefined>): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    this.clear();
    try {
      this.#said = (await work()) ?? '';
      if (this.#said) announce(this.#said);
      return true;
    } catch (cause) {
      this.#fault = toFault(cause);
      return false;
    } finally {
      this.#busy = false;
    }
  }

  clear(): void {
    this.#fault = undefined;
    this.#said = '';
  }
}
