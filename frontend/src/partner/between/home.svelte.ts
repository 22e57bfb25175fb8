import type { Answer, DoHomework, HomeworkPage, PageStep } from '../../lib/api.gen';
import { choose, chosen, known, type Language, language, speak } from '../../lib/language.svelte';
import { type Answered, call } from '../../lib/partner-api';
import type { PartnerShelf } from '../../lib/partner-shelf';
import { refused } from '../../lib/refusal-words';
import type { Settled } from '../../lib/socket';
import { uuidv7 } from '../../lib/uuid';

/** Where this page stands: at the link's door, in, or out again. */
export type Place = 'asking' | 'door' | 'in' | 'shut' | 'trouble';

/** How long somebody has to stop typing before it is saved, in ms. */
const PAUSE = 800;
/** How long until what could not be sent is tried again, in ms: at first, and at most. */
const [SOON, LATE] = [2000, 30_000];
/** How often a page that is looked at asks what is new, in ms. */
const FRESH = 20_000;
const OUTBOX = 'home.unsent';
const TYPED = 'home.words.';

interface Unsent {
  body: DoHomework;
  settle: (settled: Settled) => void;
}

/** What was set for one person, as their phone has it; what it could not send yet; and what is being typed. */
export class Home {
  #page = $state.raw<HomeworkPage>();
  #place = $state.raw<Place>('asking');
  #trouble = $state.raw({ status: 0, support: '' });
  #offline = $state.raw(false);
  #unsent = $state.raw<readonly Unsent[]>([]);
  #refusal = $state.raw<{ code: string; message: string }>();
  #saving = $state.raw<'none' | 'saving' | 'saved'>('none');
  #typed = new Map<string, string>();
  #draftAt: ReturnType<typeof setTimeout> | undefined;
  #draft: { step: string; text: string } | undefined;
  #againAt: ReturnType<typeof setTimeout> | undefined;
  #wait = SOON;
  #sending = false;
  #shelf: PartnerShelf;
  readonly token: string;

