import { describe, expect, it } from 'vitest';

// That every `t.x.y` that is used exists is checked by the compiler; this is the
// other way round. A message is used where its whole name stands, or where a key
// is looked up in its group and stands as a word of its own somewhere.

type Messages = { [key: string]: string | Messages };

const catalogues = import.meta.glob<string>('../words/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const sources = import.meta.glob<string>(['../**/*.{ts,svelte}', '../../*.html'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const code = Object.entries(sources)
  .filter(([file]) => !file.endsWith('.test.ts'))
  .map(([, text]) => text);
const documents = Object.entries(sources)
  .filter(([file]) => file.endsWith('.html'))
  .map(([, text]) => text);
const written = code.join('\n');

function* names(messages: Messages, path: string[] = []): Generator<string[]> {
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === 'string') yield [...path, key];
    else yield* names(value, [...path, key]);
  }
}

/** The code that speaks with one catalogue, its short names for groups written out. */
function speaking(part: string): string {
  // What stands on a page before its script runs is put there by the build.
  if (part === 'shell') return documents.join('\n');
  return code
    .filter((text) => text.includes(`/${part}-words'`) || text.includes(`/${part}.en.json'`))
    .map((text) => {
      let whole = text;
      for (const [, alias, group] of text.matchAll(/\b(\w+) = (?:\$derived\()?(t(?:\.\w+)+)[;)]/g))
        whole = whole.replaceAll(new RegExp(`(?<![.\\w])${alias}(?=[.[])`, 'g'), group ?? '');
      return whole;
    })
    .join('\n');
}

function isUsed(name: string[], text: string): boolean {
  if (new RegExp(`\\bt\\.${name.join('\\.')}\\b`).test(text)) return true;
  return name.some((key, at) => {
    const group = ['t', ...name.slice(0, at)].join('\\.');
    // Looked up in, or handed on to be looked up in.
    if (at === 0 || !new RegExp(`\\b${group}(\\[|[,)]| })`).test(text)) return false;
    // A group that is only ever looked up in has a message for each word of the wire.
    const mixed = new RegExp(`\\b${group}\\.\\w`).test(text);
    const word = new RegExp(`['"\`]${key}['"\`]|\\b${key}: `);
    return (
      (!mixed || word.test(written)) &&
      name.slice(at + 1).every((part) => text.includes(`.${part}`))
    );
  });
}

describe.each(Object.entries(catalogues))('%s', (file, text) => {
  const spoken = speaking(/(\w+)\.\w+\.json$/.exec(file)?.[1] ?? '');

  it('has no message that nobody shows', () => {
    expect(spoken).not.toBe('');
    const unused = [...names(JSON.parse(text))].filter((name) => !isUsed(name, spoken));
    expect(unused.map((name) => name.join('.'))).toEqual([]);
  });
});
