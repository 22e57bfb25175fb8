import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeSocket } from './fake-socket';
import {
  backoff,
  type Kept,
  LiveSocket,
  type Message,
  type Settled,
  type Status,
  TIMES,
} from './socket';

let visible = true;
let status: [Status, number | undefined][] = [];
let heard: Message[] = [];
let kept: Kept[] = [];
let socket: LiveSocket;

function start(more: { here?: boolean; kept?: Kept[] } = {}) {
  socket = new LiveSocket({
    session: 's',
    onmessage: (message) => heard.push(message),
    onstatus: (...now) => status.push(now),
    onkept: (list) => {
      kept = list;
    },
    ...more,
  });
  socket.open();
  return socket;
}

function show(now: boolean) {
  visible = now;
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-23T10:00:00Z') });
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() =>
    visible ? 'visible' : 'hidden',
  );
  vi.spyOn(Math, 'random').mockReturnValue(1);
  FakeSocket.all = [];
  visible = true;
  status = [];
  heard = [];
  kept = [];
});

afterEach(() => {
  socket.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('coming and going', () => {
  it('asks for the subprotocol and is live once the server has welcomed it', () => {
    start();
    expect(FakeSocket.last.url).toMatch(/^ws:\/\/localhost:3000\/live\/s\?page=[0-9a-f-]{36}$/);
    expect(FakeSocket.last.protocols).toEqual(['mend.v1']);
    expect(socket.status).toBe('connecting');
    FakeSocket.last.welcomes();
    expect(socket.status).toBe('live');
  });

  it('opens another socket where no welcome comes within the time', () => {
    start();
    const first = FakeSocket.last;
    vi.advanceTimersByTime(TIMES.connect + TIMES.backoffFirst);
    expect(FakeSocket.last).not.toBe(first);
    expect(first.readyState).toBe(3);
  });

  it('never gives up while the page is visible, and never waits longer than the bound', () => {
    start();
    for (let tries = 0; tries < 40; tries++) {
      const before = FakeSocket.all.length;
      FakeSocket.last.ends(1006);
      vi.advanceTimersByTime(TIMES.backoffMost);
      expect(FakeSocket.all.length).toBeGreaterThan(before);
    }
  });

  it('waits anything from nothing up to a bound that doubles from 0.25 to 15 seconds', () => {
    expect([0, 1, 2, 3, 9, 40].map((attempt) => backoff(attempt, 1))).toEqual([
      250, 500, 1000, 2000, 15_000, 15_000,
    ]);
    expect(backoff(9, 0)).toBe(0);
  });

  it('does not try while the page is hidden, and tries at once when it is seen again', () => {
    start();
    FakeSocket.last.welcomes();
    show(false);
    FakeSocket.last.ends(1006);
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.all.length).toBe(1);
    show(true);
    expect(FakeSocket.all.length).toBe(2);
  });

  it('says offline only after two seconds without a live socket', () => {
    start();
    FakeSocket.last.welcomes();
    FakeSocket.last.ends(1006);
    vi.advanceTimersByTime(TIMES.backoffFirst);
    FakeSocket.last.welcomes();
    vi.advanceTimersByTime(TIMES.offline);
    expect(status.map(([now]) => now)).toEqual(['live', 'connecting', 'live']);
    FakeSocket.last.ends(1006);
    vi.advanceTimersByTime(TIMES.offline);
    expect(socket.status).toBe('offline');
  });

  it('believes a device that says it has no network, whatever the socket says', () => {
    start();
    FakeSocket.last.welcomes();
    const first = FakeSocket.last;
    window.dispatchEvent(new Event('offline'));
    expect(first.readyState).toBe(3);
    vi.advanceTimersByTime(TIMES.offline);
    expect(socket.status).toBe('offline');
  });

  it('takes a socket for dead that does not answer a command, and sends it again on the next', () => {
    start();
    FakeSocket.last.welcomes();
    const first = FakeSocket.last;
    const { command } = socket.send('yield', { step: '1.0.1' });
    vi.advanceTimersByTime(TIMES.syncDeadline);
    expect(first.readyState).toBe(3);
    expect(FakeSocket.last).not.toBe(first);
    FakeSocket.last.welcomes();
    expect(FakeSocket.last.wrote('yield').map(({ id }) => id)).toContain(command.id);
  });

  it('grows its wait when the server takes a socket and ends it again before a view', () => {
    start();
    for (const wait of [250, 500, 1000]) {
      FakeSocket.last.readyState = 1;
      FakeSocket.last.says({
        is: 'welcome',
        role: 'one',
        session: 's',
        now: new Date().toISOString(),
      });
      const before = FakeSocket.all.length;
      FakeSocket.last.ends(1012);
      vi.advanceTimersByTime(wait - 1);
      expect(FakeSocket.all.length).toBe(before);
      vi.advanceTimersByTime(1);
      expect(FakeSocket.all.length).toBe(before + 1);
    }
  });
});

describe('close codes', () => {
  it.each([1000, 1001, 1006, 1012, 4000, 4008, 4013, 4499])('comes back from %i', (code) => {
    start();
    FakeSocket.last.welcomes();
    FakeSocket.last.ends(code);
    vi.advanceTimersByTime(TIMES.backoffFirst);
    expect(FakeSocket.all.length).toBe(2);
  });

  it.each([4501, 4503, 4504, 4509, 4510, 4522, 4526])(
    'stays away after %i, with its meaning',
    (code) => {
      start();
      FakeSocket.last.welcomes();
      FakeSocket.last.ends(code);
      show(false);
      vi.advanceTimersByTime(600_000);
      show(true);
      window.dispatchEvent(new Event('online'));
      expect(FakeSocket.all.length).toBe(1);
      expect([socket.status, socket.code]).toEqual(['stopped', code]);
    },
  );

  it('waits ten seconds or more after it was too fast', () => {
    start();
    FakeSocket.last.welcomes();
    FakeSocket.last.ends(4029);
    vi.advanceTimersByTime(TIMES.tooFast - 1);
    expect(FakeSocket.all.length).toBe(1);
    vi.advanceTimersByTime(TIMES.backoffFirst + 1);
    expect(FakeSocket.all.length).toBe(2);
  });
});

describe('one seat, one page', () => {
  it('takes its own place back when it comes again, but not on its first visit', () => {
    start();
    expect(FakeSocket.last.url).not.toContain('here');
    FakeSocket.last.ends(1006);
    vi.advanceTimersByTime(TIMES.backoffFirst);
    expect(FakeSocket.last.url).not.toContain('here');
    FakeSocket.last.welcomes();
    FakeSocket.last.ends(1006);
    vi.advanceTimersByTime(TIMES.backoffMost);
    expect(FakeSocket.last.url).toContain('?here=1');
  });

  it('calls itself the same as long as it is there, and what is loaded anew otherwise', () => {
    const called = () => new URL(FakeSocket.last.url).searchParams.get('page');
    start();
    const first = called();
    FakeSocket.last.ends(1006);
    vi.advanceTimersByTime(TIMES.backoffFirst);
    expect(FakeSocket.all.length).toBe(2);
    expect(called()).toBe(first);
    socket.close();
    start();
    expect(called()).not.toBe(first);
  });

  it('leaves the place to the other page until somebody says to use it here', () => {
    start();
    FakeSocket.last.welcomes();
    FakeSocket.last.ends(4509);
    socket.takeOver();
    expect(FakeSocket.last.url).toContain('?here=1');
    FakeSocket.last.welcomes();
    expect(socket.status).toBe('live');
  });
});

describe('a dead socket that says nothing', () => {
  it('is asked when quiet, and replaced when it does not answer', () => {
    start();
    const first = FakeSocket.last;
    first.welcomes();
    first.answersSyncs();
    vi.advanceTimersByTime(TIMES.sync);
    const asked = first.wrote('sync').length;
    vi.advanceTimersByTime(TIMES.syncDeadline);
    expect(asked).toBeGreaterThan(1);
    expect(FakeSocket.last).not.toBe(first);
  });

  it('is kept while it answers', () => {
    start();
    FakeSocket.last.welcomes();
    for (let minute = 0; minute < 10; minute++) {
      FakeSocket.last.answersSyncs();
      vi.advanceTimersByTime(TIMES.sync);
    }
    FakeSocket.last.answersSyncs();
    expect(FakeSocket.all.length).toBe(1);
  });

  it('is replaced when the phone comes back from sleep, though it looks open', () => {
    start();
    FakeSocket.last.welcomes();
    show(false);
    vi.advanceTimersByTime(TIMES.away + 1);
    show(true);
    expect(FakeSocket.all.length).toBe(2);
  });

  it('is replaced when the page comes out of the browser’s cache', () => {
    start();
    FakeSocket.last.welcomes();
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    expect(FakeSocket.all.length).toBe(2);
  });

  it('is not heard any more, whatever it still delivers', () => {
    start();
    const first = FakeSocket.last;
    first.welcomes({ phase: 'lobby' });
    const deliver = first.onmessage;
    window.dispatchEvent(new Event('online'));
    FakeSocket.last.welcomes({ phase: 'exercise' });
    const before = heard.length;
    deliver?.({ data: JSON.stringify({ is: 'view', rev: 99, now: '', view: { phase: 'lobby' } }) });
    first.onclose?.({ code: 4510 });
    expect(heard.length).toBe(before);
    expect(socket.status).toBe('live');
  });
});

describe('commands', () => {
  it('are kept until they are settled, and sent again with the same id and in order', async () => {
    start();
    const outcome: Settled[] = [];
    socket.send('ready', { step: '1.0.1' }).settled.then((settled) => outcome.push(settled));
    socket.send('pause', {});
    FakeSocket.last.welcomes();
    const first = FakeSocket.last.sent.filter((frame) => frame.do !== 'sync');
    expect(first.map((frame) => frame.do)).toEqual(['ready', 'pause']);

    FakeSocket.last.ends(1006); // before any acknowledgement
    vi.advanceTimersByTime(TIMES.backoffMost);
    FakeSocket.last.welcomes();
    expect(FakeSocket.last.sent.filter((frame) => frame.do !== 'sync')).toEqual(first);

    FakeSocket.last.says({ is: 'done', id: first[0]?.id });
    await vi.advanceTimersByTimeAsync(0);
    expect(outcome).toEqual([{ ok: true }]);
    expect(kept.map((command) => command.do)).toEqual(['pause']);

    FakeSocket.last.ends(1006);
    vi.advanceTimersByTime(TIMES.backoffMost);
    FakeSocket.last.welcomes();
    expect(FakeSocket.last.wrote('ready')).toEqual([]);
    expect(FakeSocket.last.wrote('pause').map((frame) => frame.id)).toEqual([first[1]?.id]);
  });

  it('are settled by a refusal, which is told and not tried again', async () => {
    start();
    FakeSocket.last.welcomes();
    const { command, settled } = socket.send('ready', { step: 'old' });
    FakeSocket.last.says({
      is: 'refused',
      id: command.id,
      code: 'stale_step',
      message: 'Moved on.',
    });
    expect(await settled).toEqual({ ok: false, code: 'stale_step', message: 'Moved on.' });
    expect(kept).toEqual([]);
  });

  it('are not settled twice by an acknowledgement that comes late and again', async () => {
    start();
    FakeSocket.last.welcomes();
    const { command, settled } = socket.send('ready', { step: 'a' });
    FakeSocket.last.ends(1006);
    vi.advanceTimersByTime(TIMES.backoffMost);
    FakeSocket.last.welcomes();
    FakeSocket.last.says({ is: 'done', id: command.id });
    FakeSocket.last.says({ is: 'done', id: command.id });
    FakeSocket.last.says({ is: 'refused', id: command.id, code: 'stale_step', message: '' });
    expect(await settled).toEqual({ ok: true });
  });

  it('left over from before a reload are sent first', () => {
    const left: Kept = { id: '0193-left', do: 'submit', step: '1.2.1', text: 'words' };
    start({ kept: [left] });
    socket.send('pause', {});
    FakeSocket.last.welcomes();
    expect(FakeSocket.last.sent.slice(0, 2).map((frame) => frame.do)).toEqual(['submit', 'pause']);
    expect(FakeSocket.last.sent[0]).toEqual(left);
  });

  it('that can no longer arrive are given up when the session is over', async () => {
    start();
    FakeSocket.last.welcomes();
    const { settled } = socket.send('ready', { step: 'a' });
    FakeSocket.last.ends(4510);
    expect(await settled).toMatchObject({ ok: false, code: 'stopped' });
    expect(kept).toEqual([]);
  });

  it('wait where the session is open elsewhere, and go out once it is used here', () => {
    start();
    FakeSocket.last.welcomes();
    const { command } = socket.send('ready', { step: 'a' });
    FakeSocket.last.ends(4509);
    socket.takeOver();
    FakeSocket.last.welcomes();
    expect(FakeSocket.last.wrote('ready').map((frame) => frame.id)).toEqual([command.id]);
  });

  it('have ids that are version 7 and ordered by time', () => {
    start();
    const first = socket.send('pause', {}).command.id;
    vi.advanceTimersByTime(5);
    const second = socket.send('pause', {}).command.id;
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(second > first).toBe(true);
  });
});

describe('any order of drops, answers and commands', () => {
  // Every sequence of six happenings. Whatever happens, each command is settled once
  // a socket lives long enough, took effect once, and in the order it was given.
  const happenings = ['send', 'answer', 'lose', 'refuse'] as const;
  type Happening = (typeof happenings)[number];
  const sequences: Happening[][] = happenings.flatMap((a) =>
    happenings.flatMap((b) =>
      happenings.flatMap((c) =>
        happenings.flatMap((d) => happenings.map((e) => ['send', a, b, c, d, e] as Happening[])),
      ),
    ),
  );

  it('settles every command exactly once', async () => {
    for (const sequence of sequences) {
      FakeSocket.all = [];
      start();
      const taken: string[] = []; // ids in the order the server took effect
      const seen = new Set<string>();
      const settled: string[] = [];
      const given: string[] = [];
      // The server takes what it reads, once an id; it answers only when told to.
      const answer = (refuse: boolean, most: number) => {
        const open = FakeSocket.last.sent.filter(
          (frame) => frame.do === 'pause' && kept.some((k) => k.id === frame.id),
        );
        for (const frame of open.slice(0, most)) {
          const id = frame.id as string;
          if (!seen.has(id)) taken.push(id);
          seen.add(id);
          FakeSocket.last.says(
            refuse ? { is: 'refused', id, code: 'no', message: '' } : { is: 'done', id },
          );
        }
      };
      FakeSocket.last.welcomes();
      for (const happening of sequence) {
        if (happening === 'send') {
          const { command, settled: done } = socket.send('pause', {});
          given.push(command.id);
          done.then(() => settled.push(command.id));
        } else if (happening === 'lose') {
          FakeSocket.last.ends(1006);
          vi.advanceTimersByTime(TIMES.backoffMost);
          FakeSocket.last.welcomes();
        } else answer(happening === 'refuse', 1);
      }
      answer(false, 99);
      await vi.advanceTimersByTimeAsync(0);
      expect(settled, sequence.join(' ')).toEqual(given);
      expect(taken, sequence.join(' ')).toEqual(given);
      expect(kept).toEqual([]);
      socket.close();
    }
  });
});
