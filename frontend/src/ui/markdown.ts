// The little Markdown that exercises are written in: paragraphs, lists, **bold**
// and *italic*. It yields plain values that Prose.svelte sets as text: no markup
// ever comes out of it, so nothing in an exercise can become part of the page.

export interface Run {
  text: string;
  as: 'plain' | 'strong' | 'em';
}

export interface Block {
  as: 'p' | 'ul' | 'ol';
  /** One line for a paragraph, one an item for a list. */
  lines: Run[][];
}

const item = /^\s*(?:([-*+])|\d{1,3}[.)])\s+(.*)$/;
const emphasis = /\*\*(?=\S)(.+?)\*\*|\*(?=\S)(.+?)\*|(?<![\p{L}\d])_(?=\S)(.+?)_(?![\p{L}\d])/gu;

function runs(line: string): Run[] {
  const found: Run[] = [];
  let at = 0;
  for (const match of line.matchAll(emphasis)) {
    if (match.index > at) found.push({ text: line.slice(at, match.index), as: 'plain' });
    const [whole, strong, star, underscore] = match;
    found.push({ text: strong ?? star ?? underscore ?? '', as: strong ? 'strong' : 'em' });
    at = match.index + whole.length;
  }
  if (at < line.length) found.push({ text: line.slice(at), as: 'plain' });
  return found;
}

/** Reads the subset; anything else of Markdown stays as it was written. */
export function markdown(source: string): Block[] {
  const blocks: { as: Block['as']; lines: string[] }[] = [];
  let open: (typeof blocks)[number] | undefined;
  for (const line of source.split(/\r?\n/)) {
    const match = item.exec(line);
    const as = match ? (match[1] ? 'ul' : 'ol') : 'p';
    const text = match ? (match[2] ?? '') : line.trim();
    if (!text) {
      open = undefined;
    } else if (!open || (match && open.as !== as)) {
      open = { as, lines: [text] };
      blocks.push(open);
    } else if (match) {
      open.lines.push(text);
    } else {
      // A line that goes on: of the paragraph, or of the last item.
      open.lines.push(`${open.lines.pop() ?? ''} ${text}`);
    }
  }
  return blocks.map(({ as, lines }) => ({ as, lines: lines.map(runs) }));
}

/** The words alone, on one line. */
export const bare = (source: string): string =>
  markdown(source)
    .flatMap(({ lines }) => lines.map((line) => line.map(({ text }) => text).join('')))
    .join(' ');
