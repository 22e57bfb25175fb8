import { ServerClock } from './clock';
import { OPEN_ELSEWHERE, STOPS, TOO_FAST, WRONG_PROTOCOL } from './close-codes';
import type {
  CounselorCommand,
  CounselorMessage,
  PartnerCommand,
  PartnerMessage,
  Role,
  Welcome,
} from './live.gen';
import { uuidv7 } from './uuid';

// The socket to a live session, kept open over a bad network. Plain TypeScript: it
// knows frames and time, and nothing of screens.

export * from './close-codes';

export type Message = PartnerMessage | CounselorMessage;
export type Command = PartnerCommand | CounselorCommand;
export type CommandName = Command['do'];
/** What a command carries beside its id and its name. */
export type FieldsOf<K extends CommandName> = Omit<Extract<Command, { do: K }>, 'id' | 'do'>;

/** connecting: not there yet, or gone for a moment. offline: gone, trying. stopped: it will not come back by itself. */
export type Status = 'connecting' | 'live' | 'offline' | 'stopped';

/** What became of a command. It never fails otherwise: unsent it simply waits. */
export type Settled = { ok: true } | { ok: false; code: string; message: string };

/** A command as it is kept until it is done or refused. */
export interface Kept {
  id: string;
  do: CommandName;
  [field: string]: unknown;
}

export const PROTOCOL = 'mend.v1';

/** All in ms. */
export const TIMES = {
  connect: 5_000, // from opening to the server's welcome
  backoffFirst: 250,
  backoffMost: 15_000,
  tooFast: 10_000, // the least after close code 4029
  sync: 20_000, // how often a quiet socket is asked whether it lives
  syncDeadline: 8_000, // and how long it has to answer
  firstOffline: 5_000, // how long a first connection may take before the page says so
  offline: 2_000, // and a lost one
  away: 3_000, // hidden or asleep for longer: the socket is taken for dead
};

export interface SocketOptions {
  session: string;
  /** Takes the session over from wherever else it is open. */
  here?: boolean;
  /** In one's own rehearsal: which of the three one plays. */
  as?: Role;
  /** Commands left over from before, to be sent first, with their old ids. */
  kept?: Kept[];
  onmessage: (message: Message) => void;
  onstatus: (status: Status, code: number | undefined) => void;
  /** The commands that are not settled, each time they change. */
  onkept?: (kept: Kept[]) => void;
}

/** Full jitter: anything up to the bound, which doubles with every attempt. */
export function backoff(attempt: number, chance: number): number {
  return chance * Math.min(TIMES.backoffMost, TIMES.backoffFirst * 2 ** attempt);
}

export class LiveSocket {
  readonly clock = new ServerClock();

