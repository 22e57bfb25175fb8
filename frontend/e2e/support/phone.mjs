// A phone without a server: the built pages under the policy they are served with,
// and canned views in place of a session, to look at every state of every screen.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const dist = fileURLToPath(new URL('../../dist', import.meta.url));

export const kinds = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self' ws:",
  "form-action 'self'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ');

/** Serves the built phone, or what was built elsewhere; answers its address and how to end it. */
export async function servePages({ from = dist, document = 'partner.en.html' } = {}) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://phone').pathname;
    const name = ['/', '/join', '/help', '/left'].includes(path) ? document : path;
    try {
      const content = await readFile(join(from, name));
      response.writeHead(200, {
        'Content-Type': kinds[extname(name)] ?? 'application/octet-stream',
        'Content-Security-Policy': policy,
        'Cache-Control': 'no-store',
      });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

const json = (route, status, body) =>
  route.fulfill({
    status,
    contentType: status < 400 ? 'application/json' : 'application/problem+json',
    body: JSON.stringify(body),
  });

/**
 * Answers a page's calls from a table of answers, and its socket by hand.
 * @param {import('playwright-core').Page} page
 */
export async function script(
  page,
  { seat = seated, join, help = { help: practiceHelp, leave_to: '' } } = {},
) {
  const room = { sockets: [], commands: [], left: 0, present: true };
  let seatNow = seat;
  await page.route('**/api/v1/seat', (route) => {
    if (route.request().method() === 'DELETE') {
      room.left++;
      return route.fulfill({ status: 204 });
    }
    return seatNow
      ? json(route, 200, seatNow)
      : json(route, 401, { code: 'unsigned', status: 401, title: '', detail: '' });
  });
  await page.route('**/api/v1/help', (route) => json(route, 200, help));
  await page.route('**/api/v1/join', (route) => {
    const answer = join?.(route.request().postDataJSON());
    if (!answer)
      return json(route, 404, { code: 'no_such_link', status: 404, title: '', detail: '' });
    seatNow = seated;
    return json(route, 200, answer);
  });
  await page.routeWebSocket('**/live/**', (socket) => {
    const say = (frame) => socket.send(JSON.stringify(frame));
    room.sockets.push(socket);
    room.say = say;
    socket.onMessage((text) => {
      const command = JSON.parse(text);
      if (command.do === 'sync') {
        say({ is: 'now', id: command.id, now: new Date().toISOString() });
        return;
      }
      room.commands.push(command);
      if (room.mute) return;
      const refusal = room.refuses?.(command);
      say(refusal ? { is: 'refused', id: command.id, ...refusal } : { is: 'done', id: command.id });
    });
    if (room.closes) {
      socket.close({ code: room.closes });
      return;
    }
    if (room.silent) return;
    say({
      is: 'welcome',
      role: 'one',
      session: seated.session,
      now: new Date().toISOString(),
      protocol: 'mend.v1',
    });
    if (room.view) room.show(room.view);
    say({ is: 'here', counselor: room.present });
  });
  let rev = 0;
  /** Shows a view on the phone, now and on every later socket. */
  room.show = (view) => {
    room.view = view;
    room.say?.({ is: 'view', rev: ++rev, now: new Date().toISOString(), view });
  };
  return room;
}

export const seated = {
  session: '0193b1c4-0000-7000-8000-000000000001',
  role: 'one',
  help: '<p>Call <a href="tel:+4312345">01 / 23 45</a> at any hour.</p><ul><li>Shelter: <a href="tel:+4398765">98 765</a></li></ul>',
  leave_to: '',
};
const practiceHelp = seated.help;
