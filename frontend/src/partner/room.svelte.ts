import { tick } from 'svelte';
import { acts, band } from '../exercise/step';
import type { Seated } from '../lib/api.gen';
import { choose, chosen, known, type Language, speak } from '../lib/language.svelte';
import type { PartnerView, Seat } from '../lib/live.gen';
import { LiveSession } from '../lib/live.svelte';
import { whereAmI } from '../lib/partner-api';
import { TabSeat } from '../lib/partner-seat';
import { PartnerShelf } from '../lib/partner-shelf';
import { WakeLock } from '../lib/partner-wake';
import { WordsKept } from '../lib/partner-words-kept';
import { refused } from '../lib/refusal-words';
import { t } from '../lib/session-words';
import { ENDED, LINK_OVER, OPEN_ELSEWHERE, type Status, WRONG_PROTOCOL } from '../lib/socket';
import { ownWindow, type Stage } from './stage';

/** How long the counselor may be gone before it is said, in ms: a train ride is no drama. */
const GONE_FOR = 5000;
const HELD = 'held';
const RELOADED = 'reloaded';

const isMyTurn = (view: PartnerView) =>
  view.phase === 'exercise' && view.step?.floor !== undefined && view.step.floor === view.you;

/** What a change of makes a new screen: the rest is the same screen going on. */
function place(view: PartnerView): string {
  return [view.phase, view.door, view.pause?.neutral, view.step?.key, view.step?.kind].join('|');
}

/** The phone's side of the room: one person's session, its words, and what is said of it. */
export class Room {
  readonly live: LiveSession<PartnerView>;
  readonly seated: Seated;
  readonly stage: Stage;

  #shelf: PartnerShelf;
  #tab: TabSeat;
  #words: WordsKept;
  #wake = new WakeLock();
  #held = $state.raw<PartnerView>();
  #over = $state.raw<number>();
  #holding = $state.raw(false);
  #awake = $state.raw(true);
  #vibrate = $state.raw(false);
  #absent: ReturnType<typeof setTimeout> | undefined;
  #pretended: boolean;

  /** The room as this tab may enter it: at once where it had it before it was loaded again. */
  static async enter(seated: Seated, shelf: PartnerShelf): Promise<Room> {
    const tab = new TabSeat(seated.session);
    const free = await tab.take();
    return new Room(seated, shelf, tab, ownWindow, {
      here: free && shelf.get(HELD) === seated.session,
    });
  }

  /** A pretend partner's phone in the counselor's own rehearsal. It keeps nothing. */
  static pretend(session: string, as: Seat, stage: Stage): Room {
    const seated = { session, role: as, help: '', leave_to: '' };
    const shelf = new PartnerShelf('nowhere');
    return new Room(seated, shelf, new TabSeat(`${session}.${as}`), stage, { here: true, as });
  }

  private constructor(
    seated: Seated,
    shelf: PartnerShelf,
    tab: TabSeat,
    stage: Stage,
    entry: { here: boolean; as?: Seat },
  ) {
    this.seated = seated;
    this.stage = stage;
    this.#shelf = shelf;
    this.#tab = tab;
    this.#pretended = entry.as !== undefined;
    this.#awake = shelf.get('awake') !== 'no';
    this.#vibrate = shelf.get('vibrate') === 'yes';
    this.live = new LiveSession<PartnerView>({
      session: seated.session,
      ...entry,
      shelf,
      onview: (view, before) => this.#arrived(view, before),
      onstatus: (status, before) => this.#turned(status, before),
    });
    this.#words = new WordsKept(shelf, (step, text) => this.live.draft(step, text));
  }

  /** What is on the screen: the newest view, or the step somebody is still writing in. */
  get view(): PartnerView | undefined {
    return this.#held ? { ...this.#held, you_may: [] } : this.live.view;
  }
  /** A new step waits behind the one somebody is still writing in. */
  get behind(): boolean {
    return this.#held !== undefined;
  }
  /** A close code, once this page is out of the session. */
  get over(): number | undefined {
    return this.live.code ?? this.#over;
  }
  /** The counselor has been gone for a while. */
  get holding(): boolean {
    return this.#holding;
  }
  get awake(): boolean {
    return this.#awake;
  }
  get vibrate(): boolean {
    return this.#vibrate;
  }

  setAwake(on: boolean) {
    this.#awake = on;
    this.#shelf.set('awake', on ? undefined : 'no');
    this.#keepAwake();
  }

  setVibrate(on: boolean) {
    this.#vibrate = on;
    this.#shelf.set('vibrate', on ? 'yes' : undefined);
  }

  open() {
    this.#wake.open();
    this.live.open();
  }

