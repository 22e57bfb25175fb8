import { createContext } from 'svelte';
import { announce } from '../../lib/announce';
import { api } from '../../lib/api';
import type { ExerciseHead } from '../../lib/api.gen';
import { SteadyPresence } from '../../lib/desk-presence.svelte';
import { Resource } from '../../lib/desk-resource.svelte';
import { t } from '../../lib/desk-words';
import type { CounselorView, Seat } from '../../lib/live.gen';
import { LiveSession } from '../../lib/live.svelte';
import type { CommandName, FieldsOf, Settled } from '../../lib/socket';

const regret = 8000; // ms in which a step forward can be undone from the toast
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
  readonly library: Resource<ExerciseHead[]>;
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
    this.library = new Resource(async () => [
      ...(rehearsing?.own ?? []),
      ...(await api.exercises()),
    ]);
    this.live = new LiveSession<CounselorView>({ session });
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
    if (!settled.ok) announce(`${t.console.refused()} ${settled.message}`, 'urgent');
    return settled;
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

  /** Starts an exercise; one that is running is stopped first. */
  async start(exercise: string, cast: FieldsOf<'start_exercise'>['cast']): Promise<void> {
    this.forget();
    if (this.view?.exercise) {
      const stopped = await this.send('stop_exercise', {});
      if (!stopped.ok) return;
    }
    await this.send('start_exercise', { exercise, cast });
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
