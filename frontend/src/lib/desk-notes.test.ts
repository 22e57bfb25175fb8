import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Fault } from './api';
import type { Note, PutNote } from './api.gen';
import { confirmed, joined, moved, openLines, recast } from './desk-note';
import { type Kept, NoteKeeper, type Shelf } from './desk-notes.svelte';

// A server that keeps versions the way Mend's does.
class Desk {
  note: Note = blank();
  kept: Kept | undefined;
  down = false;
  puts: PutNote[] = [];
  gate: Promise<void> | undefined;

  shelf: Shelf = {
    keeps: true,
    read: async () => this.kept,
    keep: (note) => {
      this.kept = note;
    },
    clear: () => {
      this.kept = undefined;
    },
  };

  keeper(): NoteKeeper {
    return new NoteKeeper({
      kind: 'progress',
      load: async () => {
        if (this.down) throw new Fault(0, 'offline', '');
        return this.note;
      },
      save: async (put) => {
        this.puts.push(put);
        await this.gate;
        if (this.down) throw new Fault(0, 'offline', '');
        if (put.version !== this.note.version)
          throw new Fault(409, 'stale_version', 'Moved on.', { note: this.note });
        this.other(put.sections.text ?? '', put);
        return this.note;
      },
      shelf: this.shelf,
    });
  }

  /** Another window saves. */
  other(text: string, put?: PutNote): void {
    this.note = {
      ...this.note,
      format: put?.format ?? this.note.format,
      sections: put?.sections ?? { text },
      version: this.note.version + 1,
      saved_at: '2026-11-23T10:20:31Z',
    };
  }
}

function blank(): Note {
  return { kind: 'progress', format: 'free', sections: {}, version: 0, addenda: [], versions: [] };
}

let desk: Desk;
beforeEach(() => {
  vi.useFakeTimers();
  desk = new Desk();
});
afterEach(() => vi.useRealTimers());

async function opened(): Promise<NoteKeeper> {
  const keeper = desk.keeper();
  await keeper.open();
  return keeper;
}

test('what is typed reaches the server within a second, once', async () => {
  const keeper = await opened();
  keeper.write('text', 'a');
  keeper.write('text', 'ab');
  expect(keeper.standing).toBe('typing');
  await vi.advanceTimersByTimeAsync(1000);
  expect(desk.puts.map((p) => p.sections.text)).toEqual(['ab']);
  expect(keeper.standing).toBe('saved');
  expect(keeper.savedAt).toBe('2026-11-23T10:20:31Z');
});

