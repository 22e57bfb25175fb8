// Dates and times as a counselor reads them, in the browser's own language and zone.

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const exact = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const weekday = new Intl.DateTimeFormat(undefined, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});

/** 10:20 */
export const atTime = (iso: string) => clock.format(new Date(iso));
/** 10:20:31 */
export const atSecond = (iso: string) => exact.format(new Date(iso));
/** 23 November 2026 */
export const onDay = (iso: string) => day.format(date(iso));
/** 23 Nov */
export const onShortDay = (iso: string) => short.format(date(iso));
/** Monday, 23 November */
export const onWeekday = (iso: string) => weekday.format(date(iso));
/** 23 November 2026, 10:20 */
export const atDayAndTime = (iso: string) => `${onDay(iso)}, ${atTime(iso)}`;

// A bare date is a day here, not midnight in Greenwich.
const date = (iso: string) => new Date(/^\d{4}-\d{2}-\d{2}$/.test(iso) ? `${iso}T12:00` : iso);

/** Whether two moments fall on the same day here. */
export const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

/** 4:10, 1:02:03. Negative time, past a deadline, is shown as 0:00. */
export function span(seconds: number): string {
  const all = Math.max(0, Math.round(seconds));
  const h = Math.floor(all / 3600);
  const m = Math.floor((all % 3600) / 60);
  const s = String(all % 60).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/** What a datetime-local field holds for a moment, in the browser's zone. */
export function toField(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The moment that a datetime-local field names, as RFC 3339 in UTC. */
export function fromField(value: string): string | undefined {
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