  constructor(shelf: PartnerShelf, token: string) {
    this.#shelf = shelf;
    this.token = token;
    for (const body of this.#kept()) this.#unsent = [...this.#unsent, { body, settle: () => {} }];
  }

  get page(): HomeworkPage | undefined {
    return this.#page;
  }
  get place(): Place {
    return this.#place;
  }
  get trouble() {
    return this.#trouble;
  }
  get offline(): boolean {
    return this.#offline;
  }
  get refusal() {
    return this.#refusal;
  }
  /** Whether what is being typed has reached the server. */
  get saving() {
    return this.#saving;
  }
  get leaveTo(): string | undefined {
    return this.#page?.leave_to;
  }

  /** Listens to the browser, and says how to stop. */
  open(): () => void {
    const fresh = () => {
      if (document.visibilityState === 'visible' && this.#place === 'in') void this.refresh();
    };
    const every = setInterval(fresh, FRESH);
    const hide = () => this.#saveNow();
    addEventListener('online', fresh);
    addEventListener('pageshow', fresh);
    addEventListener('pagehide', hide);
    document.addEventListener('visibilitychange', fresh);
    return () => {
      clearInterval(every);
      clearTimeout(this.#againAt);
      clearTimeout(this.#draftAt);
      removeEventListener('online', fresh);
      removeEventListener('pageshow', fresh);
      removeEventListener('pagehide', hide);
      document.removeEventListener('visibilitychange', fresh);
    };
  }

  /** A link waits for its person's own Continue; without one, this phone may be in already. */
  async begin() {
    if (this.token) this.#place = 'door';
    else await this.refresh();
  }

  /** Opens the link; answers with a status where it did not. */
  async visit(): Promise<number | undefined> {
    const answered = await call<HomeworkPage>('POST', '/between/visit', { token: this.token });
    if (!answered.ok) return answered.status;
    this.#shelf.begin();
    this.#unsent = [];
    history.replaceState(null, '', '/between');
    this.#arrived(answered.value);
    return undefined;
  }

  /** Asks how things stand, and sends what waits. */
  async refresh() {
    this.#take(await call<HomeworkPage>('GET', '/between'));
    await this.#flush();
  }

  dismiss() {
    this.#refusal = undefined;
  }

  async speak(to: Language) {
    await choose(to);
    if (this.#page && this.#page.phase !== 'arriving' && this.#page.phase !== 'over')
      await this.#do({ do: 'set_language', language: to });
  }

  consent(policy: number): Promise<Settled> {
    return this.#do({ do: 'consent', policy, language: language() });
  }

  /** Does something at a step; it is kept until the server has it. */
  act(step: PageStep, name: DoHomework['do'], answer?: Answer): Promise<Settled> {
    const body = { do: name, step: Number(step.key), rev: step.rev, ...(answer ? { answer } : {}) };
    return this.#do(body);
  }

  /** Names of what is on its way for a step. */
  sending(step: PageStep): string[] {
    return this.#unsent.filter((u) => u.body.step === Number(step.key)).map((u) => u.body.do);
  }
  waits(step: PageStep): boolean {
    return this.#offline && this.sending(step).length > 0;
  }

  /** What was typed in a step and not given. */
  words(step: PageStep): string | undefined {
    return (
      this.#typed.get(step.key) ?? this.#shelf.get(TYPED + step.key) ?? this.#page?.drafts[step.key]
    );
  }

  /** Keeps what is being typed: what belongs on this phone stays in this tab. */
  keep(step: PageStep, text: string) {
    this.#typed.set(step.key, text);
    this.#shelf.set(TYPED + step.key, text);
    if (step.audience === 'device') return;
    if (this.#draft && this.#draft.step !== step.key) this.#saveNow();
    this.#draft = { step: step.key, text };
    this.#saving = 'saving';
    clearTimeout(this.#draftAt);
    this.#draftAt = setTimeout(() => this.#saveNow(), PAUSE);
  }

  async #saveNow() {
    clearTimeout(this.#draftAt);
    const draft = this.#draft;
    this.#draft = undefined;
    if (!draft) return;
    const body = { step: Number(draft.step), text: draft.text };
    const answered = await call('PUT', '/between/draft', body, true);
    if (answered.ok) {
      if (this.#typed.get(draft.step) === draft.text)
        this.#shelf.set(TYPED + draft.step, undefined);
      if (!this.#draft) this.#saving = 'saved';
    } else if (answered.status === 0 || answered.status >= 500) {
      this.#offline = true;
      this.#draft ??= draft;
      this.#later();
    } else this.#take(answered);
  }

  #do(body: Omit<DoHomework, 'id'>): Promise<Settled> {
    return new Promise((settle) => {
      const mine = { body: { ...body, id: uuidv7() }, settle };
      // Of two changes of one step only the later one is meant.
      const others = this.#unsent.filter(
        (u) => u.body.step !== body.step || u.body.step === undefined || this.#sending,
      );
      this.#unsent = [...others, mine];
      this.#keepUnsent();
      void this.#flush();
    });
  }

  async #flush() {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (let next = this.#unsent[0]; next; next = this.#unsent[0]) {
        const answered = await call<HomeworkPage>('POST', '/between', next.body);
        if (
          !answered.ok &&
          (answered.status === 0 || answered.status >= 500 || answered.status === 429)
        ) {
          this.#offline = true;
          this.#later();
          return;
        }
        const sent = next;
        this.#unsent = this.#unsent.filter((u) => u !== sent);
        this.#keepUnsent();
        this.#wait = SOON;
        await this.#settled(sent, answered);
      }
      if (this.#draft) void this.#saveNow();
    } finally {
      this.#sending = false;
    }
  }

  async #settled(sent: Unsent, answered: Answered<HomeworkPage>) {
    if (answered.ok) {
      if (sent.body.do === 'submit' || sent.body.do === 'skip') this.#forget(`${sent.body.step}`);
      this.#take(answered);
      sent.settle({ ok: true });
      return;
    }
    const { code = '', message = '' } = answered;
    if (answered.status === 401) this.#take(answered);
    else {
      if (code === 'answer_changed') this.#forget(`${sent.body.step}`);
      this.#refusal = { code, message: refused({ code, message }) };
      this.#take(await call<HomeworkPage>('GET', '/between'));
    }
    sent.settle({ ok: false, code, message });
  }

  #forget(step: string) {
    this.#typed.delete(step);
    this.#shelf.set(TYPED + step, undefined);
    if (this.#draft?.step === step) this.#draft = undefined;
    this.#saving = 'none';
  }

  #later() {
    clearTimeout(this.#againAt);
    this.#againAt = setTimeout(() => void this.refresh(), this.#wait * (0.5 + Math.random() / 2));
    this.#wait = Math.min(LATE, this.#wait * 2);
  }

  #take(answered: Answered<HomeworkPage | unknown>) {
    if (answered.ok) this.#arrived(answered.value as HomeworkPage);
    else if (answered.status === 401) {
      this.#shelf.end();
      this.#unsent = [];
      this.#place = 'shut';
    } else if (answered.status === 0 && this.#page) {
      this.#offline = true;
      this.#later();
    } else if (!this.#page) {
      this.#trouble = answered;
      this.#place = 'trouble';
    }
  }

  #arrived(page: HomeworkPage) {
    if (!this.#page && known(page.language) && !chosen())
      speak(page.language).catch(() => undefined);
    this.#page = page;
    this.#offline = false;
    this.#place = 'in';
    if (page.phase === 'over') this.#shelf.end();
  }

  #keepUnsent() {
    const bodies = this.#unsent.map((u) => u.body);
    this.#shelf.set(OUTBOX, bodies.length ? JSON.stringify(bodies) : undefined);
  }

  #kept(): DoHomework[] {
    try {
      return JSON.parse(this.#shelf.get(OUTBOX) ?? '[]') as DoHomework[];
    } catch {
      return [];
    }
  }
}
