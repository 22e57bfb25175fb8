import type { ReleaseAsk, SharePage } from '../../lib/api.gen';
import { chosen, known, speak } from '../../lib/language.svelte';
import { type Answered, call } from '../../lib/partner-api';

/** Where this page stands: before it was opened, open, or without the link that it needs. */
export type Place = 'door' | 'open' | 'shut';

type Kind = 'copy' | 'release';

/** A page behind a link, as long as it is looked at. It keeps nothing anywhere. */
export class PaperPage {
  #copy = $state.raw<SharePage>();
  #ask = $state.raw<ReleaseAsk>();
  #place = $state.raw<Place>('door');
  #busy = $state(false);
  #refused = $state.raw<{ status: number; code: string }>();
  #saved = $state(false);
  #token: string;
  readonly kind: Kind;

  constructor(kind: Kind, token: string) {
    this.kind = kind;
    this.#token = token;
    if (!token) this.#place = 'shut';
  }

  get copy(): SharePage | undefined {
    return this.#copy;
  }
  get ask(): ReleaseAsk | undefined {
    return this.#ask;
  }
  get place(): Place {
    return this.#place;
  }
  get busy(): boolean {
    return this.#busy;
  }
  /** Why it could not be opened, or an answer not be saved. */
  get refused() {
    return this.#refused;
  }
  /** An answer was given just now. */
  get saved(): boolean {
    return this.#saved;
  }
  get leaveTo(): string | undefined {
    return (this.#copy ?? this.#ask)?.leave_to;
  }
  get help(): string | undefined {
    return (this.#copy ?? this.#ask)?.help;
  }

  async open(): Promise<void> {
    const opened =
      this.kind === 'copy'
        ? await this.#try<SharePage>('/shares/open', { token: this.#token })
        : await this.#try<ReleaseAsk>('/releases/open', { token: this.#token });
    if (!opened) return;
    // The link is not to be read off the screen, nor found in what this tab has been to.
    history.replaceState(null, '', location.pathname);
    if (this.kind === 'copy') this.#copy = opened as SharePage;
    else this.#ask = opened as ReleaseAsk;
    const { language } = opened;
    if (!chosen() && known(language)) await speak(language).catch(() => undefined);
    this.#place = 'open';
  }

  async answer(answer: 'agree' | 'decline'): Promise<void> {
    this.#saved = false;
    const told = await this.#try<ReleaseAsk>('/releases/answer', { token: this.#token, answer });
    if (!told) return;
    this.#ask = told;
    this.#saved = true;
  }

  async #try<T>(path: string, body: unknown): Promise<T | undefined> {
    if (this.#busy) return undefined;
    this.#busy = true;
    this.#refused = undefined;
    const answered: Answered<T> = await call<T>('POST', path, body);
    this.#busy = false;
    if (answered.ok) return answered.value;
    this.#refused = { status: answered.status, code: answered.code ?? '' };
    return undefined;
  }
}
