import { expect, test } from 'vitest';
import { action } from './desk-keys';

const press = (init: KeyboardEventInit) => action(new KeyboardEvent('keydown', init));

test('Alt, Shift and N together drop the room to the neutral screen', () => {
  expect(press({ altKey: true, shiftKey: true, code: 'KeyN', key: 'N' })).toBe('neutral');
  // A Mac's layout gives another character for it.
  expect(press({ altKey: true, shiftKey: true, code: 'KeyN', key: '˜' })).toBe('neutral');
});

test('no single key, and no other combination, does anything', () => {
  expect(press({ code: 'KeyN', key: 'n' })).toBeUndefined();
  expect(press({ shiftKey: true, code: 'KeyN', key: 'N' })).toBeUndefined();
  expect(press({ altKey: true, shiftKey: true, ctrlKey: true, code: 'KeyN' })).toBeUndefined();
  expect(press({ altKey: true, shiftKey: true, code: 'KeyN', repeat: true })).toBeUndefined();
});
