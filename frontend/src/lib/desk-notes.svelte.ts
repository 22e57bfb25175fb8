import { type Fault, toFault } from './api';
import type { Note, NoteFormat, NoteKind, PutNote } from './api.gen';

export type Sections = Record<string, string>;

/** The parts of each format, in the order in which they are written and read. */
export const parts: Record<NoteFormat, readonly string[]> = {
  soap: ['subjective', 'objective', 'assessment', 'plan'],
  dap: ['data', 'assessment', 'plan'],
  birp: ['behavior', 'intervention', 'response', 'plan'],
  girp: ['goal', 'intervention', 'response', 'plan'],
  free: ['text'],
};

/** How an unconfirmed line of a drafted note begins. */
export const unconfirmed = '[?] ';

/** Where words are kept on this computer until the server has them. */
export interface Shelf {
  read(): Kept | undefined;
  keep(note: Kept): void;
  clear(): void;
}

/** A note as it was typed here, and the server's version it was typed upon. */
export interface Kept {
  format: NoteFormat;
  sections: Sections;
  version: number;
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
 * said that it is stored. Two windows that differ are shown to the counselor; this
 * class never chooses between them.
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
    const kept = this.#ways.shelf.read();
    const note = this.#note as Note | undefined;
    if (!kept || !note) return;
    if (same(kept, note)) {
      this.#ways.shelf.clear();
      return;
    }
    this.#recovered = true;
    this.#format = kept.format;
    this.#sections = kept.sections;
    this.#dirty = true;
    if (kept.version === note.version && !note.signed_at) this.#soon();
    else this.#collide(note);
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

  /** Settles a conflict. Whichever is chosen, the other stays among the note's versions. */
  settle(how: 'mine' | 'theirs' | 'both'): void {
    const theirs = this.#theirs;
    if (!theirs) return;
    this.#theirs = undefined;
    this.#note = theirs;
    if (how === 'theirs' || theirs.signed_at) {
      this.#dirty = false;
      this.#recovered = false;
      this.#ways.shelf.clear();
      this.#take(theirs);
      return;
    }
    const sections =
      how === 'mine'
        ? this.#sections
        : joined(recast(theirs.sections, this.#format), this.#sections);
    this.#standing = 'typing';
    this.#set(this.#format, sections);
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
    this.#format = format;
    this.#sections = sections;
    this.#dirty = true;
    this.#ways.shelf.keep({ format, sections, version: this.#note?.version ?? 0 });
    if (this.#standing === 'conflict') return;
    if (this.#standing !== 'waiting') this.#standing = 'typing';
    this.#soon();
  }

  #soon(after = every): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, after);
  }

  async #send(keepalive: boolean): Promise<void> {
    const sent: Kept = {
      format: this.#format,
      sections: this.#sections,
      version: this.#note?.version ?? 0,
    };
    this.#dirty = false;
    if (this.#standing !== 'waiting') this.#standing = 'saving';
    try {
      const note = await this.#ways.save({ kind: this.kind, ...sent }, keepalive);
      this.#note = note;
      this.#fault = undefined;
      this.#recovered = false;
      if (this.#dirty) {
        // Typed on while it travelled: those words now stand upon the new version.
        this.#ways.shelf.keep({
          format: this.#format,
          sections: this.#sections,
          version: note.version,
        });
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
        this.#collide(fault.note ?? (await this.#ways.load()));
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

  #collide(theirs: Note): void {
    if (same({ format: this.#format, sections: this.#sections }, theirs)) {
      this.adopt(theirs);
      return;
    }
    this.#theirs = theirs;
    this.#standing = 'conflict';
  }
}

/** Whether two notes say the same in the same form. */
function same(a: Pick<Kept, 'format' | 'sections'>, b: Pick<Kept, 'format' | 'sections'>): boolean {
  if (a.format !== b.format) return false;
  const names = new Set([...Object.keys(a.sections), ...Object.keys(b.sections)]);
  return [...names].every((name) => (a.sections[name] ?? '') === (b.sections[name] ?? ''));
}

/**
 * Pours sections into another format: parts of the same name keep their words, the
 * words of all others go into its first part, in their order.
 */
export function recast(sections: Sections, format: NoteFormat): Sections {
  const wanted = parts[format];
  const first = wanted[0] ?? 'text';
  const poured: Sections = {};
  const homeless: string[] = [];
  for (const [name, text] of Object.entries(sections)) {
    if (wanted.includes(name)) poured[name] = text;
    else if (text.trim()) homeless.push(text.trim());
  }
  if (homeless.length > 0) poured[first] = under([...homeless, poured[first] ?? ''].join('\n\n'));
  return poured;
}

/** Two sets of sections, the second's words below the first's. */
export function joined(first: Sections, second: Sections): Sections {
  const all: Sections = { ...first };
  for (const [name, text] of Object.entries(second)) {
    const before = all[name]?.trim() ?? '';
    if (before === text.trim()) continue;
    all[name] = before ? under(`${before}\n\n${text}`) : text;
  }
  return all;
}

const under = (text: string) => text.trim();

/** The unconfirmed lines of a note, each with the part and the line it stands in. */
export function openLines(sections: Sections): { part: string; line: number; text: string }[] {
  return Object.entries(sections).flatMap(([part, text]) =>
    text
      .split('\n')
      .map((words, line) => ({ part, line, text: words }))
      .filter((l) => l.text.startsWith(unconfirmed))
      .map((l) => ({ ...l, text: l.text.slice(unconfirmed.length) })),
  );
}

/** The sections with one unconfirmed line kept as true, or taken out. */
export function confirmed(
  sections: Sections,
  at: { part: string; line: number },
  keep: boolean,
): Sections {
  const lines = (sections[at.part] ?? '').split('\n');
  const words = lines[at.line];
  if (words === undefined || !words.startsWith(unconfirmed)) return sections;
  if (keep) lines[at.line] = words.slice(unconfirmed.length);
  else lines.splice(at.line, 1);
  return { ...sections, [at.part]: lines.join('\n') };
}
