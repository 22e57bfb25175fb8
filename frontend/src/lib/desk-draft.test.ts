import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Fault } from './api';
import type { ExerciseSource, Scope } from './api.gen';
import { type DraftWays, ExerciseDraft, type KeptDraft, type Tagged } from './desk-draft.svelte';
import { MAX_REQUEST } from './desk-source';

const source = (version: number, words = '') => `id: x\nversion: ${version}\ntitle: ${words}\n`;
const tagged = (version: number, words = '', tag = `"${version}"`): Tagged => ({
  value: { id: 'x', version, origin: 'mine', scope: 'private', source: source(version, words) },
  tag,
});
const wrong = { line: 3, path: 'title', code: 'c', message: 'Wrong', mend: 'Mend it' };

/** A server that keeps one exercise, and a computer with a place for a draft. */
function world(kept?: KeptDraft) {
  const state = { now: tagged(1), kept, asked: [] as string[], sent: [] as string[] };
  const ways: DraftWays = {
    lint: vi.fn(async (text: string) => {
      state.asked.push(text);
      return { problems: text.includes('wrong') ? [wrong] : [] };
    }),
    create: vi.fn(async ({ source, scope }) => {
      state.sent.push(source);
      return { value: { ...tagged(1).value, source, scope }, tag: '"1"' };
    }),
    save: vi.fn(async (_id, { source, scope }: { source: string; scope: Scope }, tag: string) => {
      if (tag !== state.now.tag) throw new Fault(412, 'stale_version', '');
      if (source.includes('wrong'))
        throw new Fault(422, 'not_an_exercise', 'No.', { problems: [wrong] });
      state.sent.push(source);
      const version = Number(/version: (\d+)/.exec(source)?.[1]);
      const value: ExerciseSource = { ...state.now.value, source, scope, version };
      state.now = { value, tag: `"${version}-${scope}"` };
      return state.now;
    }),
    load: vi.fn(async () => state.now),
    shelf: {
      read: () => state.kept,
      keep: (draft) => (state.kept = draft),
      clear: () => (state.kept = undefined),
    },
  };
  const open = () => new ExerciseDraft(ways, state.now.value.source, state.now);
  return { state, ways, open };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const settled = () => vi.advanceTimersByTimeAsync(500);

it('asks what is wrong once typing rests, and tells it of the newest text alone', async () => {
  const { state, open } = world();
  const draft = open();
  draft.write(source(1, 'wr'));
  draft.write(source(1, 'wrong'));
  await settled();
  expect(state.asked).toEqual([source(1), source(1, 'wrong')]);
  expect(draft.problems).toEqual([wrong]);
  draft.close();
});

it('saves a change under a higher version, and a scope under the same', async () => {
  const { state, open } = world();
  const draft = open();
  draft.write(source(1, 'Two'));
  expect(state.kept?.text).toBe(source(1, 'Two'));
  expect(await draft.save()).toMatchObject({ version: 2 });
  expect(draft.text).toBe(source(2, 'Two'));
  expect(draft.unsaved).toBe(false);
  expect(state.kept).toBeUndefined();
  draft.share('practice');
  expect(await draft.save()).toMatchObject({ version: 2, scope: 'practice' });
  draft.close();
});

it('never saves over what another window saved, and shows both', async () => {
  const { state, open } = world();
  const draft = open();
  draft.write(source(1, 'Mine'));
  state.now = tagged(4, 'Theirs');
  expect(await draft.save()).toBeUndefined();
  expect(draft.theirs).toEqual(state.now.value);
  expect(draft.text).toContain('Mine');
  expect(await draft.save()).toBeUndefined();
  expect(state.sent).toEqual([]);

  draft.settle('mine');
  expect(await draft.save()).toMatchObject({ version: 5 });
  expect(state.sent).toEqual([source(5, 'Mine')]);
  draft.close();
});

it('takes the other window’s words where that is chosen', async () => {
  const { state, open } = world();
  const draft = open();
  draft.write(source(1, 'Mine'));
  state.now = tagged(2, 'Theirs');
  await draft.save();
  draft.settle('theirs');
  expect(draft.text).toBe(source(2, 'Theirs'));
  expect(draft.unsaved).toBe(false);
  expect(state.kept).toBeUndefined();
  draft.close();
});

it('finds unsaved words again, and a newer save beside them is a choice', async () => {
  const kept: KeptDraft = { text: source(1, 'Kept'), scope: 'private', tag: '"1"' };
  const calm = world(kept).open();
  expect(calm.text).toBe(kept.text);
  expect(calm.recovered).toBe(true);
  expect(calm.theirs).toBeUndefined();
  calm.drop('');
  expect(calm.text).toBe(source(1));
  calm.close();

  const moved = world(kept);
  moved.state.now = tagged(2, 'Theirs');
  const torn = moved.open();
  expect(torn.theirs).toEqual(moved.state.now.value);
  torn.close();
});

it('tells what a refused save was refused for, and keeps the words', async () => {
  const { state, open } = world();
  const draft = open();
  draft.write(source(1, 'wrong'));
  expect(await draft.save()).toBeUndefined();
  expect(draft.problems).toEqual([wrong]);
  expect(state.kept?.text).toContain('wrong');
  draft.close();
});

it('sends nothing that is too large, and says so at the first line', async () => {
  const { ways, open } = world();
  const draft = open();
  draft.write('x'.repeat(MAX_REQUEST));
  await settled();
  expect(draft.problems).toMatchObject([{ line: 1, code: 'file-too-large' }]);
  expect(await draft.save()).toBeUndefined();
  expect(ways.lint).toHaveBeenCalledTimes(1);
  expect(ways.save).not.toHaveBeenCalled();
  draft.close();
});

it('waits for the server when it cannot be reached, and asks again', async () => {
  const { ways, open } = world();
  vi.mocked(ways.lint).mockRejectedValueOnce(new Fault(0, 'offline', ''));
  const draft = open();
  await settled();
  expect(draft.checked).toBe('waiting');
  await vi.advanceTimersByTimeAsync(5000);
  expect(draft.checked).toBe('checked');
  draft.close();
});

it('keeps what was deleted elsewhere as words that can be saved anew', async () => {
  const { ways, state, open } = world();
  const draft = open();
  draft.write(source(1, 'Still here'));
  vi.mocked(ways.save).mockRejectedValueOnce(new Fault(404, 'not_found', ''));
  expect(await draft.save()).toBeUndefined();
  expect(draft.saved).toBeUndefined();
  expect(await draft.save()).toMatchObject({ id: 'x' });
  expect(state.sent).toEqual([source(2, 'Still here')]);
  draft.close();
});
