import { type Fault, toFault } from './api';
import type { Exercise, ExerciseProblem, ExerciseSource, Linted, Scope } from './api.gen';
import { raised, sendable, versionOf } from './desk-source';
import { t } from './desk-words';

/** A source as the server has it, with the tag that a save is made upon. */
export interface Tagged {
  value: ExerciseSource;
  tag: string;
}

/** What was written here and is not saved yet, and the tag it was written upon. */
export interface KeptDraft {
  text: string;
  scope: Scope;
  tag: string;
}

/** Where unsaved work is kept on this computer. */
export interface DraftShelf {
  read(): KeptDraft | undefined;
  keep(draft: KeptDraft): void;
  clear(): void;
}

export interface DraftWays {
  lint(source: string): Promise<Linted>;
  create(body: { source: string; scope: Scope }): Promise<Tagged>;
  save(id: string, body: { source: string; scope: Scope }, tag: string): Promise<Tagged>;
  load(id: string): Promise<Tagged>;
  shelf: DraftShelf;
}

/** Whether the problems told are those of the text as it stands. */
export type Checked = 'checking' | 'checked' | 'waiting';

const pause = 400; // ms between typing and asking what is wrong
const again = 4000; // ms until the next try when the server cannot be reached

/**
 * An exercise that a counselor is writing. It asks what is wrong while they write,
 * keeps the unsaved on this computer, and saves when told to: never over what another
 * window saved in between.
 */
