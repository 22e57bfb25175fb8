import type { PartnerStep } from './live.gen';
import type { PartnerShelf } from './partner-shelf';

const OWN = 'words.';

/**
 * The words that a person has typed and not sent, by step. What belongs on this
 * phone only goes to the shelf and nowhere else; the rest is handed to `save`.
 */
export class WordsKept {
  #typed = new Map<string, string>();
  #shelf: PartnerShelf;
  #save: (step: string, text: string) => void;

  constructor(shelf: PartnerShelf, save: (step: string, text: string) => void) {
    this.#shelf = shelf;
    this.#save = save;
  }

  put(step: Pick<PartnerStep, 'key' | 'audience'>, text: string) {
    this.#typed.set(step.key, text);
    if (step.audience === 'device') this.#shelf.set(OWN + step.key, text);
    else this.#save(step.key, text);
  }

  /** What was typed here; or, in a step that is come to again, what was left unsent in it. */
  of(
    step: Pick<PartnerStep, 'key' | 'audience'>,
    restored: Readonly<Record<string, string>>,
  ): string | undefined {
    const here = this.#typed.get(step.key);
    if (here !== undefined) return here;
    if (step.audience === 'device') return this.#shelf.get(OWN + step.key);
    if (restored[step.key] !== undefined) return restored[step.key];
    const visits = step.key.slice(0, step.key.lastIndexOf('.') + 1);
    const before = [...this.#typed.keys()].reverse().find((key) => key.startsWith(visits));
    return before === undefined ? undefined : this.#typed.get(before);
  }

  /** Forgets what was sent, so that it does not come back as unsent. */
  sent(key: string) {
    this.#typed.delete(key);
  }
}
