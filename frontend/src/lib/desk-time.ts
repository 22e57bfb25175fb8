import { date, dateFormat } from './format';

// Dates and times as a counselor reads them, in their language and the browser's zone.

const clock = dateFormat({ timeStyle: 'short' });
const exact = dateFormat({ timeStyle: 'medium' });
const day = dateFormat({ day: 'numeric', month: 'long', year: 'numeric' });
const medium = dateFormat({ dateStyle: 'medium' });
const short = dateFormat({ day: 'numeric', month: 'short' });
const weekday = dateFormat({ weekday: 'long', day: 'numeric', month: 'long' });
const whole = dateFormat({ dateStyle: 'long', timeStyle: 'short' });

/** 10:20 */
export const atTime = (iso: string) => clock(new Date(iso));
/** 10:20:31 */
export const atSecond = (iso: string) => exact(new Date(iso));
/** 23 November 2026 */
export const onDay = (iso: string) => day(date(iso));
/** 23 Nov 2026 */
export const onMediumDay = (iso: string) => medium(date(iso));
/** 23 Nov */
export const onShortDay = (iso: string) => short(date(iso));
/** Monday, 23 November */
export const onWeekday = (iso: string) => weekday(date(iso));
/** 23 November 2026 at 10:20 */
export const atDayAndTime = (iso: string) => whole(new Date(iso));

/** Whether two moments fall on the same day here. */
export const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

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

/** The day it is here, 2026-12-07. */
export const today = (): string => toField(new Date()).slice(0, 10);