export class ExerciseDraft {
  #ways: DraftWays;
  #saved = $state.raw<Tagged>();
  #text = $state('');
  #scope = $state<Scope>('private');
  #problems = $state.raw<ExerciseProblem[]>([]);
  #exercise = $state.raw<Exercise>();
  #checked = $state<Checked>('checking');
  #theirs = $state.raw<Tagged>();
  #fault = $state.raw<Fault>();
  #recovered = $state(false);
  #saving = $state(false);
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `saved` is absent for one that is still to be made; `text` is what it begins with. */
  constructor(ways: DraftWays, text: string, saved?: Tagged) {
    this.#ways = ways;
    this.#saved = saved;
    this.#text = text;
    this.#scope = saved?.value.scope ?? 'private';
    const kept = ways.shelf.read();
    if (kept && (kept.text !== text || kept.scope !== this.#scope)) {
      this.#text = kept.text;
      this.#scope = kept.scope;
      this.#recovered = true;
      if (saved && kept.tag !== saved.tag) this.#theirs = saved;
    }
    void this.check();
  }

  get text(): string {
    return this.#text;
  }
  get scope(): Scope {
    return this.#scope;
  }
  get problems(): readonly ExerciseProblem[] {
    return this.#problems;
  }
  /** The newest text that could be run, to look at. */
  get exercise(): Exercise | undefined {
    return this.#exercise;
  }
  get checked(): Checked {
    return this.#checked;
  }
  /** What another window saved, while this one has other words. */
  get theirs(): ExerciseSource | undefined {
    return this.#theirs?.value;
  }
  get fault(): Fault | undefined {
    return this.#fault;
  }
  /** Unsaved words of an earlier visit were found on this computer. */
  get recovered(): boolean {
    return this.#recovered;
  }
  get saving(): boolean {
    return this.#saving;
  }
  /** The exercise as it is saved; absent while there is none. */
  get saved(): ExerciseSource | undefined {
    return this.#saved?.value;
  }
  get unsaved(): boolean {
    return this.#text !== this.#saved?.value.source || this.#scope !== this.#saved.value.scope;
  }

  write(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    this.#keep();
    this.#soon(pause);
  }

  share(scope: Scope): void {
    this.#scope = scope;
    this.#keep();
  }

  #keep(): void {
    if (this.unsaved)
      this.#ways.shelf.keep({
        text: this.#text,
        scope: this.#scope,
        tag: this.#theirs ? '' : (this.#saved?.tag ?? ''),
      });
    else this.#ways.shelf.clear();
  }

  #soon(after: number): void {
    clearTimeout(this.#timer);
    this.#checked = 'checking';
    this.#timer = setTimeout(() => void this.check(), after);
  }

  /** Asks what is wrong with the text as it stands. */
  async check(): Promise<void> {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    if (!sendable(this.#text)) {
      this.#found([tooLarge()]);
      return;
    }
    this.#checked = 'checking';
    try {
      const linted = await this.#ways.lint(this.#text);
      if (turn !== this.#turn) return;
      this.#found(linted.problems);
      if (linted.exercise) this.#exercise = linted.exercise;
    } catch (cause) {
      if (turn !== this.#turn) return;
      const fault = toFault(cause);
      this.#checked = 'waiting';
      if (fault.offline || fault.retryAfter)
        this.#timer = setTimeout(() => void this.check(), (fault.retryAfter ?? 0) * 1000 || again);
      else this.#fault = fault;
    }
  }

  #found(problems: ExerciseProblem[]): void {
    this.#problems = problems;
    this.#checked = 'checked';
  }

  /** Tells what is wrong with another file, and takes nothing of it. */
  async inspect(source: string): Promise<ExerciseProblem[]> {
    if (!sendable(source)) return [tooLarge()];
    return (await this.#ways.lint(source)).problems;
  }

  /**
   * Saves. What was changed gets a higher version than what is saved. Answers what
   * is saved now; undefined where it was refused, and then says why.
   */
  async save(): Promise<ExerciseSource | undefined> {
    if (this.#saving || this.#theirs) return undefined;
    this.#saving = true;
    this.#fault = undefined;
    const before = this.#saved;
    try {
      if (!sendable(this.#text)) {
        this.#found([tooLarge()]);
        return undefined;
      }
      if (before && this.#text !== before.value.source)
        this.#text = raised(this.#text, before.value.version);
      const body = { source: this.#text, scope: this.#scope };
      const now = before
        ? await this.#ways.save(before.value.id, body, before.tag)
        : await this.#ways.create(body);
      this.#saved = now;
      this.#recovered = false;
      // Typed on while it travelled: those words stand upon the new version.
      this.#keep();
      return now.value;
    } catch (cause) {
      await this.#failed(toFault(cause));
      return undefined;
    } finally {
      this.#saving = false;
    }
  }

  async #failed(fault: Fault): Promise<void> {
    this.#fault = fault;
    if (fault.problems.length > 0) {
      clearTimeout(this.#timer);
      this.#turn++;
      this.#found([...fault.problems]);
    }
    const before = this.#saved;
    if (!before || (fault.status !== 412 && fault.status !== 409 && fault.status !== 404)) return;
    if (fault.status === 404) {
      // Deleted elsewhere: these words are all there is of it, and can be saved anew.
      this.#saved = undefined;
      return;
    }
    try {
      this.#theirs = await this.#ways.load(before.value.id);
      this.#fault = undefined;
      this.#keep();
    } catch (cause) {
      this.#fault = toFault(cause);
    }
  }

  /** Ends the choice between what was written here and what another window saved. */
  settle(how: 'mine' | 'theirs'): void {
    const theirs = this.#theirs;
    if (!theirs) return;
    this.#theirs = undefined;
    this.#saved = theirs;
    this.#recovered = false;
    if (how === 'theirs') {
      this.#text = theirs.value.source;
      this.#scope = theirs.value.scope ?? 'private';
    } else if (versionOf(this.#text) <= theirs.value.version) {
      this.#text = raised(this.#text, theirs.value.version);
    }
    this.#keep();
    void this.check();
  }

  /** Lets the unsaved go and shows what is saved, or what it began with. */
  drop(text: string): void {
    this.#text = this.#saved?.value.source ?? text;
    this.#scope = this.#saved?.value.scope ?? 'private';
    this.#recovered = false;
    this.#ways.shelf.clear();
    void this.check();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#turn++;
  }
}

/** As the server would say it, without sending what it would not take. */
export function tooLarge(): ExerciseProblem {
  return {
    line: 1,
    path: '',
    code: 'file-too-large',
    message: t.authoring.tooLarge(),
    mend: t.authoring.split(),
  };
}
