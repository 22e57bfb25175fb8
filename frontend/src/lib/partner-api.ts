import type { GuideList, GuidePage, HelpPage, Joined, Problem, Seated } from './api.gen';
import { language } from './language.svelte';

// The few calls a phone makes beside its socket.

/** An answer, or why there is none: status 0 where the server was not reached. */
export type Answered<T> =
  | { ok: true; value: T }
  | { ok: false; status: number; support: string; code?: string; message?: string };

export async function call<T>(
  method: string,
  path: string,
  body?: unknown,
  keepalive = false,
): Promise<Answered<T>> {
  try {
    const response = await fetch(`/api/v1${path}`, {
      method,
      cache: 'no-store',
      keepalive,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    if (response.status === 204) return { ok: true, value: undefined as T };
    if (response.ok) return { ok: true, value: (await response.json()) as T };
    const problem: Partial<Problem> = await response.json().catch(() => ({}));
    return {
      ok: false,
      status: response.status,
      support: supportCode(problem.instance),
      code: problem.code ?? '',
      message: problem.detail ?? '',
    };
  } catch {
    return { ok: false, status: 0, support: '' };
  }
}

/** The end of the request's name in the operator's log, short enough to be read out. */
function supportCode(instance: string | undefined): string {
  return (instance ?? '')
    .replace(/[^0-9a-z]/gi, '')
    .slice(-8)
    .toUpperCase();
}

/** Where this phone belongs; refused with 401 where it belongs nowhere. */
export const whereAmI = () => call<Seated>('GET', '/seat');

/** Claims a link or a spoken code. */
export const join = (by: { token: string } | { code: string }) => call<Joined>('POST', '/join', by);

export const helpPage = () => call<HelpPage>('GET', '/help');

// What there is to read, in the language of the page.
export const guide = () => call<GuideList>('GET', `/guide?language=${language()}`);
export const guidePage = (page: string) =>
  call<GuidePage>('GET', `/guide/${encodeURIComponent(page)}?language=${language()}`);

/** Gives up the seat, or whatever else this phone is let in to. It does not wait: the page is going away. */
export function giveUpSeat(what: string) {
  fetch(`/api/v1${what}`, { method: 'DELETE', keepalive: true }).catch(() => undefined);
}
