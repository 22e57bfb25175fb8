import languages from './languages.json';
import type { Compiled } from './words';

// The language this page speaks. Its messages come from catalogues, one a part of the
// page and a language, of which only those of the spoken language are fetched.

export type Language = keyof typeof languages;

/** Each language by its own name, in the order they are offered. */
export const offered = Object.entries(languages).map(([language, { name }]) => ({
  value: language as Language,
  label: name,
}));

const CHOICE = 'mend.language';

/** Whether it is one of those on offer. */
export const known = (tag: string | undefined): tag is Language =>
  tag !== undefined && Object.hasOwn(languages, tag);

/** What was chosen on this device before, if anything was. */
export function chosen(): Language | undefined {
  try {
    const kept = localStorage.getItem(CHOICE) ?? undefined;
    return known(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** The choice, else what the browser asks for, else English. */
const preferred = (): Language =>
  chosen() ?? navigator.languages.map((tag) => tag.slice(0, 2)).find(known) ?? 'en';

/** Speaks what this person chose, here and whenever this device opens a page again. */
export async function choose(language: Language): Promise<void> {
  await speak(language);
  try {
    localStorage.setItem(CHOICE, language);
  } catch {
    // It then holds for this page.
  }
}

/** Leaves nothing of a choice on this device. */
export function forgetLanguage() {
  try {
    localStorage.removeItem(CHOICE);
  } catch {
    // There was nothing it could have kept.
  }
}

type Loader = () => Promise<{ default: unknown }>;

class Catalogue {
  words = $state.raw<Record<PropertyKey, unknown>>({});
  constructor(readonly load: Record<Language, Loader>) {}
}

const catalogues: Catalogue[] = [];
let wanted = preferred();
let spoken = $state.raw<Language>(wanted);

/**
 * The messages of a part, in whatever language is spoken when they are read: what a
 * template reads is read anew when the language changes. Nothing may be read before
 * `worded()` has come true.
 */
export function catalogue<T>(load: Record<Language, Loader>): Compiled<T> {
  const made = new Catalogue(load);
  catalogues.push(made);
  return new Proxy(made, { get: ({ words }, key) => words[key] }) as unknown as Compiled<T>;
}

/** Waits until every catalogue that this page knows of is there. */
export async function worded(): Promise<void> {
  const language = wanted;
  const asked = [...catalogues];
  const loaded = await Promise.all(asked.map(({ load }) => load[language]()));
  if (language !== wanted) return;
  asked.forEach((each, i) => {
    each.words = loaded[i]?.default as Catalogue['words'];
  });
  spoken = language;
  document.documentElement.lang = language;
  document.documentElement.dir = languages[language].dir;
}

/** Speaks another language from now on; where it cannot be fetched, it goes on as before and throws. */
export async function speak(language: Language): Promise<void> {
  if (language === wanted && language === spoken) return;
  wanted = language;
  try {
    await worded();
  } catch (cause) {
    if (wanted === language) wanted = spoken;
    throw cause;
  }
}

/** What this page speaks now. */
export const language = (): Language => spoken;

/** The language as this person's browser knows it, with its region: for dates and numbers. */
export function locale(): string {
  const own = navigator.languages.find((tag) => tag.slice(0, 2) === spoken);
  if (own) return own;
  const { region } = new Intl.Locale(navigator.language);
  return region ? `${spoken}-${region}` : spoken;
}
