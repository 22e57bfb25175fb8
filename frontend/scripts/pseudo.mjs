import { parse } from '@messageformat/parser';

// A language for looking at the layout and for nothing else: English with marks on its
// letters and about a third more of them. No page offers it to anybody; a build of its
// own, with MEND_PSEUDO naming its folder, puts it where Spanish stands and runs it from
// right to left.

const marked = { a: 'áá', e: 'éé', i: 'í', o: 'óó', u: 'úú', n: 'ñ', c: 'ç', y: 'ý', s: 'š' };

const said = (text) => text.replaceAll(/[a-z]/g, (letter) => marked[letter] ?? letter);

/** A message with its sentences changed and its values left alone. */
export function pseudo(message) {
  const write = (tokens) =>
    tokens
      .map((token) => {
        if (token.type === 'content') return said(token.value).replaceAll(/[{}']/g, "'$&'");
        if (token.type === 'octothorpe') return '#';
        if (token.type === 'argument') return `{${token.arg}}`;
        const cases = token.cases.map(({ key, tokens }) => `${key} {${write(tokens)}}`).join(' ');
        return `{${token.arg}, ${token.type}, ${cases}}`;
      })
      .join('');
  return write(parse(message));
}

/** The same for a whole catalogue. */
export const pseudoWords = (words) =>
  typeof words === 'string'
    ? pseudo(words)
    : Object.fromEntries(Object.entries(words).map(([key, inner]) => [key, pseudoWords(inner)]));
