// Stands for the browser's WebSocket constructor in tests, and is flushed by hand:
// nothing opens, arrives or closes until the test says so.

type Frame = Record<string, unknown>;

export class FakeSocket {
  static all: FakeSocket[] = [];

  /** The socket that was opened last. */
  static get last(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  }

  readonly url: string;
  readonly protocols: string[];
  readyState = 0;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  /** What the page has written, oldest first. */
  sent: Frame[] = [];

  constructor(url: string, protocols: string[]) {
    this.url = url;
    this.protocols = protocols;
    FakeSocket.all.push(this);
  }

  send(data: string) {
    if (this.readyState !== 1) throw new Error('sent on a socket that is not open');
    this.sent.push(JSON.parse(data));
  }

  close() {
    this.readyState = 3;
  }

  /** What was written under a name. */
  wrote(name: string): Frame[] {
    return this.sent.filter((frame) => frame.do === name);
  }

  /** A frame arrives. */
  says(frame: Frame) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  /** The server takes the socket and shows a view. */
  welcomes(view: Frame = {}, rev = 1) {
    this.readyState = 1;
    this.says({
      is: 'welcome',
      role: 'one',
      session: 's',
      now: new Date().toISOString(),
      protocol: 'mend.v1',
    });
    this.says({ is: 'view', rev, now: new Date().toISOString(), view: { you_may: [], ...view } });
  }

  /** Answers every sync, and those that follow from the answers. */
  answersSyncs() {
    for (let sync = this.#unanswered(); sync; sync = this.#unanswered()) {
      this.#answered.add(sync.id);
      this.says({ is: 'now', id: sync.id, now: new Date().toISOString() });
    }
  }

  #answered = new Set<unknown>();
  #unanswered = () => this.wrote('sync').find((frame) => !this.#answered.has(frame.id));

  /** The server, or the network, ends it. */
  ends(code: number) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}
