import { createContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { api, Fault, lastHeard, toFault, whenUnsigned } from '../lib/api';
import type {
  Link,
  Me,
  NewRehearsal,
  NoteKind,
  Reset,
  Seat,
  Setup,
  ShownPasskey,
  SignIn,
} from '../lib/api.gen';
import { NoteKeeper } from '../lib/desk-notes.svelte';
import { clearShelves, shelf, shelfKey } from '../lib/desk-shelf';
import { choose, type Language } from '../lib/language.svelte';
import { type Place, path, Router } from '../lib/router.svelte';

const withoutKeys = 'mend.desk.keys-off';

// After so long without a word to the server a sign-in may have ended (account.CounselorIdle).
const idle = 30 * 60_000;

/** Who stands at the door of the desk. */
export type Door = 'opening' | 'unreachable' | 'set-up' | 'sign-in' | 'in';

/** A plan as it stands on its page, with the length as it was written. */
interface Unsaved {
  agenda: readonly string[];
  written: string;
}

/** What the whole desk shares: who is signed in, where we are, what is kept while the window is open. */
export class Desk {
  readonly router = new Router();
  /** The filters that the library was last left with: the way back leads to them. */
  library = '';
  #door = $state<Door>('opening');
  #needsCode = $state(false);
  #lapsed = $state(false);
  #me = $state.raw<Me>();
  #names = $state(false);
  #keys = $state(readKeys());
  #links = new SvelteMap<string, Link>();
  #keepers = new Map<string, NoteKeeper>();
  #shelfKey: CryptoKey | undefined;
  #atDoor = $state(0);
  #chosen: Language | undefined;
  /** Whether the script of a rehearsal acts sooner than people would. */
  quickScript = $state(false);
  #cameFrom = new Map<string, Place>();
  #aside = new Map<string, Unsaved>();
  #proving = $state.raw<(proven: boolean) => void>();

  get door(): Door {
    return this.#door;
  }
  get needsCode(): boolean {
    return this.#needsCode;
  }
  /** Someone was signed in on this page, and is no longer. */
  get lapsed(): boolean {
    return this.#lapsed;
  }
  get me(): Me | undefined {
    return this.#me;
  }
  /** Whether lists show full names. Off at every start: a screen may be seen in passing. */
  get names(): boolean {
    return this.#names;
  }
  set names(shown: boolean) {
    this.#names = shown;
  }
  /** Whether the Alt+Shift combinations are on. */
  get keys(): boolean {
    return this.#keys;
  }
  set keys(on: boolean) {
    this.#keys = on;
    try {
      if (on) localStorage.removeItem(withoutKeys);
      else localStorage.setItem(withoutKeys, '1');
    } catch {
      // It then holds for this window.
    }
  }

  /** How many wait to be let in, of the session this window is in. */
  get atDoor(): number {
    return this.#atDoor;
  }
  set atDoor(count: number) {
    this.#atDoor = count;
  }

  /** Listens to the browser and finds out who is here. Returns how to stop. */
  start(): () => void {
    whenUnsigned(() => this.#lapse());
    // A preview's address lets its visitor in first.
    if (this.router.place.page !== 'preview') void this.enter();
    const unlisten = this.router.listen();
    const look = () => void this.#look();
    const ticks = setInterval(look, 60_000);
    document.addEventListener('visibilitychange', look);
    return () => {
      unlisten();
      clearInterval(ticks);
      document.removeEventListener('visibilitychange', look);
    };
  }

  // A page that nobody used for long must not go on showing a couple's record: the server
  // is asked whether the sign-in stands, which is no activity.
  async #look(): Promise<void> {
    if (this.#door !== 'in' || Date.now() - lastHeard() < idle) return;
    try {
      if (!(await api.signedIn()).signed_in) this.#lapse();
    } catch {
      // Unreachable is not signed out.
    }
  }

  async enter(): Promise<void> {
    try {
      await this.#comeIn();
    } catch (cause) {
      await this.#turnedAway(toFault(cause));
    }
  }

  async #comeIn(): Promise<void> {
    let me = await api.me();
    // What was chosen at the door holds from then on, on every computer.
    if (this.#chosen && this.#chosen !== me.language)
      me = await api.changeMe({ language: this.#chosen });
    this.#chosen = undefined;
    // A language that cannot be fetched just now shuts nobody out.
    await choose(me.language).catch(() => undefined);
    this.#shelfKey = await shelfKey(me.shelf_key);
    // Another counselor at the same window begins with nothing of the one before.
    if (this.#me && this.#me.id !== me.id) this.#empty();
    this.#me = me;
    this.#door = 'in';
  }

  #empty(): void {
    clearShelves();
    this.#keepers.clear();
    this.#links.clear();
    this.#aside.clear();
  }

  /** Speaks another language from now on: kept with the account, once somebody is signed in. */
  async speak(to: Language): Promise<void> {
    await choose(to);
    if (this.#door === 'in') this.#me = await api.changeMe({ language: to });
    else this.#chosen = to;
  }

  async #turnedAway(fault: Fault): Promise<void> {
    if (fault.status !== 401) {
      this.#door = 'unreachable';
      return;
    }
    try {
      const state = await api.setupState();
      this.#needsCode = state.needs_code;
      this.#door = state.needed ? 'set-up' : 'sign-in';
    } catch {
      this.#door = 'unreachable';
    }
  }

  async setUp(body: Setup): Promise<void> {
    await api.setUp(body);
    await this.#letIn();
  }

  async signIn(body: SignIn): Promise<void> {
    await api.signIn(body);
    await this.#letIn();
  }

  async signInByPasskey(shown: ShownPasskey): Promise<void> {
    await api.signInByPasskey(shown);
    await this.#letIn();
  }

  /** Sets a new password with a code of the operator, and is signed in. */
  async reset(body: Reset): Promise<void> {
    await api.reset(body);
    await this.#letIn();
  }

  async #letIn(): Promise<void> {
    await this.#comeIn();
    this.#lapsed = false;
    if (doors.includes(this.router.place.page)) this.router.go({ page: 'today' }, 'replace');
  }

  /** Whether somebody is being asked to show once more who they are. */
  get proving(): boolean {
    return this.#proving !== undefined;
  }
  /** The answer to that: shown, or not now. */
  proved(proven: boolean): void {
    this.#proving?.(proven);
    this.#proving = undefined;
  }

  /**
   * A call that needs a fresh proof of who is here: `await desk.proven(() => api.…)`.
   * The person is asked only where the server asks, and the call is sent again. Whoever
   * says "not now" gets the fault "aborted".
   */
  async proven<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (cause) {
      if (toFault(cause).code !== 'step_up_needed') throw cause;
    }
    const proven = await new Promise<boolean>((answer) => {
      this.#proving = answer;
    });
    if (!proven) throw new Fault(0, 'aborted', '');
    return call();
  }

  async signOut(): Promise<void> {
    await Promise.all([...this.#keepers.values()].map((keeper) => keeper.flush()));
    await api.signOut();
    this.#empty();
    this.#shelfKey = undefined;
    this.#me = undefined;
    this.#names = false;
    this.#door = 'sign-in';
    this.router.go({ page: 'sign-in' }, 'replace');
  }

  /** The practice was changed. */
  update(me: Me): void {
    this.#me = me;
  }

  // The sign-in ran out while a page was open. The page's address and its unsaved
  // words stay; only the door is shut.
  #lapse(): void {
    if (this.#door !== 'in') return;
    this.#lapsed = true;
    this.#door = 'sign-in';
    this.proved(false);
  }

  /** A couple's label as a list may show it. */
  label(text: string): string {
    return this.#names ? text : initials(text);
  }

  /** The link just made for a seat. The server tells a link once; it is kept while the window is open. */
  link(session: string, seat: Seat): Link | undefined {
    return this.#links.get(`${session}.${seat}`);
  }
  keepLink(session: string, link: Link): void {
    this.#links.set(`${session}.${link.for}`, link);
  }

  /** A session's note: one keeper for the whole desk, so that two pages never differ. */
  note(session: string, kind: NoteKind): NoteKeeper {
    const key = `${session}.${kind}`;
    let keeper = this.#keepers.get(key);
    if (!keeper) {
      keeper = new NoteKeeper({
        kind,
        load: async () => {
          const note = await api.note(session, kind);
          // Nothing was written yet: begin as plainly as can be.
          return note.version === 0 ? { ...note, format: 'free', sections: {} } : note;
        },
        save: (note, keepalive) => api.saveNote(session, note, keepalive),
        shelf: shelf(session, kind, () => this.#shelfKey),
      });
      this.#keepers.set(key, keeper);
    }
    return keeper;
  }

  /** Opens a rehearsal and goes there; from is where it will lead back to. */
  async rehearse(what: NewRehearsal, from: Place, how: 'push' | 'replace' = 'push'): Promise<void> {
    const made = await api.rehearse(what);
    this.#cameFrom.set(made.id, from);
    this.router.go({ page: 'rehearsal', id: made.id }, how);
  }
  /** Where somebody came from to a rehearsal; nothing where this window was loaded there. */
  cameFrom(rehearsal: string): Place | undefined {
    return this.#cameFrom.get(rehearsal);
  }

  /** Puts an unsaved plan aside while a page is left for a rehearsal of it. */
  putAside(place: Place, plan: Unsaved): void {
    this.#aside.set(path(place), plan);
  }
  /** What was put aside for a page, once. */
  takeBack(place: Place): Unsaved | undefined {
    const plan = this.#aside.get(path(place));
    this.#aside.delete(path(place));
    return plan;
  }

  /** Lets go of all that this window still holds of sessions that were deleted. */
  forget(sessions: readonly string[]): void {
    for (const session of sessions) {
      for (const kind of ['progress', 'process'] as const) {
        this.#keepers.delete(`${session}.${kind}`);
        shelf(session, kind, () => undefined).clear();
      }
      for (const seat of ['one', 'two'] as const) this.#links.delete(`${session}.${seat}`);
    }
  }

  /** Saves every note that is not saved yet; when the window goes away. */
  flush(): void {
    for (const keeper of this.#keepers.values()) if (keeper.unsaved) void keeper.flush(true);
  }
}

// Pages that are of no use to whoever is in.
const doors: readonly string[] = ['sign-in', 'set-up', 'reset'];

/** "Alex & Sam" as "A & S". */
export function initials(text: string): string {
  return text
    .split(/\s+/)
    .map((word) => {
      const letters = [...word];
      const first = letters.findIndex((l) => /[\p{L}\p{N}]/u.test(l));
      return first < 0 ? word : (letters[first] ?? '').toLocaleUpperCase();
    })
    .join(' ');
}

function readKeys(): boolean {
  try {
    return localStorage.getItem(withoutKeys) === null;
  } catch {
    return true;
  }
}

export const [useDesk, provideDesk] = createContext<Desk>();
