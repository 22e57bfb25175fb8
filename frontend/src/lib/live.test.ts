import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeSocket } from './fake-socket';
import type { PartnerView } from './live.gen';
import { DRAFT_WITHIN, LiveSession, type Shelf } from './live.svelte';
import { TIMES } from './socket';

let live: LiveSession<PartnerView>;
let stored: Map<string, string>;
const shelf: Shelf = {
  get: (key) => stored.get(key),
  set: (key, value) => void (value === undefined ? stored.delete(key) : stored.set(key, value)),
};

function start() {
  FakeSocket.all = [];
  live = new LiveSession<PartnerView>({ session: 's', shelf });
  live.open();
}

function reconnect() {
  FakeSocket.last.ends(1006);
  vi.advanceTimersByTime(TIMES.backoffMost);
  FakeSocket.last.welcomes();
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-23T10:00:00Z') });
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.spyOn(Math, 'random').mockReturnValue(1);
  stored = new Map();
  start();
});

afterEach(() => {
  live.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a live session', () => {
  it('shows what the server said and allows what the server allows', () => {
    expect(live.may('ready')).toBe(false);
    FakeSocket.last.welcomes({ phase: 'exercise', you_may: ['ready'] });
    expect(live.view?.phase).toBe('exercise');
    expect(live.may('ready')).toBe(true);
    expect(live.may('pause')).toBe(false);
  });

  it('guesses nothing: a command changes the view only when the server says so', () => {
    FakeSocket.last.welcomes({ phase: 'exercise', you_may: ['pause'] });
    live.send('pause', {});
    expect(live.view?.phase).toBe('exercise');
    expect(live.sending('pause')).toBe(true);
    FakeSocket.last.says({ is: 'view', rev: 2, now: '', view: { phase: 'paused', you_may: [] } });
    FakeSocket.last.says({ is: 'done', id: FakeSocket.last.wrote('pause')[0]?.id });
    expect(live.view?.phase).toBe('paused');
    expect(live.sending('pause')).toBe(false);
  });

  it('takes a lower number on a new socket for what it is: newer', () => {
    FakeSocket.last.welcomes({ phase: 'exercise' }, 40);
    FakeSocket.last.ends(1006);
    vi.advanceTimersByTime(TIMES.backoffMost);
    FakeSocket.last.welcomes({ phase: 'paused' }, 1);
    expect(live.view?.phase).toBe('paused');
  });

  it('tells of a refusal until the next command', () => {
    FakeSocket.last.welcomes();
    live.send('ready', { step: 'old' });
    FakeSocket.last.says({
      is: 'refused',
      id: FakeSocket.last.wrote('ready')[0]?.id,
      code: 'stale_step',
      message: 'm',
    });
    expect(live.refusal).toEqual({ do: 'ready', code: 'stale_step', message: 'm' });
    live.send('pause', {});
    expect(live.refusal).toBeUndefined();
  });

  it('keeps unsettled commands over a reload and sends them with their ids', () => {
    live.send('submit', { step: '1.1.1', text: 'words' });
    live.close();
    start();
    expect(live.sending('submit')).toBe(true);
    FakeSocket.last.welcomes();
    const id = FakeSocket.last.wrote('submit')[0]?.id;
    expect(FakeSocket.last.wrote('submit')).toHaveLength(1);
    FakeSocket.last.says({ is: 'done', id });
    expect(stored.size).toBe(0);
  });
});

describe('words being typed', () => {
  it('reach the server within two seconds, the newest only', () => {
    FakeSocket.last.welcomes();
    live.draft('1.1.1', 'I');
    live.draft('1.1.1', 'I wish');
    expect(live.draftState).toBe('saving');
    vi.advanceTimersByTime(DRAFT_WITHIN);
    expect(DRAFT_WITHIN).toBeLessThanOrEqual(2000);
    const [draft, ...more] = FakeSocket.last.wrote('draft');
    expect(more).toEqual([]);
    expect(draft).toMatchObject({ step: '1.1.1', text: 'I wish' });
    FakeSocket.last.says({ is: 'done', id: draft?.id });
    expect(live.draftState).toBe('saved');
    expect(stored.size).toBe(0);
  });

  it('are saved when the page goes away', () => {
    FakeSocket.last.welcomes();
    live.draft('1.1.1', 'half a');
    window.dispatchEvent(new Event('pagehide'));
    expect(FakeSocket.last.wrote('draft')).toHaveLength(1);
  });

  it('are not called saved while newer ones are waiting', () => {
    FakeSocket.last.welcomes();
    live.draft('1.1.1', 'a');
    vi.advanceTimersByTime(DRAFT_WITHIN);
    live.draft('1.1.1', 'ab');
    FakeSocket.last.says({ is: 'done', id: FakeSocket.last.wrote('draft')[0]?.id });
    expect(live.draftState).toBe('saving');
    vi.advanceTimersByTime(DRAFT_WITHIN);
    expect(FakeSocket.last.wrote('draft')[1]).toMatchObject({ text: 'ab' });
  });

  it('typed without a network are sent when it is back, and outlive a reload', () => {
    FakeSocket.last.welcomes();
    FakeSocket.last.ends(1006);
    live.draft('1.1.1', 'offline words');
    vi.advanceTimersByTime(DRAFT_WITHIN);
    expect(live.draftState).toBe('saving');
    live.close();
    start();
    expect(live.restored).toEqual({ '1.1.1': 'offline words' });
    FakeSocket.last.welcomes();
    expect(FakeSocket.last.wrote('draft')[0]).toMatchObject({ text: 'offline words' });
  });

  it('never follow the answer that was made of them', () => {
    FakeSocket.last.welcomes();
    live.draft('1.1.1', 'done');
    live.send('submit', { step: '1.1.1', text: 'done' });
    vi.advanceTimersByTime(10 * DRAFT_WITHIN);
    reconnect();
    expect(FakeSocket.all.flatMap((socket) => socket.wrote('draft'))).toEqual([]);
  });

  it('come back to their author when the answer is refused', () => {
    FakeSocket.last.welcomes();
    live.send('submit', { step: '1.1.1', text: 'too long' });
    FakeSocket.last.says({
      is: 'refused',
      id: FakeSocket.last.wrote('submit')[0]?.id,
      code: 'text_too_long',
      message: '',
    });
    expect(live.restored['1.1.1']).toBe('too long');
    vi.advanceTimersByTime(DRAFT_WITHIN);
    expect(FakeSocket.last.wrote('draft')[0]).toMatchObject({ text: 'too long' });
  });

  it('given back by the server do not overwrite what was typed since', () => {
    live.draft('1.1.1', 'newer');
    FakeSocket.last.welcomes();
    FakeSocket.last.says({ is: 'draft', step: '1.1.1', text: 'older' });
    expect(live.restored['1.1.1']).toBeUndefined();
    FakeSocket.last.says({ is: 'draft', step: '1.4.1', text: 'other step' });
    expect(live.restored['1.4.1']).toBe('other step');
  });
});
