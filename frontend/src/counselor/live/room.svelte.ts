import { createContext } from 'svelte';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import type { ExerciseHead, GuidePageHead } from '../../lib/api.gen';
import { SteadyPresence } from '../../lib/desk-presence.svelte';
import { Resource } from '../../lib/desk-resource.svelte';
import { t } from '../../lib/desk-words';
import type { CounselorView, Seat } from '../../lib/live.gen';
import { LiveSession } from '../../lib/live.svelte';
import { problem } from '../../lib/problem-words';
import type { CommandName, FieldsOf, Settled } from '../../lib/socket';

const regret = 8000; // ms in which a step forward can be undone from the toast
const lowSteadiness = 4; // of 10: below it one had better settle first
const throttle = 10_000; // ms between two words about a knock

/** What makes a room one that the counselor plays in alone. */
export interface Rehearsing {
  /** Exercises that stand in no library. */
  own: readonly ExerciseHead[];
  /** Opens the waiting room, which is no page of its own. */
  ondoor: () => void;
}

/** One session as the counselor leads it: the live view, and what only this window knows. */
export class Room {
  readonly session: string;
  readonly live: LiveSession<CounselorView>;
  readonly presence = new SteadyPresence();
  readonly library: Resource<{ exercises: ExerciseHead[]; themes: GuidePageHead[] }>;
  /** Present in a rehearsal: there is no couple, no note and no record. */
  readonly rehearsing: Rehearsing | undefined;
  /** Everything but plan and pause is blurred: somebody looks at the counselor's screen. */
  covered = $state(false);
  #undo = $state<string>();
  #undoTimer: ReturnType<typeof setTimeout> | undefined;
  #knocked: Partial<Record<Seat, number>> = {};

  constructor(session: string, rehearsing?: Rehearsing) {
    this.session = session;
    this.rehearsing = rehearsing;
    const own = rehearsing?.own ?? [];
    this.library = new Resource(async () => {
      // Of a session that is shared with us, what the couple did before is a colleague's.
      const of = rehearsing ? undefined : await api.session(session);
      const couple = of?.co_therapist ? undefined : of?.couple;
      const [exercises, themes] = await Promise.all([api.exercises(couple), api.guide()]);
      // What is rehearsed may be a new text of one that is there already.
      const others = exercises.filter((e) => !own.some((o) => o.id === e.id));
      return { exercises: [...own, ...others], themes };
    });
    this.live = new LiveSession<CounselorView>({ session, ...(rehearsing && { as: 'counselor' }) });
  }

  get view(): CounselorView | undefined {
    return this.live.view;
  }
  /** The step that an undo would leave, while it may still be undone. */
  get undo(): string | undefined {
    return this.#undo;
  }

  open(): () => void {
    this.live.open();
    return () => {
      clearTimeout(this.#undoTimer);
      this.presence.stop();
      this.live.close();
    };
  }

  name(seat: Seat): string {
    return this.view?.people[seat] ?? '';
  }

  may(name: CommandName): boolean {
    return this.live.status === 'live' && this.live.may(name);
  }

  sending(name: CommandName): boolean {
    return this.live.sending(name);
  }

  /** Sends a command once; a second tap while it is on its way is the first. */
  async send<K extends CommandName>(name: K, fields: FieldsOf<K>): Promise<Settled> {
    if (name !== 'mark' && this.sending(name)) return { ok: false, code: 'sending', message: '' };
    const settled = await this.live.send(name, fields);
    if (!settled.ok) this.#refused(problem(settled));
    return settled;
  }

  #refused(message: string): void {
    announce(`${t.console.refused()} ${message}`, 'urgent');
  }

  /** Shows the next step on both phones; for some seconds it can be undone. */
  async advance(step: string): Promise<void> {
    const settled = await this.send('advance', { step });
    if (!settled.ok) return;
    this.#undo = this.view?.step?.key;
    announce(t.undo.moved());
    clearTimeout(this.#undoTimer);
    this.#undoTimer = setTimeout(() => this.forget(), regret);
  }

  async takeBack(): Promise<void> {
    const step = this.#undo;
    this.forget();
    if (step) await this.send('back', { step });
  }

  forget(): void {
    clearTimeout(this.#undoTimer);
    this.#undo = undefined;
  }

  /** What was done in this session so far. */
  get done(): ReadonlySet<string> {
    const done = this.view?.agenda.filter((item) => item.state === 'done');
    return new Set(done?.map((item) => item.exercise));
  }

  /** Whether either last said that they are hardly steady, as far as the desk knows. */
  get hardlySteady(): boolean {
    return seats.some((seat) => (this.view?.dials[seat] ?? 10) < lowSteadiness);
  }

  /**
   * Starts an exercise; one that is running is stopped first. A deep one, while
   * somebody is hardly steady, is refused with "steadiness_low" unless one is sure.
   */
  async start(
    exercise: string,
    cast: FieldsOf<'start_exercise'>['cast'],
    sure = false,
  ): Promise<Settled> {
    this.forget();
    if (this.view?.exercise) {
      const stopped = await this.send('stop_exercise', {});
      if (!stopped.ok) return stopped;
    }
    const settled = await this.live.send('start_exercise', {
      exercise,
      cast,
      ...(sure && { sure }),
    });
    if (settled.ok) return settled;
    // Not a mistake, but a question: the dialog asks it.
    if (settled.code === 'steadiness_low') this.live.dismiss();
    else this.#refused(problem(settled));
    return settled;
  }

  /** Says that somebody is at the door, not more often than is bearable. */
  knock(seat: Seat): void {
    const now = Date.now();
    if (now - (this.#knocked[seat] ?? 0) < throttle) return;
    this.#knocked[seat] = now;
    announce(t.lobby.knock({ name: this.name(seat) }));
  }
}

export const seats: readonly Seat[] = ['one', 'two'];
export const [useRoom, provideRoom] = createContext<Room>();
