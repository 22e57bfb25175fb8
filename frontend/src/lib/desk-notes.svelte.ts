import { type Fault, toFault } from './api';
import type { Note, NoteFormat, NoteKind, PutNote } from './api.gen';
import { assembled, type Choice, clashes, type Merged, merge } from './desk-merge';
import { fresh, recast, type Sections, same, type Wording } from './desk-note';
import { uuidv7 } from './uuid';

/** Where words are kept on this computer until the server has them. */
export interface Shelf {
  /** Whether this browser can keep anything: where it cannot, the page must stay open. */
  readonly keeps: boolean;
  read(): Promise<Kept | undefined>;
  keep(note: Kept): void;
  clear(): void;
}

/** A note as it was typed here, and the server's version it was typed upon. */
export interface Kept extends Wording {
  version: number;
  /** What that version said: what two windows have in common. */
  base: Wording;
}

/**
 * Where the words stand:
 * saved: the server has them · typing, saving: it will in a moment · waiting: it
 * cannot be reached, they are on this computer · refused: it would not take them ·
 * conflict: another window saved something else; nothing is overwritten · signed:
 * locked.
 */
export type Standing =
  | 'opening'
  | 'closed'
  | 'saved'
  | 'typing'
  | 'saving'
  | 'waiting'
  | 'refused'
  | 'conflict'
  | 'signed';

export interface Ways {
  kind: NoteKind;
  load(): Promise<Note>;
  save(note: PutNote, keepalive: boolean): Promise<Note>;
  shelf: Shelf;
}

const every = 1000; // ms between typing and saving
const again = 4000; // ms until the next try when the server cannot be reached

/**
 * Keeps one note of one session: takes what is typed, saves it each second upon
 * the version it was typed on, and holds it on this computer until the server has
 * said that it is stored. What two windows wrote in different lines is put together;
 * where both changed the same lines, both are shown to the counselor, and this class
 * never chooses between them.
 */
export class NoteKeeper {
  readonly kind: NoteKind;
  #ways: Ways;
  #note = $state.raw<Note>();
  #format = $state<NoteFormat>('free');
  #sections = $state.raw<Sections>({});
  #standing = $state<Standing>('opening');
  #theirs = $state.raw<Note>();
  #fault = $state.raw<Fault>();
  #recovered = $state(false);
  #merged = $state.raw<Merged>();
  #choices = $state.raw<(Choice | undefined)[]>([]);
  #together = $state(false);
  #rescued = $state('');
  #window = uuidv7();
  #began: Wording | undefined; // in a conflict: what both windows began from
  #apart = false; // the next save is a version of its own
  #dirty = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #flight: Promise<void> | undefined;

  constructor(ways: Ways) {
    this.kind = ways.kind;
    this.#ways = ways;
  }

