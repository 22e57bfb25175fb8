// Keeps src/words/es.lock: for each message a print of the English that its translation
// was made from, and of the translation itself, so that a test notices one that has
// fallen behind.
//
//   npm run words                       takes in what was translated anew
//   npm run words -- desk.today.new …   says that these still hold as they are
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const words = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src', 'words', '/');
const lock = 'es.lock';

export const print = (text) => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** Every message of a language by its whole name, "desk.today.new". */
export function messagesOf(language) {
  const all = new Map();
  const take = (value, name) => {
    if (typeof value === 'string') all.set(name, value);
    else for (const [key, inner] of Object.entries(value)) take(inner, `${name}.${key}`);
  };
  for (const file of readdirSync(words).sort()) {
    const [part, of, ending] = file.split('.');
    if (of === language && ending === 'json')
      take(JSON.parse(readFileSync(words + file, 'utf8')), part);
  }
  return all;
}

/** What was translated from what, by the message's name. */
export function locked() {
  const lines = existsSync(words + lock) ? readFileSync(words + lock, 'utf8').split('\n') : [];
  return new Map(
    lines.filter(Boolean).map((line) => {
      const [name, from, to] = line.split(' ');
      return [name, { from, to }];
    }),
  );
}

function renew(sure) {
  const english = messagesOf('en');
  const before = locked();
  const behind = [];
  const lines = [];
  for (const [name, text] of messagesOf('es')) {
    const source = english.get(name);
    if (source === undefined) continue;
    const now = { from: print(source), to: print(text) };
    const was = before.get(name);
    const stale = was && was.from !== now.from && was.to === now.to && !sure.includes(name);
    if (stale) behind.push(name);
    const { from, to } = stale ? was : now;
    lines.push(`${name} ${from} ${to}\n`);
  }
  writeFileSync(words + lock, lines.join(''));
  if (behind.length === 0) return;
  console.error(
    `The English of these has changed, and their Spanish has not. Translate them anew, or name them to say that they still hold:\n${behind.join('\n')}`,
  );
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) renew(process.argv.slice(2));
