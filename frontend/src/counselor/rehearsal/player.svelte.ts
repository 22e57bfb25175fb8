import type { PartnerView } from '../../lib/live.gen';
import { type Move, pause, pretend } from '../../lib/pretend';
import type { FieldsOf } from '../../lib/socket';
import type { Room } from '../../partner/room.svelte';

/** How much sooner a quick script acts. */
const QUICK = 0.1;

/** Plays one pretend partner by the script, for as long as it is wanted. */
export class Player {
  #room: Room;
  #moves = $state(0);
  #stuck = $state.raw<PartnerView>(); // where a move was refused: it is not tried again

  constructor(room: Room) {
    this.#room = room;
  }

  /** Waits as a person would, then does one thing. Returns how to stop; call it anew after every change. */
  play(quick: boolean): (() => void) | undefined {
    const { live } = this.#room;
    const view = live.view;
    if (!view || live.status !== 'live' || live.pending.length > 0 || view === this.#stuck) return;
    const move = pretend(view, this.#moves);
    if (!move) return;
    // A person who writes is seen to be writing.
    if (move.do === 'submit' && move.text) live.tell('draft', { step: move.step, text: move.text });
    const wait = pause(move, this.#moves) * (quick ? QUICK : 1);
    const timer = setTimeout(() => void this.#do(move, view), wait);
    return () => clearTimeout(timer);
  }

  async #do(move: Move, view: PartnerView) {
    const { do: name, ...fields } = move;
    const settled = await this.#room.live.send(name, fields as FieldsOf<typeof name>);
    if (settled.ok) this.#moves += 1;
    else this.#stuck = view;
  }
}
