import { locale } from './language.svelte';

// Numbers, days and lists as the reader writes them. Every function looks the language
// up when it is called, so that what a template shows follows a change of it.

/** Makes a format once a locale, since that is the dear part. */
function each<F>(make: (locale: string) => F): () => F {
  let made: F | undefined;
  let of = '';
  return () => {
    const now = locale();
    if (made === undefined || of !== now) [made, of] = [make(now), now];
    return made;
  };
}

/** A way to write moments down. */
export function dateFormat(options: Intl.DateTimeFormatOptions): (at: Date) => string {
  const format = each((locale) => new Intl.DateTimeFormat(locale, options));
  return (at) => format().format(at);
}

const conjunction = each((locale) => new Intl.ListFormat(locale, { type: 'conjunction' }));

/** A, B, and C */
export const listed = (words: Iterable<string>): string => conjunction().format(words);

const bare = each((locale) => new Intl.NumberFormat(locale, { useGrouping: false }));
const two = each((locale) => new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 }));

/** 4:10, 1:02:03. Negative time, past a deadline, is shown as 0:00. */
export function span(seconds: number): string {
  const all = Math.max(0, Math.round(seconds));
  const h = Math.floor(all / 3600);
  const m = Math.floor((all % 3600) / 60);
  const s = two().format(all % 60);
  if (h === 0) return `${bare().format(m)}:${s}`;
  return `${bare().format(h)}:${two().format(m)}:${s}`;
}

/** A bare date is a day here, not midnight in Greenwich. */
export const date = (iso: string): Date =>
  new Date(/^\d{4}-\d{2}-\d{2}$/.test(iso) ? `${iso}T12:00` : iso);

const days = each((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long' }));

/** 3 – 24 November 2026 */
export const daySpan = (from: string, to: string): string =>
  days().formatRange(date(from), date(to));

const languages = each((locale) => new Intl.DisplayNames(locale, { type: 'language' }));

/** A language as the reader calls it. */
export const languageName = (tag: string): string => languages().of(tag) ?? tag;
