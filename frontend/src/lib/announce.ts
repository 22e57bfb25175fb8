// What a screen reader is told apart from what stands on the page. One polite and
// one urgent voice a page (ui/Status.svelte holds their nodes); messages wait for
// each other, so that the second does not swallow the first.

export type Voice = 'polite' | 'urgent';
type Say = (text: string) => void;

/** How long a message stands before the next one takes its place, in ms. */
export const STANDS = 1000;

class Channel {
  #say: Say | undefined;
  #waiting: string[] = [];
  #last = ''; // what stands now
  #timer: ReturnType<typeof setTimeout> | undefined;

  listen(say: Say): () => void {
    this.#say = say;
    return () => {
      if (this.#say === say) this.#say = undefined;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#waiting = [];
      this.#last = '';
    };
  }

  add(text: string) {
    if ((this.#waiting.at(-1) ?? this.#last) === text) return;
    this.#waiting.push(text);
    if (this.#timer === undefined) this.#next();
  }

  #next() {
    const text = this.#waiting.shift();
    // Emptied at the end: the same words said again later are then a change.
    this.#last = text ?? '';
    this.#say?.(this.#last);
    this.#timer = text === undefined ? undefined : setTimeout(() => this.#next(), STANDS);
  }
}

const channels: Record<Voice, Channel> = { polite: new Channel(), urgent: new Channel() };

/** Says a sentence to those who listen: politely, or at once where unsaved work is at stake. */
export function announce(text: string, voice: Voice = 'polite') {
  channels[voice].add(text);
}

/** Connects a node to a voice; the answer disconnects it. */
export function listen(voice: Voice, say: Say): () => void {
  return channels[voice].listen(say);
}
