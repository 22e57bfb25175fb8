import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const binary =
  process.env.MEND_BIN ?? fileURLToPath(new URL('../../../bin/mend', import.meta.url));

/** A port that nobody listens on just now. */
async function freePort() {
  const probe = createServer();
  await new Promise((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

/** Asks until the answer is good; rejects with the last error after the time is up. */
export async function until(ask, { within = 20_000, every = 50, what = 'a condition' } = {}) {
  const end = Date.now() + within;
  let last;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`, { cause: last });
    await new Promise((done) => setTimeout(done, every));
  }
}

/**
 * The real binary on a folder of its own. `restart()` kills it and starts it again
 * on the same data and port, and `start(program)` another build of it; `output()` is all
 * it has printed. The command is "serve", or "demo" for a house with an invented couple in
 * it.
 */
export async function startMend({ args = [], command = 'serve' } = {}) {
  const data = await mkdtemp(join(tmpdir(), 'mend-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let printed = '';
  let child;

  async function start(program = binary) {
    child = spawn(program, [command, '--listen', `127.0.0.1:${port}`, '--data', data, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk) => (printed += chunk));
    child.stderr.on('data', (chunk) => (printed += chunk));
    await until(
      async () => {
        if (child.exitCode !== null) throw new Error(`mend stopped:\n${printed}`);
        return (await fetch(`${url}/readyz`)).ok;
      },
      { what: 'mend to be ready' },
    );
  }

  async function stop(signal = 'SIGTERM') {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  }

  await start();
  return {
    url,
    data,
    output: () => printed,
    async restart(signal = 'SIGKILL') {
      await stop(signal);
      await start();
    },
    stop,
    start,
    async close() {
      await stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
