import type { Reader } from './api.gen';

// Addresses of files. They are links rather than calls, so that the browser saves and
// opens them as any other file.

const id = encodeURIComponent;

/** A session's record; process notes only where they are asked for. */
export function exportOf(
  session: string,
  as: 'md' | 'csv' | 'json' | 'html',
  parts: Iterable<string>,
  process: boolean,
): string {
  const query = new URLSearchParams({ as, parts: [...parts].join(',') });
  if (process) query.set('include', 'process');
  return `/api/v1/sessions/${id(session)}/export?${query}`;
}

/** A couple's record, for somebody. */
export function recordOf(couple: string, reader: Reader, process: boolean): string {
  const query = new URLSearchParams({ for: reader });
  if (reader === 'practice' && process) query.set('include', 'process');
  return `/api/v1/couples/${id(couple)}/export?${query}`;
}

/** Planned sessions for a calendar: all, or those of "couples/…/" or "sessions/…/". */
export const calendarOf = (of = '') => `/api/v1/${of}calendar`;
