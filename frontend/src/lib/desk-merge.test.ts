import { expect, test } from 'vitest';
import { assembled, changes, clashes, merge } from './desk-merge';

const text = (s: string) => ({ text: s });

test('what only one window changed is taken from that window', () => {
  const merged = merge(
    text('one\ntwo\nthree'),
    text('one, mine\ntwo\nthree'),
    text('one\ntwo\nthree\nfour'),
  );
  expect(clashes(merged)).toEqual([]);
  expect(assembled(merged, [])).toEqual(text('one, mine\ntwo\nthree\nfour'));
});

test('each part is merged by itself', () => {
  const merged = merge(
    { data: 'd', plan: 'p' },
    { data: 'd mine', plan: 'p' },
    { data: 'd', plan: 'p theirs' },
  );
  expect(assembled(merged, [])).toEqual({ data: 'd mine', plan: 'p theirs' });
});

test('the same change in both is no clash', () => {
  expect(clashes(merge(text('a'), text('b'), text('b')))).toEqual([]);
});

test('where both changed the same lines nothing is chosen, and nothing is lost', () => {
  const merged = merge(text('top\nold\nend'), text('top\nmine\nend'), text('top\ntheirs\nend'));
  expect(clashes(merged)).toEqual([{ part: 'text', mine: 'mine', theirs: 'theirs' }]);
  expect(assembled(merged, ['mine'])).toEqual(text('top\nmine\nend'));
  expect(assembled(merged, ['theirs'])).toEqual(text('top\ntheirs\nend'));
  expect(assembled(merged, ['both'])).toEqual(text('top\ntheirs\nmine\nend'));
});

test('two notes begun apart are both kept', () => {
  const merged = merge({}, text('mine'), text('theirs'));
  expect(assembled(merged, ['both'])).toEqual(text('theirs\nmine'));
});

test('a change is told word by word', () => {
  expect(changes('They spoke of tea.', 'They spoke calmly of tea.\nThen left.')).toEqual([
    { of: 'both', text: 'They spoke ' },
    { of: 'now', text: 'calmly ' },
    { of: 'both', text: 'of tea.' },
    { of: 'now', text: '\nThen left.' },
  ]);
  expect(changes('', '')).toEqual([]);
});