  /** The note as the server last had it. */
  get note(): Note | undefined {
    return this.#note;
  }
  get format(): NoteFormat {
    return this.#format;
  }
  get sections(): Sections {
    return this.#sections;
  }
  get standing(): Standing {
    return this.#standing;
  }
  /** In a conflict: what the other window saved. */
  get theirs(): Note | undefined {
    return this.#theirs;
  }
  get fault(): Fault | undefined {
    return this.#fault;
  }
  /** In a conflict: the places where both changed the same lines, and what was chosen there. */
  get clashes(): { part: string; mine: string; theirs: string; chosen: Choice | undefined }[] {
    const merged = this.#merged;
    return merged ? clashes(merged).map((c, i) => ({ ...c, chosen: this.#choices[i] })) : [];
  }
  /** What another window wrote was put together with what is typed here. */
  get together(): boolean {
    return this.#together;
  }
  /** Words typed here that a signature elsewhere shut out: for an addendum. */
  get rescued(): string {
    return this.#rescued;
  }
  /** Whether this browser can keep words until the network is back. */
  get keeps(): boolean {
    return this.#ways.shelf.keeps;
  }
  /** Words that had never reached the server were found on this computer. */
  get recovered(): boolean {
    return this.#recovered;
  }
  get savedAt(): string | undefined {
    return this.#note?.saved_at;
  }
  get signed(): boolean {
    return this.#note?.signed_at !== undefined;
  }
  /** Whether something typed here is not yet on the server. */
  get unsaved(): boolean {
    return (
      this.#standing !== 'opening' &&
      this.#standing !== 'closed' &&
      this.#standing !== 'saved' &&
      this.#standing !== 'signed'
    );
  }
  get empty(): boolean {
    return Object.values(this.#sections).every((text) => text.trim() === '');
  }

  /** Fetches the note and takes up what this computer still holds of it. */
  async open(): Promise<void> {
    if (this.#note) return;
    this.#standing = 'opening';
    this.#fault = undefined;
    try {
      this.#take(await this.#ways.load());
    } catch (cause) {
      this.#fault = toFault(cause);
      this.#standing = 'closed';
      return;
    }
    const kept = await this.#ways.shelf.read();
    const note = this.#note as Note | undefined;
    if (!kept || !note || this.#dirty) return;
    if (same(kept, note)) {
      this.#ways.shelf.clear();
      return;
    }
    this.#recovered = true;
    this.#format = kept.format;
    this.#sections = kept.sections;
    this.#dirty = true;
    if (kept.version === note.version && !note.signed_at) {
      this.#standing = 'typing';
      this.#soon();
    } else this.#collide(note, kept.base);
  }

  /** Learns what another window has saved meanwhile. */
  async refresh(): Promise<void> {
    const before = this.#note;
    if (!before || this.#flight || this.#standing === 'conflict') return;
    let note: Note;
    try {
      note = await this.#ways.load();
    } catch {
      return; // the next saving tells of trouble
    }
    const here = this.#note;
    if (!here || this.#flight || this.#standing === ('conflict' as Standing)) return;
    if (
      note.version < here.version ||
      (here.signed_at && note.addenda.length <= here.addenda.length)
    )
      return;
    if (note.version === here.version && note.signed_at === here.signed_at) return;
    if (this.#dirty) this.#collide(note, here);
    else this.#take(note);
  }

  /** Takes what was typed into one part. */
  write(part: string, text: string): void {
    if (this.signed || this.#standing === 'opening' || this.#standing === 'closed') return;
    this.#set(this.#format, { ...this.#sections, [part]: text });
  }

  /** Replaces every part: a draft from the record was laid in, or a line confirmed. */
  replace(sections: Sections): void {
    if (this.signed) return;
    this.#set(this.#format, sections);
  }

  /** Turns to another format. Not a word is lost: see `recast`. */
  choose(format: NoteFormat): void {
    if (this.signed || format === this.#format) return;
    this.#set(format, recast(this.#sections, format));
  }

  /** Takes an old version's words back, as a new version: what stands now stays among them. */
  async takeBack(old: Wording): Promise<void> {
    await this.flush();
    if (this.signed || this.#standing === 'conflict') return;
    this.#apart = true;
    this.#set(old.format, old.sections);
    await this.flush();
  }

  /** Chooses at one clash. */
  pick(at: number, choice: Choice): void {
    this.#choices = this.clashes.map((c, i) => (i === at ? choice : c.chosen));
  }

  /** Settles a conflict, at every place alike or as it was chosen at each. */
  settle(how?: Choice): void {
    const theirs = this.#theirs;
    if (!theirs) return;
    const [merged, choices] = [this.#merged, this.clashes.map((c) => how ?? c.chosen)];
    if (!merged) {
      this.#rescued = fresh(this.#sections, theirs.sections);
      this.#theirs = this.#began = undefined;
      this.adopt(theirs);
      return;
    }
    if (choices.some((c) => c === undefined)) return;
    this.#theirs = this.#merged = this.#began = undefined;
    this.#note = theirs;
    this.#standing = 'typing';
    this.#put(this.#format, assembled(merged, choices as Choice[]));
  }

  /** Saves what is unsaved, now. Resolves when the server has answered. */
  async flush(keepalive = false): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#flight) await this.#flight;
    if (!this.#dirty || this.#standing === 'conflict' || this.signed) return;
    this.#flight = this.#send(keepalive).finally(() => {
      this.#flight = undefined;
    });
    await this.#flight;
  }

  /** Takes a newer state of the note that something else brought: a signature, an addendum. */
  adopt(note: Note): void {
    this.#dirty = false;
    this.#recovered = false;
    this.#ways.shelf.clear();
    this.#take(note);
  }

  #take(note: Note): void {
    this.#note = note;
    this.#format = note.format;
    this.#sections = note.sections;
    this.#standing = note.signed_at ? 'signed' : 'saved';
  }

  #set(format: NoteFormat, sections: Sections): void {
    this.#together = false;
    this.#put(format, sections);
    if (this.#standing === 'conflict' && this.#theirs) this.#collide(this.#theirs, this.#base());
  }

  #put(format: NoteFormat, sections: Sections): void {
    this.#format = format;
    this.#sections = sections;
    this.#dirty = true;
    this.#keep();
    if (this.#standing === 'conflict') return;
    if (this.#standing !== 'waiting') this.#standing = 'typing';
    this.#soon();
  }

  #base(): Wording {
    return this.#began ?? this.#note ?? { format: 'free', sections: {} };
  }

  #keep(): void {
    const { format, sections } = this.#base();
    this.#ways.shelf.keep({
      format: this.#format,
      sections: this.#sections,
      version: this.#note?.version ?? 0,
      base: { format, sections },
    });
  }

  #soon(after = every): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, after);
  }

  async #send(keepalive: boolean): Promise<void> {
    const sent: PutNote = {
      kind: this.kind,
      format: this.#format,
      sections: this.#sections,
      version: this.#note?.version ?? 0,
      ...(this.#apart ? {} : { window: this.#window }),
    };
    this.#dirty = false;
    if (this.#standing !== 'waiting') this.#standing = 'saving';
    try {
      const note = await this.#ways.save(sent, keepalive);
      this.#apart = false;
      this.#note = note;
      this.#fault = undefined;
      this.#recovered = false;
      if (this.#dirty) {
        // Typed on while it travelled: those words now stand upon the new version.
        this.#keep();
        this.#standing = 'typing';
        this.#soon();
      } else {
        this.#ways.shelf.clear();
        this.#standing = 'saved';
      }
    } catch (cause) {
      this.#dirty = true;
      await this.#failed(toFault(cause));
    }
  }

  async #failed(fault: Fault): Promise<void> {
    this.#fault = fault;
    if (fault.status === 409) {
      try {
        this.#collide(fault.note ?? (await this.#ways.load()), this.#base());
        return;
      } catch {
        // The other text cannot be fetched just now: wait, as for any lost connection.
      }
    } else if (fault.status >= 400 && fault.status < 500 && fault.status !== 429) {
      this.#standing = 'refused';
      return;
    }
    this.#standing = 'waiting';
    this.#soon((fault.retryAfter ?? 0) * 1000 || again);
  }

  /** Meets what another window saved, with what both began from. */
  #collide(theirs: Note, base: Wording): void {
    const mine: Wording = { format: this.#format, sections: this.#sections };
    this.#began = this.#merged = undefined;
    if (same(mine, theirs)) {
      this.#theirs = undefined;
      this.adopt(theirs);
      return;
    }
    if (!theirs.signed_at) {
      // Whoever turned to another format meant it; where both did, this window's stands.
      const format = mine.format === base.format ? theirs.format : mine.format;
      const as = (w: Wording) => (w.format === format ? w.sections : recast(w.sections, format));
      const merged = merge(as(base), as(mine), as(theirs));
      this.#format = format;
      if (clashes(merged).length === 0) {
        this.#theirs = undefined;
        this.#note = theirs;
        this.#together = true;
        if (this.#standing === 'conflict') this.#standing = 'typing';
        this.#put(format, assembled(merged, []));
        return;
      }
      this.#merged = merged;
      this.#choices = [];
    }
    this.#began = { format: base.format, sections: base.sections };
    this.#theirs = theirs;
    this.#standing = 'conflict';
  }
}
