import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { announce, listen, STANDS } from './announce';

let heard: string[];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  heard = [];
  stop = listen('polite', (text) => heard.push(text));
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

it('says one thing after the other, and none over another', () => {
  announce('The session is paused.');
  announce('Connected again.');
  expect(heard).toEqual(['The session is paused.']);
  vi.advanceTimersByTime(STANDS);
  expect(heard.at(-1)).toBe('Connected again.');
});

it('does not repeat itself in one breath, but says the same again later', () => {
  announce('Your turn to speak.');
  announce('Your turn to speak.');
  announce('Your turn to speak.');
  vi.advanceTimersByTime(3 * STANDS);
  expect(heard.filter((text) => text !== '')).toHaveLength(1);
  announce('Your turn to speak.');
  expect(heard.at(-1)).toBe('Your turn to speak.');
});

it('keeps what is urgent apart', () => {
  const urgent: string[] = [];
  const end = listen('urgent', (text) => urgent.push(text));
  announce('Sam’s turn.');
  announce('Your last answer was not sent.', 'urgent');
  expect(urgent).toEqual(['Your last answer was not sent.']);
  expect(heard).toEqual(['Sam’s turn.']);
  end();
});
