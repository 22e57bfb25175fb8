import MessageFormat from '@messageformat/core';
import { parse, type Token } from '@messageformat/parser';
import { describe, expect, it } from 'vitest';
import { locked, messagesOf, print } from '../../scripts/words.mjs';

const english = messagesOf('en');
const spanish = messagesOf('es');

/** What a message takes, how, and between which words it chooses: "count plural", "state select open other". */
function takes(message: string): string[] {
  const found = (tokens: Token[]): string[] =>
    tokens.flatMap((token) => {
      if (token.type === 'argument') return token.arg;
      if (token.type !== 'plural' && token.type !== 'select') return [];
      // Another language has other plurals, but the same choices.
      const choices = token.type === 'select' ? token.cases.map(({ key }) => key).sort() : [];
      const inner = token.cases.flatMap((each) => found(each.tokens));
      return [[token.arg, token.type, ...choices].join(' '), ...inner];
    });
  return [...new Set(found(parse(message)))].sort();
}

describe('the Spanish messages', () => {
  it('are there for every English one, and for nothing else', () => {
    expect([...english.keys()].filter((name) => !spanish.has(name))).toEqual([]);
    expect([...spanish.keys()].filter((name) => !english.has(name))).toEqual([]);
  });

  it('are empty only where the English is', () => {
    const empty = [...spanish].filter(
      ([name, text]) => (text === '') !== (english.get(name) === ''),
    );
    expect(empty.map(([name]) => name)).toEqual([]);
  });

  it('were made from the English as it stands now (npm run words tells what to do)', () => {
    const kept = locked();
    const behind = [...spanish].filter(([name, text]) => {
      const { from, to } = kept.get(name) ?? {};
      return from !== print(english.get(name) ?? '') || to !== print(text);
    });
    expect(behind.map(([name]) => name)).toEqual([]);
    expect([...kept.keys()].filter((name) => !spanish.has(name))).toEqual([]);
  });

  it('take the same values as the English', () => {
    const other = [...spanish].filter(
      ([name, text]) => takes(text).join() !== takes(english.get(name) ?? '').join(),
    );
    expect(other.map(([name]) => name)).toEqual([]);
  });

  it('can be read as messages', () => {
    const format = new MessageFormat('es');
    for (const text of spanish.values()) expect(() => format.compile(text)).not.toThrow();
  });

  it('name no person by a gender, nor by a way of writing around one', () => {
    const around =
      /\w[@]\w(?!\w*\.)|[oa]\/[oa]s?\b|\((?:a|as|os)\)|\b(?:tod|amb|list|nosotr)[xe]s\b/i;
    const gendered =
      /\b(?:ambos|listos|los dos|los tres|todos ustedes|el terapeuta|la terapeuta|solo usted mismo)\b/i;
    const wrong = [...spanish].filter(([, text]) => around.test(text) || gendered.test(text));
    // Things have a grammatical gender: the two phones, say.
    const people = wrong.filter(([, text]) => !/los dos (?:teléfonos|enlaces)/i.test(text));
    expect(people.map(([name]) => name)).toEqual([]);
  });
});

describe('how the values of messages are compared', () => {
  it('sees plurals, choices and plain values apart', () => {
    expect(takes('{count, plural, one {# of {name}} other {#}}')).toEqual(['count plural', 'name']);
    expect(takes('{name}: {how}')).toEqual(['how', 'name']);
    expect(takes('{heard, select, almost {a} other {b, c}}')).toEqual([
      'heard select almost other',
    ]);
  });
});