  close() {
    clearTimeout(this.#absent);
    this.#wake.close();
    this.#tab.release();
    this.live.close();
  }

  /** What was typed in the step on the screen. */
  get words(): string | undefined {
    const step = this.view?.step;
    return step && this.#words.of(step, this.live.restored);
  }

  keep = (text: string) => {
    const step = this.view?.step;
    if (step) this.#words.put(step, text);
  };

  /** Sends a command of this screen. */
  act: LiveSession<PartnerView>['send'] = async (name, fields) => {
    const step = this.view?.step;
    const settled = await this.live.send(name, fields);
    if (settled.ok && step && (name === 'submit' || name === 'ask')) this.#words.sent(step.key);
    if (!settled.ok && (name === 'submit' || name === 'ask')) {
      this.stage.say(settled.code === 'stale_step' ? t.strip.stale() : refused(settled), 'urgent');
    }
    return settled;
  };

  /** Whether it is a phone in a frame on the desk, which speaks the desk's language. */
  get pretended(): boolean {
    return this.#pretended;
  }

  /** Speaks another language here, and has the session's own words come in it too. */
  async speak(to: Language) {
    await choose(to);
    if (this.live.may('set_language')) await this.live.send('set_language', { language: to });
  }

  /** Leaves the step that was held for its words; they stay kept. */
  goOn() {
    this.#held = undefined;
    this.#toTop();
  }

  useHere() {
    this.#over = undefined;
    void this.#tab.take();
    this.live.takeOver();
  }

  /** Told whenever the counselor comes or goes. */
  counselorIs(here: boolean) {
    clearTimeout(this.#absent);
    if (here) this.#holding = false;
    else {
      this.#absent = setTimeout(() => {
        this.#holding = true;
        const counselor = this.live.view?.people.counselor ?? '';
        this.stage.say(t.strip.holding({ counselor }));
      }, GONE_FOR);
    }
  }

  #arrived(view: PartnerView, before: PartnerView | undefined) {
    this.#shelf.set(HELD, this.seated.session);
    this.#keepAwake();
    if (view.phase === 'ended') this.#shelf.end();
    if (!before) {
      // A phone that knows of no choice, as after a move to another one, asks the session.
      if (!this.#pretended && known(view.language) && !chosen())
        speak(view.language).catch(() => undefined);
      this.#toTop();
      return;
    }
    if (isMyTurn(view) && !isMyTurn(before) && this.#vibrate) navigator.vibrate?.(40);
    if (place(view) === place(before)) {
      if (view.step?.revealed && !before.step?.revealed && view.step.kind === 'reveal') {
        this.stage.say(t.say.revealed());
        this.#toTop();
      }
      return;
    }
    if (view.phase === 'paused') this.stage.say(t.say.paused());
    else if (before.phase === 'paused') this.stage.say(t.say.resumed());
    // Nothing is pulled from under somebody who writes; only a pause is for all, at once.
    if (view.phase === 'exercise' || view.phase === 'open') {
      if (this.#held || (before.step && this.#writing())) {
        if (!this.#held) this.stage.say(t.strip.newStep());
        this.#held ??= before;
        if (this.#writing()) return;
      }
    }
    this.#held = undefined;
    this.#toTop();
    if (view.step) {
      const { words, below } = band(view.step, view.people, view.you);
      this.stage.say(below && !acts(view.step, view.you) ? `${below}. ${words}.` : `${words}.`);
    }
  }

  #turned(status: Status, before: Status) {
    if (status === 'offline') {
      this.stage.say(t.strip.offline());
      if (!this.#pretended) this.#whyOffline();
    }
    if (status === 'live') this.#shelf.set(RELOADED, undefined);
    if (status === 'live' && before === 'offline') this.stage.say(t.strip.back());
    if (status !== 'stopped') return;
    const { code } = this.live;
    if (code === WRONG_PROTOCOL && this.#shelf.get(RELOADED) === undefined) {
      this.#shelf.set(RELOADED, '1');
      location.reload();
    }
    if (code !== OPEN_ELSEWHERE && code !== WRONG_PROTOCOL) this.#wake.want(false);
    if (code === OPEN_ELSEWHERE) {
      this.#shelf.set(HELD, undefined);
      this.#tab.release();
    }
    if (code === ENDED || code === LINK_OVER) this.#shelf.end();
    this.#toTop();
  }

  /** A page cannot read why a handshake failed; the seat's own address tells. */
  async #whyOffline() {
    const answered = await whereAmI();
    if (answered.ok || answered.status !== 401 || this.live.status === 'live') return;
    this.#over = LINK_OVER;
    this.#shelf.end();
    this.close();
  }

  #keepAwake() {
    this.#wake.want(this.#awake && this.live.view?.phase === 'exercise');
  }

  async #toTop() {
    await tick();
    this.stage.toTop();
  }

  /** Whether somebody is in the middle of words. */
  #writing(): boolean {
    const field = this.stage.field();
    return (
      (field instanceof HTMLTextAreaElement ||
        (field instanceof HTMLInputElement && field.type === 'text')) &&
      field.value !== ''
    );
  }
}
