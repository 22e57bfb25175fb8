import type { CounselorView, PartnerView, Presence, Role, Seat } from './live.gen';
import {
  type CommandName,
  type FieldsOf,
  type Kept,
  LiveSocket,
  type Message,
  type Settled,
  type Status,
} from './socket';

// One live session as a page holds it: what the server last said, what is on its
// way, and nothing guessed. Screens enable from `may` alone.

/** Where unsettled commands and unsaved words outlive a reload. */
export interface Shelf {
  get(key: string): string | undefined;
  set(key: string, value: string | undefined): void;
}

export interface LiveOptions<View> {
  session: string;
  /** Takes the session over from wherever else this person has it open. */
  here?: boolean;
  /** In one's own rehearsal: which of the three one plays. */
  as?: Role;
  shelf?: Shelf;
  /** Told of every change of the view, when it is in place. */
  onview?: (view: View, before: View | undefined) => void;
  onstatus?: (status: Status, before: Status) => void;
}

/** How the words being typed stand: on the server, on their way there, or only here. */
export type DraftState = 'none' | 'saving' | 'saved';

export interface Refusal {
  do: CommandName;
  code: string;
  message: string;
}

const KEPT = 'kept';
const UNSAVED = 'unsaved';
/** The longest that words stay unsent while somebody types, in ms. */
export const DRAFT_WITHIN = 1500;

export class LiveSession<View extends PartnerView | CounselorView = PartnerView> {
  #view = $state.raw<View>();
  #status = $state.raw<Status>('connecting');
  #code = $state.raw<number>();
  #role = $state.raw<Role>();
  #pending = $state.raw<readonly Kept[]>([]);
  #refusal = $state.raw<Refusal>();
  #counselorHere = $state.raw(true);
  #partners = $state.raw<Readonly<Record<Seat, Presence>>>({ one: 'away', two: 'away' });
  #dials = $state.raw<Readonly<Partial<Record<Seat, number>>>>({});
  #restored = $state.raw<Readonly<Record<string, string>>>({});
  #draftState = $state.raw<DraftState>('none');