test('someone who never stops typing is saved each second all the same', async () => {
  const keeper = await opened();
  for (let i = 0; i < 30; i++) {
    keeper.write('text', 'x'.repeat(i));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(desk.puts.length).toBeGreaterThanOrEqual(2);
});

test('words stay on this computer until the server has said that it has them', async () => {
  let arrive = () => {};
  desk.gate = new Promise((done) => {
    arrive = done;
  });
  const keeper = await opened();
  keeper.write('text', 'held');
  await vi.advanceTimersByTimeAsync(1000);
  expect(keeper.standing).toBe('saving');
  expect(desk.kept?.sections.text).toBe('held');
  arrive();
  await vi.advanceTimersByTimeAsync(0);
  expect(desk.kept).toBeUndefined();
});

test('what is typed while a save travels is saved upon the version it made', async () => {
  let arrive = () => {};
  desk.gate = new Promise((done) => {
    arrive = done;
  });
  const keeper = await opened();
  keeper.write('text', 'one');
  await vi.advanceTimersByTimeAsync(1000);
  keeper.write('text', 'one two');
  arrive();
  desk.gate = undefined;
  await vi.advanceTimersByTimeAsync(2000);
  expect(desk.puts.map((p) => p.version)).toEqual([0, 1]);
  expect(desk.note.sections.text).toBe('one two');
  expect(keeper.standing).toBe('saved');
});

test('without a network it waits, says so, keeps the words and tries again', async () => {
  const keeper = await opened();
  desk.down = true;
  keeper.write('text', 'offline words');
  await vi.advanceTimersByTimeAsync(1000);
  expect(keeper.standing).toBe('waiting');
  expect(keeper.unsaved).toBe(true);
  expect(desk.kept?.sections.text).toBe('offline words');
  desk.down = false;
  await vi.advanceTimersByTimeAsync(5000);
  expect(desk.note.sections.text).toBe('offline words');
  expect(keeper.standing).toBe('saved');
});

test('another window is never overwritten: both texts are shown', async () => {
  const keeper = await opened();
  keeper.write('text', 'mine');
  desk.other('theirs');
  await vi.advanceTimersByTimeAsync(1000);
  expect(keeper.standing).toBe('conflict');
  expect(keeper.sections.text).toBe('mine');
  expect(keeper.theirs?.sections.text).toBe('theirs');
  keeper.write('text', 'mine still');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(desk.note.sections.text).toBe('theirs');
  expect(desk.kept?.sections.text).toBe('mine still');
});

test.each([
  ['mine', 'mine'],
  ['theirs', 'theirs'],
  ['both', 'theirs\nmine'],
] as const)('a conflict settled as %s ends with that text', async (how, text) => {
  const keeper = await opened();
  keeper.write('text', 'mine');
  desk.other('theirs');
  await vi.advanceTimersByTimeAsync(1000);
  keeper.settle(how);
  await vi.advanceTimersByTimeAsync(1000);
  expect(desk.note.sections.text).toBe(text);
  expect(keeper.sections.text).toBe(text);
  expect(keeper.standing).toBe('saved');
  expect(desk.kept).toBeUndefined();
});

test('two windows that say the same are no conflict', async () => {
  const keeper = await opened();
  keeper.write('text', 'same');
  desk.other('same');
  await vi.advanceTimersByTimeAsync(1000);
  expect(keeper.standing).toBe('saved');
});

test('words left behind by a crash are found and saved', async () => {
  desk.kept = {
    format: 'free',
    sections: { text: 'left behind' },
    version: 0,
    base: { format: 'free', sections: {} },
  };
  const keeper = await opened();
  expect(keeper.recovered).toBe(true);
  expect(keeper.sections.text).toBe('left behind');
  await vi.advanceTimersByTimeAsync(1000);
  expect(desk.note.sections.text).toBe('left behind');
});

test('words left behind by a crash are shown beside what was saved since', async () => {
  desk.other('saved since');
  desk.kept = {
    format: 'free',
    sections: { text: 'left behind' },
    version: 0,
    base: { format: 'free', sections: {} },
  };
  const keeper = await opened();
  expect(keeper.standing).toBe('conflict');
  expect(keeper.theirs?.sections.text).toBe('saved since');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(desk.puts).toEqual([]);
});

test('a signed note takes no more words', async () => {
  desk.note = {
    ...blank(),
    sections: { text: 'final' },
    version: 3,
    signed_at: '2026-11-23T11:00:00Z',
  };
  const keeper = await opened();
  keeper.write('text', 'more');
  keeper.choose('dap');
  await vi.advanceTimersByTimeAsync(5000);
  expect(keeper.sections.text).toBe('final');
  expect(desk.puts).toEqual([]);
});

test('a note that cannot be opened says so, takes no words, and opens later', async () => {
  desk.down = true;
  const keeper = desk.keeper();
  await keeper.open();
  expect(keeper.standing).toBe('closed');
  keeper.write('text', 'lost?');
  expect(desk.kept).toBeUndefined();
  desk.down = false;
  await keeper.open();
  expect(keeper.standing).toBe('saved');
});

test('turning to another format loses no word', () => {
  expect(recast({ text: 'free words' }, 'dap')).toEqual({ data: 'free words' });
  expect(recast({ subjective: 's', objective: 'o', assessment: 'a', plan: 'p' }, 'dap')).toEqual({
    data: 's\n\no',
    assessment: 'a',
    plan: 'p',
  });
  expect(recast({ data: 'd', plan: 'p' }, 'free')).toEqual({ text: 'd\n\np' });
});

test('joining two texts repeats nothing', () => {
  expect(joined({ plan: 'same', data: 'a' }, { plan: 'same', data: 'b' })).toEqual({
    plan: 'same',
    data: 'a\n\nb',
  });
});

test('each unconfirmed line can be kept as true or taken out, by itself', () => {
  const sections = { data: '[?] one\nkept\n[?] two', plan: '[?] three' };
  expect(openLines(sections).map((l) => l.text)).toEqual(['one', 'two', 'three']);
  const once = confirmed(sections, { part: 'data', line: 2 }, true);
  expect(once.data).toBe('[?] one\nkept\ntwo');
  expect(confirmed(once, { part: 'data', line: 0 }, false).data).toBe('kept\ntwo');
  expect(confirmed(sections, { part: 'data', line: 1 }, false)).toEqual(sections);
});

test('what two windows wrote in different lines is put together, and saved', async () => {
  desk.other('one\ntwo\nthree');
  const keeper = await opened();
  keeper.write('text', 'one, mine\ntwo\nthree');
  desk.other('one\ntwo\nthree\nfour, theirs');
  await vi.advanceTimersByTimeAsync(3000);
  expect(desk.note.sections.text).toBe('one, mine\ntwo\nthree\nfour, theirs');
  expect(keeper.together).toBe(true);
  expect(keeper.standing).toBe('saved');
});

test('at each clash one may be chosen, and the rest is put together', async () => {
  desk.other('a\nb\nc\nd\ne');
  const keeper = await opened();
  keeper.write('text', 'a1\nb\nc\nd\ne1');
  desk.other('a2\nb\nc and more\nd\ne2');
  await vi.advanceTimersByTimeAsync(1000);
  expect(keeper.clashes.map((c) => [c.mine, c.theirs])).toEqual([
    ['a1', 'a2'],
    ['e1', 'e2'],
  ]);
  keeper.pick(0, 'mine');
  keeper.settle();
  expect(keeper.standing).toBe('conflict');
  keeper.pick(1, 'both');
  keeper.settle();
  await vi.advanceTimersByTimeAsync(1000);
  expect(desk.note.sections.text).toBe('a1\nb\nc and more\nd\ne2\ne1');
});

test('a window that looks again learns what another wrote, and keeps what is typed in it', async () => {
  desk.other('one\ntwo');
  const keeper = await opened();
  desk.other('one\ntwo\nthree');
  await keeper.refresh();
  expect(keeper.sections.text).toBe('one\ntwo\nthree');
  keeper.write('text', 'one, mine\ntwo\nthree');
  desk.other('one\ntwo\nthree\nfour');
  await keeper.refresh();
  expect(keeper.sections.text).toBe('one, mine\ntwo\nthree\nfour');
  await vi.advanceTimersByTimeAsync(1000);
  expect(desk.note.sections.text).toBe('one, mine\ntwo\nthree\nfour');
});

test('words that a signature elsewhere shut out are kept for an addendum', async () => {
  desk.other('signed words');
  const keeper = await opened();
  keeper.write('text', 'signed words\nand these');
  desk.note = { ...desk.note, signed_at: '2026-11-23T11:00:00Z' };
  await keeper.refresh();
  expect(keeper.standing).toBe('conflict');
  keeper.settle('theirs');
  expect(keeper.signed).toBe(true);
  expect(keeper.rescued).toBe('and these');
});

test('an old version is taken back as a new one, and named apart from the typing', async () => {
  const keeper = await opened();
  keeper.write('text', 'now');
  await vi.advanceTimersByTimeAsync(1000);
  await keeper.takeBack({ format: 'dap', sections: { data: 'once' } });
  expect(desk.note.sections).toEqual({ data: 'once' });
  expect(desk.puts.map((p) => p.window === undefined)).toEqual([false, true]);
});

test('a cursor stays with its own words where others come in around it', () => {
  const before = 'one\ntwo\nthree';
  expect(moved(5, before, 'zero\none\ntwo\nthree')).toBe(10);
  expect(moved(5, before, 'one\ntwo\nthree\nfour')).toBe(5);
  expect(moved(before.length, before, `zero\n${before}`)).toBe(before.length + 5);
  expect(moved(5, before, '')).toBe(0);
});
