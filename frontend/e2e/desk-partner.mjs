// A partner without a screen: joins by a link and speaks the socket, so that the
// desk can be tested by itself. It runs in a page of the same origin, for the cookie.

export async function joinAs(browser, url, link) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/help`);
  const token = new URL(link).hash.slice(1);
  const joined = await page.evaluate(async (token) => {
    const answer = await fetch('/api/v1/join', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  }, token);
  await page.evaluate(
    (session) =>
      new Promise((arrived) => {
        const settle = new Map();
        let socket;
        globalThis.mend = {
          view: undefined,
          do: (name, fields) =>
            new Promise((settled) => {
              const id = crypto.randomUUID().replace(/^(.{14})./, '$17');
              settle.set(id, settled);
              socket.send(JSON.stringify({ ...fields, id, do: name }));
            }),
        };
        // Comes back as a phone does: by itself, unless it was told not to.
        const connect = (query) => {
          socket = new WebSocket(`ws://${location.host}/live/${session}${query}`, ['mend.v1']);
          socket.onmessage = ({ data }) => {
            const frame = JSON.parse(data);
            if (frame.is === 'view') {
              globalThis.mend.view = frame.view;
              arrived();
            }
            if (frame.is === 'done' || frame.is === 'refused') settle.get(frame.id)?.(frame);
          };
          socket.onclose = ({ code }) => {
            globalThis.mend.closed = code;
            if (code < 4500) setTimeout(connect, 200, '?here=1');
          };
        };
        connect('');
      }),
    joined.session,
  );
  const view = () => page.evaluate(() => globalThis.mend.view);
  return {
    role: joined.role,
    view,
    closed: () => page.evaluate(() => globalThis.mend.closed),
    /** Sends a command; a refusal is an error of the test. */
    async do(name, fields = {}) {
      const frame = await page.evaluate(([n, f]) => globalThis.mend.do(n, f), [name, fields]);
      if (frame.is !== 'done')
        throw new Error(`${name} was refused: ${frame.code} ${frame.message}`);
    },
    /** The key of the step that stands on this phone. */
    step: async () => (await view()).step?.key,
    /** Goes away as a phone does that loses its network. */
    vanish: () => context.close(),
  };
}
