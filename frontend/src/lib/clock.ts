// The server's clock, told from the answers to `sync`. Deadlines are the server's;
// a phone's own clock may be minutes off and may jump.

interface Sample {
  /** Milliseconds to add to the phone's clock. */
  offset: number;
  /** Round trip in ms: the shorter, the surer the offset. */
  trip: number;
  /** The phone's clock when the answer came, in ms. */
  at: number;
}

const KEEP = 8;
const STALE = 5 * 60_000;

/** Keeps the surest of the latest samples. All times are in milliseconds. */
export class ServerClock {
  #samples: Sample[] = [];

  /** One exchange: the phone's clock at sending and receiving, the server's in between. */
  sample(sent: number, received: number, server: number) {
    const trip = received - sent;
    // The phone's clock was set while the answer was under way: worth nothing.
    if (trip < 0 || Number.isNaN(server)) return;
    const offset = server + trip / 2 - received;
    this.#samples = this.#samples.filter(
      (kept) => received - kept.at < STALE && kept.at <= received,
    );
    this.#samples.push({ offset, trip, at: received });
    if (this.#samples.length > KEEP) this.#samples.shift();
  }

  /** A time the server stamped on its way here: a rough start until a sample is there. */
  hint(received: number, server: number) {
    if (this.#samples.length === 0) this.sample(received, received, server);
    const first = this.#samples[0];
    if (first && this.#samples.length === 1 && first.trip === 0)
      first.trip = Number.MAX_SAFE_INTEGER;
  }

  /** Forgets everything: after a sleep or a jump of the phone's clock. */
  reset() {
    this.#samples = [];
  }

  /** Milliseconds between the phone's clock and the server's; 0 while unknown. */
  get offset(): number {
    let best: Sample | undefined;
    for (const sample of this.#samples) if (!best || sample.trip < best.trip) best = sample;
    return best?.offset ?? 0;
  }

  /** The server's time for a time of the phone's clock. */
  now(local = Date.now()): number {
    return local + this.offset;
  }
}

/**
 * What is left until a deadline, never growing while the deadline is the same: a
 * better sample of the clock must not give time and take it back.
 */
export class Countdown {
  #deadline: number | undefined;
  #shown = Number.POSITIVE_INFINITY;

  left(deadline: number, now: number): number {
    if (deadline !== this.#deadline) {
      this.#deadline = deadline;
      this.#shown = Number.POSITIVE_INFINITY;
    }
    this.#shown = Math.max(0, Math.min(this.#shown, deadline - now));
    return this.#shown;
  }
}
