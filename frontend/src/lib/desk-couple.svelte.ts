import { api, type Fault, toFault } from './api';
import type { CoupleHead, NewReview } from './api.gen';
import { Resource } from './desk-resource.svelte';

/** All that a couple's page tells: each part is fetched by itself, and fails by itself. */
export class CouplePage {
  readonly #id: () => string;
  readonly couple: Resource<Awaited<ReturnType<typeof api.couple>>>;
  readonly trends: Resource<Awaited<ReturnType<typeof api.trends>>>;
  readonly agreements: Resource<Awaited<ReturnType<typeof api.agreements>>>;
  readonly consents: Resource<Awaited<ReturnType<typeof api.consents>>>;
  readonly statements: Resource<Awaited<ReturnType<typeof api.statements>>>;

  constructor(id: () => string) {
    this.#id = id;
    this.couple = new Resource(() => api.couple(id()));
    this.trends = new Resource(() => api.trends(id()));
    this.agreements = new Resource(() => api.agreements(id()));
    this.consents = new Resource(() => api.consents(id()));
    this.statements = new Resource(() => api.statements(id()));
  }

  /** Writes down how an agreement went. */
  async review(agreement: string, review: NewReview): Promise<void> {
    const told = await api.reviewAgreement(this.#id(), agreement, review);
    this.agreements.set((this.agreements.value ?? []).map((a) => (a.id === told.id ? told : a)));
    void this.trends.reload();
  }
}

/** The couples that are looked for, page by page. */
export class CoupleFinder {
  #words = $state('');
  #items = $state.raw<readonly CoupleHead[]>();
  #next = $state<string>();
  #busy = $state(false);
  #fault = $state.raw<Fault>();
  #turn = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    void this.reload();
  }

  get words(): string {
    return this.#words;
  }
  /** Looks anew once the typing rests. */
  set words(words: string) {
    this.#words = words;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.reload(), 200);
  }
  get value(): readonly CoupleHead[] | undefined {
    return this.#items;
  }
  get more(): boolean {
    return this.#next !== undefined;
  }
  get busy(): boolean {
    return this.#busy;
  }
  get fault(): Fault | undefined {
    return this.#fault;
  }

  reload(): Promise<void> {
    return this.#look([]);
  }
  showMore(): Promise<void> {
    return this.#look(this.#items ?? [], this.#next);
  }

  async #look(before: readonly CoupleHead[], cursor?: string): Promise<void> {
    const turn = ++this.#turn;
    this.#busy = true;
    try {
      const page = await api.findCouples(this.#words, cursor);
      if (turn !== this.#turn) return;
      this.#items = [...before, ...page.items];
      this.#next = page.next_cursor || undefined;
      this.#fault = undefined;
    } catch (cause) {
      if (turn === this.#turn) this.#fault = toFault(cause);
    } finally {
      if (turn === this.#turn) this.#busy = false;
    }
  }
}
