import { beforeEach, describe, expect, it, vi } from 'vitest';
import { leaveTarget, ShiftThrice } from './partner-leave';
import { PartnerShelf } from './partner-shelf';
import { WordsKept } from './partner-words-kept';

beforeEach(() => sessionStorage.clear());

describe('the shelf', () => {
  it('keeps over a reload, and leaves nothing behind at the end', () => {
    const shelf = new PartnerShelf();
    shelf.set('words.1.1.1', 'private');
    expect(new PartnerShelf().get('words.1.1.1')).toBe('private');
    shelf.end();
    expect(sessionStorage.length).toBe(0);
    expect(shelf.get('words.1.1.1')).toBeUndefined();
  });

  it('takes nothing after the end, until somebody begins anew', () => {
    const shelf = new PartnerShelf();
    shelf.end();
    shelf.set('unsaved', 'late');
    expect(sessionStorage.length).toBe(0);
    shelf.begin();
    shelf.set('unsaved', 'new');
    expect(shelf.get('unsaved')).toBe('new');
  });

  it('works from memory where the browser keeps nothing', () => {
    const broken = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('quota');
    });
    const shelf = new PartnerShelf();
    shelf.set('a', 'b');
    expect(shelf.lasting).toBe(false);
    expect(shelf.get('a')).toBe('b');
    broken.mockRestore();
  });
});

describe('words that were typed and not sent', () => {
  const device = { key: '1.2.1', audience: 'device' } as const;
  const sealed = { key: '1.3.1', audience: 'sealed' } as const;

  it('for this phone only never reach what saves to the server', () => {
    const save = vi.fn();
    const shelf = new PartnerShelf();
    const words = new WordsKept(shelf, save);
    words.put(device, 'mine alone');
    expect(save).not.toHaveBeenCalled();
    expect(new WordsKept(shelf, save).of(device, {})).toBe('mine alone');
  });

  it('for others are saved, and never stand on the phone', () => {
    const save = vi.fn();
    new WordsKept(new PartnerShelf(), save).put(sealed, 'later together');
    expect(save).toHaveBeenCalledWith('1.3.1', 'later together');
    expect(sessionStorage.length).toBe(0);
  });

  it('typed here go before what the server kept, and are there when the step comes again', () => {
    const words = new WordsKept(new PartnerShelf(), vi.fn());
    expect(words.of(sealed, { '1.3.1': 'kept' })).toBe('kept');
    words.put(sealed, 'typed');
    expect(words.of(sealed, { '1.3.1': 'kept' })).toBe('typed');
    expect(words.of({ ...sealed, key: '1.3.2' }, {})).toBe('typed');
    expect(words.of({ ...sealed, key: '1.30.1' }, {})).toBeUndefined();
    words.sent('1.3.1');
    expect(words.of({ ...sealed, key: '1.3.2' }, {})).toBeUndefined();
  });
});

describe('leaving', () => {
  it('goes to a web address and to nothing else', () => {
    expect(leaveTarget('https://weather.example/today')).toBe('https://weather.example/today');
    for (const bad of [undefined, '', 'weather', 'javascript:alert(1)', 'data:text/html,x'])
      expect(leaveTarget(bad)).toBe('/left');
  });

  it('takes three presses of Shift within five seconds, with nothing between', () => {
    const shift = new ShiftThrice();
    expect([0, 100, 200].map((at) => shift.key('Shift', at))).toEqual([2, 1, 0]);
    const slow = new ShiftThrice();
    expect([0, 2600, 5200].map((at) => slow.key('Shift', at))).toEqual([2, 1, 1]);
    const typing = new ShiftThrice();
    expect([typing.key('Shift', 0), typing.key('A', 10), typing.key('Shift', 20)]).toEqual([
      2, 3, 2,
    ]);
  });
});