  #options: LiveOptions<View>;
  #socket: LiveSocket;
  #shelf: Shelf | undefined;
  #sent = new Map<string, Kept>();
  #rev = -1;
  #draft: { step: string; text: string } | undefined; // not yet on the server
  #draftId: string | undefined; // on its way
  #draftTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LiveOptions<View>) {
    this.#options = options;
    this.#shelf = options.shelf;
    const kept = read<Kept[]>(options.shelf?.get(KEPT)) ?? [];
    this.#pending = kept;
    for (const command of kept) this.#sent.set(command.id, command);
    this.#draft = read(options.shelf?.get(UNSAVED));
    if (this.#draft) this.#restored = { [this.#draft.step]: this.#draft.text };
    this.#socket = new LiveSocket({
      session: options.session,
      here: options.here ?? false,
      ...(options.as && { as: options.as }),
      kept,
      onmessage: (message) => this.#hear(message),
      onstatus: (status, code) => this.#turn(status, code),
      onkept: (list) => {
        this.#pending = list;
        this.#shelf?.set(KEPT, list.length ? JSON.stringify(list) : undefined);
      },
    });
  }

  /** What this role may see, whole; undefined until the first frame. */
  get view(): View | undefined {
    return this.#view;
  }
  get status(): Status {
    return this.#status;
  }
  /** The close code, once the status is stopped. */
  get code(): number | undefined {
    return this.#code;
  }
  get role(): Role | undefined {
    return this.#role;
  }
  /** Commands that are not settled yet, oldest first. */
  get pending(): readonly Kept[] {
    return this.#pending;
  }
  /** The last refusal, until the next command or until it is dismissed. */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }
  /** To a partner: is the counselor there? */
  get counselorHere(): boolean {
    return this.#counselorHere;
  }
  /** To the counselor: where both partners are. */
  get partners(): Readonly<Record<Seat, Presence>> {
    return this.#partners;
  }
  /** To the counselor: steadiness dials while they move. */
  get dials(): Readonly<Partial<Record<Seat, number>>> {
    return this.#dials;
  }
  /** What the server gave back of earlier typing, by step. */
  get restored(): Readonly<Record<string, string>> {
    return this.#restored;
  }
  get draftState(): DraftState {
    return this.#draftState;
  }

  /** Milliseconds between this device's clock and the server's. */
  get clockOff(): number {
    return this.#socket.clock.offset;
  }

  /** The server's time in ms. */
  now = (): number => this.#socket.clock.now();

  open() {
    this.#socket.open();
    window.addEventListener('pagehide', this.#flush);
    document.addEventListener('visibilitychange', this.#onvisibility);
  }

  close() {
    window.removeEventListener('pagehide', this.#flush);
    document.removeEventListener('visibilitychange', this.#onvisibility);
    clearTimeout(this.#draftTimer);
    this.#socket.close();
  }

  /** Tries to connect at once. */
  retry() {
    this.#socket.retry();
  }

  /** Uses the session here after another page took it. */
  takeOver() {
    this.#socket.takeOver();
  }

  /** Whether the server would accept this command now. */
  may = (name: CommandName): boolean => this.#view?.you_may.includes(name) ?? false;

  /** Whether such a command is on its way. */
  sending = (name: CommandName): boolean => this.#pending.some((command) => command.do === name);

  /** Sends a command; the promise tells what became of it and never rejects. */
  async send<K extends CommandName>(name: K, fields: FieldsOf<K>): Promise<Settled> {
    this.#refusal = undefined;
    // What is sent for good takes the place of its draft, which must not come after it.
    if (name === 'submit' || name === 'done_private' || name === 'skip') this.#forgetDraft();
    const { command, settled } = this.#socket.send(name, fields);
    this.#sent.set(command.id, command);
    return settled;
  }

  /** Sends what is worth nothing later, such as a dial on the move. */
  tell<K extends CommandName>(name: K, fields: FieldsOf<K>) {
    this.#socket.tell(name, fields);
  }

  dismiss() {
    this.#refusal = undefined;
  }

  /** Keeps what is being typed, on the server within two seconds. */
  draft(step: string, text: string) {
    this.#draft = { step, text };
    this.#draftState = 'saving';
    this.#draftTimer ??= setTimeout(this.#flush, DRAFT_WITHIN);
  }

  #flush = () => {
    clearTimeout(this.#draftTimer);
    this.#draftTimer = undefined;
    const draft = this.#draft;
    if (!draft) return;
    // Also here, in case the page does not live until the server has it.
    this.#shelf?.set(UNSAVED, JSON.stringify(draft));
    this.#draftId = this.#socket.tell('draft', draft);
  };

  #onvisibility = () => {
    if (document.visibilityState === 'hidden') this.#flush();
  };

  #forgetDraft() {
    clearTimeout(this.#draftTimer);
    this.#draftTimer = undefined;
    this.#draft = undefined;
    this.#draftId = undefined;
    this.#draftState = 'none';
    this.#shelf?.set(UNSAVED, undefined);
  }

  #turn(status: Status, code: number | undefined) {
    const before = this.#status;
    this.#status = status;
    this.#code = code;
    if (status !== 'live') this.#draftId = undefined;
    if (status === 'live') {
      // Counted per connection's node: an older number on a new socket is newer.
      this.#rev = -1;
      if (this.#draft) this.#flush();
    }
    this.#options.onstatus?.(status, before);
  }

  #hear(message: Message) {
    switch (message.is) {
      case 'welcome':
        this.#role = message.role;
        break;
      case 'view':
        // The same view comes again with every answer to a sync.
        if (message.rev === this.#rev) return;
        this.#rev = message.rev;
        this.#show(message.view as View);
        break;
      case 'done':
        this.#sent.delete(message.id);
        if (message.id === this.#draftId) this.#draftKept();
        break;
      case 'refused':
        this.#refused(message.id, message.code, message.message);
        break;
      case 'here':
        if ('counselor' in message) this.#counselorHere = message.counselor;
        else this.#partners = { one: message.one, two: message.two };
        break;
      case 'dial':
        this.#dials = { ...this.#dials, [message.who]: message.value };
        break;
      case 'draft':
        // What was typed here meanwhile is newer than what the server kept.
        if (this.#draft?.step !== message.step)
          this.#restored = { ...this.#restored, [message.step]: message.text };
        break;
    }
  }

  #show(view: View) {
    const before = this.#view;
    this.#view = view;
    this.#dials = {};
    this.#options.onview?.(view, before);
  }

  #draftKept() {
    this.#draftId = undefined;
    // Unless somebody typed on while it was under way.
    if (this.#draftTimer !== undefined) return;
    this.#draft = undefined;
    this.#draftState = 'saved';
    this.#shelf?.set(UNSAVED, undefined);
  }

  #refused(id: string, code: string, message: string) {
    if (id === this.#draftId) {
      this.#forgetDraft();
      return;
    }
    const command = this.#sent.get(id);
    this.#sent.delete(id);
    if (!command) return;
    this.#refusal = { do: command.do, code, message };
    const { step, text } = command;
    if (command.do !== 'submit' || typeof step !== 'string' || typeof text !== 'string') return;
    // The words come back to their author.
    this.#restored = { ...this.#restored, [step]: text };
    if (code !== 'stale_step') this.draft(step, text);
  }
}

function read<T>(text: string | undefined): T | undefined {
  if (!text) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}
