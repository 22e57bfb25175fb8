// Pages of words, such as the practice's help, come as HTML that the server sanitised.
// This page forbids itself to turn strings into markup, so the few elements that they
// need are made one by one; whatever else they held becomes plain words.

const allowed = new Set([
  'a',
  'p',
  'ul',
  'ol',
  'li',
  'strong',
  'em',
  'br',
  'h2',
  'h3',
  'blockquote',
]);
const renamed: Record<string, string> = {
  b: 'strong',
  i: 'em',
  h1: 'h2',
  h4: 'h3',
  h5: 'h3',
  h6: 'h3',
};
const token = /<(\/?)([a-z][a-z0-9]*)([^<>]*)>|([^<]+|<)/gi;
const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

function words(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, dec, name) => {
    if (name) return entities[name.toLowerCase()] ?? whole;
    const code = Number.parseInt(hex ?? dec, hex ? 16 : 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** A link that a phone can follow: a page, a number to call, an address to write to. */
function target(attributes: string): string | undefined {
  const href = /\bhref="([^"]*)"/i.exec(attributes)?.[1];
  const address = href === undefined ? '' : words(href);
  return /^(?:https?:|tel:|sms:|mailto:)/i.test(address) ? address : undefined;
}

/** The nodes of a sanitised page. */
export function htmlNodes(html: string): Node[] {
  const root = document.createDocumentFragment();
  const open: (DocumentFragment | HTMLElement)[] = [root];
  for (const [, closing, name, attributes = '', text] of html.matchAll(token)) {
    const here = open.at(-1) ?? root;
    if (text !== undefined) {
      here.append(words(text));
      continue;
    }
    const low = (name ?? '').toLowerCase();
    const tag = renamed[low] ?? low;
    if (!allowed.has(tag)) continue;
    if (closing) {
      const at = open.findLastIndex(
        (node) => node instanceof HTMLElement && node.localName === tag,
      );
      if (at > 0) open.length = at;
      continue;
    }
    const element = document.createElement(tag);
    const href = tag === 'a' ? target(attributes) : undefined;
    if (href !== undefined) element.setAttribute('href', href);
    here.append(element);
    if (tag !== 'br') open.push(element);
  }
  return [...root.childNodes];
}
