import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SteadyPresence, settles } from './desk-presence.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a phone that is back within seconds was never away', () => {
  const presence = new SteadyPresence();
  presence.hear('one', 'here');
  presence.hear('one', 'away');
  vi.advanceTimersByTime(settles - 1);
  expect(presence.of('one').presence).toBe('here');
  presence.hear('one', 'here');
  vi.advanceTimersByTime(settles * 2);
  expect(presence.of('one').presence).toBe('here');
});

test('who stays away is shown away, since when they went', () => {
  const presence = new SteadyPresence();
  presence.hear('two', 'writing');
  const went = Date.now();
  presence.hear('two', 'away');
  vi.advanceTimersByTime(settles);
  expect(presence.of('two')).toEqual({ presence: 'away', since: went });
});

test('coming back, and beginning to write, show at once', () => {
  const presence = new SteadyPresence();
  presence.hear('one', 'lobby');
  expect(presence.of('one').presence).toBe('lobby');
  presence.hear('one', 'writing');
  expect(presence.of('one').presence).toBe('writing');
});

test('a pause for thought between two words is still writing', () => {
  const presence = new SteadyPresence();
  presence.hear('one', 'writing');
  presence.hear('one', 'here');
  vi.advanceTimersByTime(1000);
  expect(presence.of('one').presence).toBe('writing');
  vi.advanceTimersByTime(settles);
  expect(presence.of('one').presence).toBe('here');
});

test('one partner never changes what is shown of the other', () => {
  const presence = new SteadyPresence();
  presence.hear('one', 'here');
  presence.hear('two', 'writing');
  presence.hear('one', 'away');
  vi.advanceTimersByTime(settles);
  expect(presence.of('two').presence).toBe('writing');
});
