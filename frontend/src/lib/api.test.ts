import { afterEach, expect, test, vi } from 'vitest';
import { api, Fault, toFault } from './api';

afterEach(() => vi.unstubAllGlobals());

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const fetch = vi.fn(
    async (_url: string, _init?: RequestInit) =>
      new Response(status === 204 ? null : text, { status, headers }),
  );
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

async function refused(promise: Promise<unknown>): Promise<Fault> {
  try {
    await promise;
  } catch (cause) {
    expect(cause).toBeInstanceOf(Fault);
    return cause as Fault;
  }
  throw new Error('it was not refused');
}

test('a problem becomes a fault with its code, and the words of the page for it', async () => {
  answer(422, {
    title: 'Invalid',
    status: 422,
    code: 'password_too_short',
    detail: 'The password is too short.',
    mend: 'Use 12 characters or more.',
    field: 'password',
  });
  const fault = await refused(
    api.setUp({ name: 'M', email: 'm@x', password: 'x', practice: 'P', secrets: 'no_secrets' }),
  );
  expect(fault.code).toBe('password_too_short');
  expect(fault.message).toMatch(/^Use at least 12 characters/);
  expect(fault.at('password')).toBe(fault.message);
  expect(fault.at('email')).toBeUndefined();
});

test('several faulty fields are each told, by their own name', async () => {
  answer(422, {
    title: 'Invalid',
    status: 422,
    code: 'invalid',
    detail: 'Two things need another look.',
    errors: [
      { field: 'body.one.name', code: 'newer', message: 'Give', mend: 'a name.' },
      { field: 'label', code: 'too_long', limit: '80', message: 'Too long.' },
    ],
  });
  const fault = await refused(api.addCouple({ label: '', one: { name: '' }, two: { name: '' } }));
  expect(fault.at('one.name'), 'a code this page does not know').toBe('Give a name.');
  expect(fault.at('label')).toBe('This is too long. Use 80 characters or fewer.');
});

test('no answer at all is offline, and an answer that is not ours is unreadable', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('Failed to fetch');
  });
  expect((await refused(api.me())).offline).toBe(true);
  answer(502, '<html>Bad gateway</html>');
  const fault = await refused(api.me());
  expect(fault.code).toBe('unreadable');
  expect(fault.status).toBe(502);
});

test('how long to wait comes with a refusal for haste', async () => {
  answer(
    429,
    { title: '', status: 429, code: 'too_many', detail: 'Wait.' },
    { 'Retry-After': '30' },
  );
  expect((await refused(api.signIn({ email: 'a', password: 'b' }))).retryAfter).toBe(30);
});

test('a stale note brings the note as it now stands', async () => {
  const note = { kind: 'progress', format: 'free', sections: { text: 'theirs' }, version: 4 };
  answer(409, { title: '', status: 409, code: 'stale_version', detail: 'Moved on.', note });
  const fault = await refused(
    api.saveNote('s', { kind: 'progress', format: 'free', sections: {}, version: 3 }),
  );
  expect(fault.note?.version).toBe(4);
});

test('a list is followed to its end', async () => {
  const pages = [{ items: [{ id: '1' }], next_cursor: 'next' }, { items: [{ id: '2' }] }];
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return new Response(JSON.stringify(pages[asked.length - 1]));
  });
  expect((await api.couples()).map((c) => c.id)).toEqual(['1', '2']);
  expect(asked).toEqual(['/api/v1/couples', '/api/v1/couples?cursor=next']);
});

test('an id is never able to leave its place in the path', async () => {
  const fetch = answer(200, {});
  await api.couple('../me?x');
  expect(fetch.mock.calls[0]?.[0]).toBe('/api/v1/couples/..%2Fme%3Fx');
});

test('a create carries a key of its own, so that sent twice it is made once', async () => {
  const fetch = answer(200, {});
  await api.plan('c', { agenda: [] });
  await api.plan('c', { agenda: [] });
  const key = (n: number) => new Headers(fetch.mock.calls[n]?.[1]?.headers).get('Idempotency-Key');
  expect(key(0)).toMatch(/^[0-9a-f-]{36}$/);
  expect(key(0)).not.toBe(key(1));
});

test('an answer without a body is fine', async () => {
  answer(204, '');
  await expect(api.signOut()).resolves.toBeUndefined();
});

test('whatever is thrown becomes a fault', () => {
  expect(toFault(new Error('x')).code).toBe('unreadable');
  expect(toFault(new DOMException('', 'AbortError')).code).toBe('aborted');
});
