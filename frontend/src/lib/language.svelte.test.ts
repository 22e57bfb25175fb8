import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { atTime, onDay } from './desk-time';
import { t as desk } from './desk-words';
import { listed, span } from './format';
import { choose, chosen, forgetLanguage, language, locale, speak } from './language.svelte';
import { t } from './partner-words';
import { refused } from './refusal-words';

const browser = (...tags: string[]) => {
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(tags);
  vi.spyOn(navigator, 'language', 'get').mockReturnValue(tags[0] ?? '');
};

beforeEach(() => speak('en'));
afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

describe('the language of the page', () => {
  it('changes every message, the document’s language, and whatever shows them', async () => {
    const shown: string[] = [];
    const stop = $effect.root(() => {
      $effect(() => {
        shown.push(t.bar.help());
      });
    });
    flushSync();
    await speak('es');
    flushSync();
    stop();
    expect(shown).toEqual(['Help', 'Ayuda']);
    expect(document.documentElement.lang).toBe('es');
    expect(document.documentElement.dir).toBe('ltr');
    expect(desk.today.new()).toBe('Nueva sesión');
  });

  it('counts by the rules of the language', async () => {
    expect(desk.couples.count({ count: 1 })).toBe('1 session');
    await speak('es');
    expect(desk.couples.count({ count: 0 })).toBe('sin sesiones');
    expect(desk.couples.count({ count: 2 })).toBe('2 sesiones');
  });

  it('is the last one that was asked for, however the fetches end', async () => {
    await Promise.all([speak('es'), speak('en'), speak('es')]);
    expect(language()).toBe('es');
    expect(t.bar.help()).toBe('Ayuda');
  });

  it('is remembered on this device until it is forgotten', async () => {
    expect(chosen()).toBeUndefined();
    await choose('es');
    expect(chosen()).toBe('es');
    forgetLanguage();
    expect(chosen()).toBeUndefined();
    localStorage.setItem('mend.language', 'toString');
    expect(chosen()).toBeUndefined();
  });

  it('says a refusal by its code, and a newer one in the server’s words', async () => {
    await speak('es');
    expect(refused({ code: 'paused', message: 'The session is paused.' })).toBe(
      'La sesión está en pausa.',
    );
    expect(refused({ code: 'newer', message: 'Not now.' })).toBe('Not now.');
  });
});

describe('days, times and numbers', () => {
  it('are written in the language, with the region of whoever reads it', async () => {
    browser('de-AT', 'en-GB');
    expect(locale()).toBe('en-GB');
    expect(onDay('2026-11-23')).toBe('23 November 2026');
    await speak('es');
    expect(locale()).toBe('es-AT');
    expect(onDay('2026-11-23')).toBe('23 de noviembre de 2026');
    expect(listed(['A', 'B', 'C'])).toBe('A, B y C');
    browser('en');
    expect(locale()).toBe('es');
  });

  it('follow the region’s clock', async () => {
    const at = new Date(2026, 10, 23, 15, 20).toISOString();
    browser('en-GB');
    expect(atTime(at)).toBe('15:20');
    browser('en-US');
    expect(atTime(at)).toMatch(/^3:20\sPM$/);
  });

  it('are durations to the second, and never below nothing', () => {
    expect([250, 3723, -4, 59.6].map(span)).toEqual(['4:10', '1:02:03', '0:00', '1:00']);
  });
});
