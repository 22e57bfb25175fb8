// A counselor without a desk: sets the house up, brings a couple in, and leads a
// session over the socket, so that the phones can be looked at by themselves.
export async function counselor(browser, url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/left`);

  /** One call of the HTTP interface; anything but a success is an error of the test. */
  const call = (method, path, body) =>
    page.evaluate(
      async ([method, path, body]) => {
        const answer = await fetch(`/api/v1${path}`, {
          method,
          headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        if (!answer.ok)
          throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
        return answer.status === 204 ? undefined : answer.json();
      },
      [method, path, body],
    );

  await call('POST', '/setup', {
    name: 'Maria Ortiz',
    email: 'maria@example.org',
    password: 'a long enough password',
    practice: 'Lindenhof',
    secrets: 'no_secrets',
  });
  const couple = await call('POST', '/couples', {
    label: 'Alex & Sam',
    one: { name: 'Alex' },
    two: { name: 'Sam' },
  });
  await call('POST', `/couples/${couple.id}/suitability`, { statement: 'seen_apart' });
  const session = await call('POST', `/couples/${couple.id}/sessions`, {
    agenda: ['floor-and-echo'],
  });
  const link = (seat) => call('POST', `/sessions/${session.id}/links`, { for: seat });
  const links = { one: await link('one'), two: await link('two') };

  await page.evaluate((session) => {
    const mend = { view: undefined, here: undefined, settle: new Map() };
    globalThis.mend = mend;
    const open = () =>
      new Promise((live) => {
        const socket = new WebSocket(`ws://${location.host}/live/${session}?here=1`, ['mend.v1']);
        mend.socket = socket;
        socket.onmessage = ({ data }) => {
          const frame = JSON.parse(data);
          if (frame.is === 'here') mend.here = frame;
          if (frame.is === 'done' || frame.is === 'refused') mend.settle.get(frame.id)?.(frame);
          if (frame.is === 'view') {
            mend.view = frame.view;
            live();
          }
        };
      });
    mend.open = open;
    mend.do = (name, fields) =>
      new Promise((settled) => {
        const id = crypto.randomUUID().replace(/^(.{14})./, '$17');
        mend.settle.set(id, settled);
        mend.socket.send(JSON.stringify({ ...fields, id, do: name }));
      });
    return open();
  }, session.id);

  const view = () => page.evaluate(() => globalThis.mend.view);
  return {
    context,
    call,
    couple,
    session,
    links,
    link,
    /** The counselor's sign-in, for a desk of their own. */
    cookies: () => context.cookies(),
    view,
    here: () => page.evaluate(() => globalThis.mend.here),
    /** Sends a command; a refusal is an error of the test. */
    async do(name, fields = {}) {
      const frame = await page.evaluate(([n, f]) => globalThis.mend.do(n, f), [name, fields]);
      if (frame.is !== 'done')
        throw new Error(`${name} was refused: ${frame.code} ${frame.message}`);
    },
    /** The same, for the step that stands now. */
    async step(name, fields = {}) {
      await this.do(name, { step: (await view()).step.key, ...fields });
    },
    drop: () => page.evaluate(() => globalThis.mend.socket.close()),
    comeBack: () => page.evaluate(() => globalThis.mend.open()),
  };
}