  #options: SocketOptions;
  #socket: WebSocket | undefined;
  #status: Status = 'connecting';
  #code: number | undefined;
  #attempt = 0;
  #here: boolean;
  // Of this load of the page alone, and kept nowhere: a copy of its tab has another.
  #page = uuidv7();
  #welcomed = false; // this very socket
  #everLive = false;
  #closed = false;
  #kept = new Map<string, Kept>();
  #waiting = new Map<string, (settled: Settled) => void>();
  #syncs = new Map<string, number>(); // id -> sent at, by the phone's clock
  #samplesWanted = 0;
  #retryAt: ReturnType<typeof setTimeout> | undefined;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #pulse: ReturnType<typeof setTimeout> | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #hiddenAt: number | undefined;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#here = options.here ?? false;
    for (const command of options.kept ?? []) this.#kept.set(command.id, command);
  }

  get status(): Status {
    return this.#status;
  }

  /** Why it stopped: a close code from 4500 on. */
  get code(): number | undefined {
    return this.#code;
  }

  open() {
    document.addEventListener('visibilitychange', this.#onvisibility);
    window.addEventListener('pageshow', this.#onpageshow);
    window.addEventListener('online', this.#ononline);
    window.addEventListener('offline', this.#onoffline);
    this.#awaitLife(TIMES.firstOffline);
    this.#connect();
  }

  /** Ends it for good, without a word to the server beyond the closing. */
  close() {
    this.#closed = true;
    document.removeEventListener('visibilitychange', this.#onvisibility);
    window.removeEventListener('pageshow', this.#onpageshow);
    window.removeEventListener('online', this.#ononline);
    window.removeEventListener('offline', this.#onoffline);
    this.#drop();
    clearTimeout(this.#quiet);
    clearTimeout(this.#retryAt);
  }

  /** Tries at once instead of waiting for the next attempt. */
  retry() {
    if (this.#closed || this.#status === 'live') return;
    this.#attempt = 0;
    this.#connect();
  }

  /** Opens it here after it was stopped because it is open elsewhere. */
  takeOver() {
    this.#here = true;
    this.#set('connecting');
    this.#awaitLife(TIMES.firstOffline);
    this.retry();
  }

  /** Sends a command and keeps it until the server has settled it, over any number of sockets. */
  send<K extends CommandName>(
    name: K,
    fields: FieldsOf<K>,
  ): { command: Kept; settled: Promise<Settled> } {
    const command: Kept = { ...fields, id: uuidv7(), do: name };
    this.#kept.set(command.id, command);
    const settled = new Promise<Settled>((resolve) => this.#waiting.set(command.id, resolve));
    this.#options.onkept?.([...this.#kept.values()]);
    if (this.#status === 'live') this.#write(command);
    return { command, settled };
  }

  /** Sends what is worth nothing later; false where there is no live socket. */
  tell<K extends CommandName>(name: K, fields: FieldsOf<K>): string | undefined {
    if (this.#status !== 'live') return undefined;
    const id = uuidv7();
    return this.#write({ ...fields, id, do: name }) ? id : undefined;
  }

  #connect() {
    if (this.#closed || document.visibilityState === 'hidden') return;
    this.#drop();
    clearTimeout(this.#retryAt);
    this.#retryAt = undefined;
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    // A page that was here before takes its own place back: the server may still
    // hold its last socket, which died without telling, perhaps before its welcome came.
    const query = new URLSearchParams({
      ...(this.#options.as && { as: this.#options.as }),
      ...((this.#here || this.#everLive) && { here: '1' }),
      page: this.#page,
    }).toString();
    const address = `${scheme}//${location.host}/live/${encodeURIComponent(this.#options.session)}?${query}`;
    const socket = new WebSocket(address, [PROTOCOL]);
    this.#socket = socket;
    this.#deadline = setTimeout(() => this.#lost(socket, 0), TIMES.connect);
    socket.onmessage = (event) => this.#receive(socket, event.data);
    socket.onclose = (event) => this.#lost(socket, event.code);
  }

  /** Lets go of the present socket. It may be dead and never say so: nothing of it is heard any more. */
  #drop() {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#welcomed = false;
    this.#syncs.clear();
    clearTimeout(this.#deadline);
    clearTimeout(this.#pulse);
    if (!socket) return;
    socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #lost(socket: WebSocket, code: number) {
    if (socket !== this.#socket) return;
    this.#drop();
    if (code >= STOPS) {
      this.#here = false;
      this.#everLive = false;
      clearTimeout(this.#quiet);
      this.#set('stopped', code);
      // Where there is a way back, what was not settled waits for it.
      if (code !== OPEN_ELSEWHERE && code !== WRONG_PROTOCOL) this.#giveUp();
      return;
    }
    if (this.#status === 'live') {
      this.#set('connecting');
      this.#awaitLife(TIMES.offline);
    }
    const least = code === TOO_FAST ? TIMES.tooFast : 0;
    const wait = least + backoff(this.#attempt++, Math.random());
    this.#retryAt = setTimeout(() => this.#connect(), wait);
  }

  /** Says offline if nothing lives within the time. */
  #awaitLife(within: number) {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#set('offline'), within);
  }

  #set(status: Status, code?: number) {
    if (this.#closed || (status === this.#status && code === this.#code)) return;
    this.#status = status;
    this.#code = code;
    this.#options.onstatus(status, code);
  }

  #receive(socket: WebSocket, data: unknown) {
    if (socket !== this.#socket) return;
    const message = parse(data);
    if (!message) return;
    this.#beat();
    switch (message.is) {
      case 'welcome':
        this.#onwelcome(message);
        break;
      case 'now':
        this.#onnow(message.id, Date.parse(message.now));
        return;
      case 'done':
        this.#settle(message.id, { ok: true });
        break;
      case 'refused':
        if (this.#syncs.has(message.id)) return this.#onnow(message.id, Number.NaN);
        this.#settle(message.id, { ok: false, code: message.code, message: message.message });
        break;
      case 'view':
        // Only now it is clear that the server means to keep this socket.
        this.#attempt = 0;
        break;
    }
    this.#options.onmessage(message);
  }

  #onwelcome(welcome: Welcome) {
    if (this.#welcomed) return;
    clearTimeout(this.#deadline);
    clearTimeout(this.#quiet);
    this.#welcomed = true;
    this.#everLive = true;
    this.#here = false;
    this.clock.reset();
    this.clock.hint(Date.now(), Date.parse(welcome.now));
    this.#set('live');
    // In the order in which they were given, with the ids they had: whatever the
    // server has seen of them takes effect once.
    for (const command of this.#kept.values()) this.#write(command);
    this.#samplesWanted = 4;
    this.#sync();
  }

  #onnow(id: string, server: number) {
    const sent = this.#syncs.get(id);
    if (sent === undefined) return;
    this.#syncs.delete(id);
    this.clock.sample(sent, Date.now(), server);
    if (--this.#samplesWanted > 0) this.#sync();
  }

  #settle(id: string, settled: Settled) {
    if (this.#kept.delete(id)) this.#options.onkept?.([...this.#kept.values()]);
    const resolve = this.#waiting.get(id);
    this.#waiting.delete(id);
    resolve?.(settled);
  }

  #giveUp() {
    for (const command of [...this.#kept.values()]) {
      const refused = { ok: false, code: 'stopped', message: '' } as const;
      this.#settle(command.id, refused);
      this.#options.onmessage({ is: 'refused', id: command.id, code: 'stopped', message: '' });
    }
  }

  /** Anything that arrives shows that the socket lives; silence is asked about. */
  #beat() {
    if (this.#welcomed) clearTimeout(this.#deadline);
    clearTimeout(this.#pulse);
    this.#pulse = setTimeout(() => this.#sync(), TIMES.sync);
  }

  #sync() {
    const socket = this.#socket;
    if (!socket || !this.#welcomed) return;
    const id = uuidv7();
    this.#syncs.set(id, Date.now());
    this.#write({ id, do: 'sync' });
  }

  /** Takes the socket for dead unless something arrives in time. */
  #listen(socket: WebSocket) {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => {
      if (socket !== this.#socket) return;
      this.#lost(socket, 0);
      this.#connect();
    }, TIMES.syncDeadline);
  }

  #write(command: Kept): boolean {
    const socket = this.#socket;
    if (!socket || !this.#welcomed || socket.readyState !== 1) return false;
    socket.send(JSON.stringify(command));
    // Whatever is sent is answered; where nothing comes back nothing lives.
    this.#listen(socket);
    return true;
  }

  /** Back on the page, or the network is: a socket that slept is not to be believed. */
  #fresh() {
    if (this.#closed || this.#status === 'stopped') return;
    this.#attempt = 0;
    if (this.#status === 'live') {
      this.#set('connecting');
      this.#awaitLife(TIMES.offline);
    }
    this.#connect();
  }

  #onvisibility = () => {
    if (document.visibilityState === 'hidden') {
      this.#hiddenAt = Date.now();
      return;
    }
    const away = Date.now() - (this.#hiddenAt ?? 0);
    this.#hiddenAt = undefined;
    if (this.#status !== 'live' || away > TIMES.away || away < 0) this.#fresh();
    else this.#sync();
  };

  #onpageshow = (event: PageTransitionEvent) => {
    if (event.persisted) this.#fresh();
  };

  #ononline = () => this.#fresh();

  // A device that knows of no network at all is right about it, and its socket is
  // dead long before anything else would say so.
  #onoffline = () => {
    if (this.#socket) this.#lost(this.#socket, 0);
  };
}

function parse(data: unknown): Message | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const message = JSON.parse(data) as Message | null;
    return message && typeof message.is === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
