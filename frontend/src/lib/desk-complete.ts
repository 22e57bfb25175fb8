// What may stand at a place of an exercise, out of its JSON Schema. It reads the
// lines by their indentation rather than as YAML: a file that is being typed is
// hardly ever whole.

/** As much of a JSON Schema as an exercise's uses. */
export interface Schema {
  $ref?: string;
  description?: string;
  type?: string;
  enum?: readonly string[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  definitions?: Readonly<Record<string, Schema>>;
}

export interface Suggestion {
  label: string;
  /** What it means, as the schema says. */
  info?: string;
  /** What is written. */
  apply: string;
  needed: boolean;
}

export interface Suggestions {
  /** Where the word begins that it takes the place of. */
  from: number;
  options: Suggestion[];
}

interface Frame {
  column: number;
  /** A key; undefined for an item of a list. */
  key?: string;
  /** The keys that stand beside each other below this frame. */
  inside: Set<string>;
}

const shape = /^(\s*)((?:-\s+)*)(?:([\w-]+):(?:\s+(.*)|$))?/;
const blank = /^\s*(?:#.*)?$/;

/** The frames around a line, from the margin inwards, and where its own key would stand. */
function around(lines: readonly string[]): { frames: Frame[]; column: number } | undefined {
  const margin: Frame = { column: -1, inside: new Set() };
  const frames = [margin];
  let column = 0;
  let text: number | undefined; // the column of a key whose value is a text over several lines
  for (const [n, line] of lines.entries()) {
    const last = n === lines.length - 1;
    if (blank.test(line) && !last) continue;
    const [, indent = '', dashes = '', key, value = ''] = shape.exec(line) ?? [];
    if (text !== undefined && indent.length > text) {
      if (last) return undefined;
      continue;
    }
    text = undefined;
    column = indent.length;
    for (const dash of dashes.matchAll(/-\s+/g)) {
      const at = indent.length + (dash.index ?? 0);
      // A list may stand as far left as the key that it belongs to.
      while ((frames.at(-1)?.column ?? -1) >= at) {
        const top = frames.at(-1);
        if (top?.column === at && top.key !== undefined) break;
        frames.pop();
      }
      frames.push({ column: at, inside: new Set() });
      column = at + dash[0].length;
    }
    while ((frames.at(-1)?.column ?? -1) >= column) frames.pop();
    if (last) break;
    if (key !== undefined) {
      frames.at(-1)?.inside.add(key);
      frames.push({ column, key, inside: new Set() });
      if (/^[|>]/.test(value)) text = column;
    }
  }
  return { frames, column };
}

/** Keys of the same map that stand further down. */
function below(lines: readonly string[], column: number): string[] {
  const keys: string[] = [];
  for (const line of lines) {
    if (blank.test(line)) continue;
    const [, indent = '', dashes = '', key] = shape.exec(line) ?? [];
    if (indent.length < column || dashes) {
      if (indent.length <= column) break;
      continue;
    }
    if (indent.length === column && key !== undefined) keys.push(key);
  }
  return keys;
}

/** What may be written at a place of the text; nothing where nothing is known. */
export function suggest(schema: Schema, text: string, at: number): Suggestions | undefined {
  const resolve = (s: Schema | undefined): Schema | undefined => {
    const name = s?.$ref?.split('/').at(-1);
    if (!s || name === undefined) return s;
    const { $ref: _, ...own } = s;
    return { ...resolve(schema.definitions?.[name]), ...own };
  };
  const before = text.slice(0, at).split('\n');
  const line = before.at(-1) ?? '';
  if (/(^|\s)#/.test(line)) return undefined;
  const place = around(before);
  if (!place) return undefined;

  let node = resolve(schema);
  for (const frame of place.frames.slice(1))
    node = resolve(frame.key === undefined ? node?.items : node?.properties?.[frame.key]);

  const typing = /^\s*(?:-\s+)*(?:([\w-]+):\s+(?:\[(?:[^\],]*,\s*)*)?)?([\w-]*)$/.exec(line);
  if (!node || !typing) return undefined;
  const [, key, word = ''] = typing;
  const from = at - word.length;
  if (key !== undefined) {
    const asked = resolve(node.properties?.[key]);
    return some(from, values(resolve(asked?.items) ?? asked, key, before));
  }
  if (!node.properties) return some(from, values(node, place.frames.at(-2)?.key ?? '', before));

  const taken = new Set(place.frames.at(-1)?.inside);
  for (const sibling of below(text.slice(at).split('\n').slice(1), place.column))
    taken.add(sibling);
  const inner = ' '.repeat(place.column + 2);
  const options = Object.entries(node.properties)
    .filter(([name]) => !taken.has(name))
    .map(([name, property]): Suggestion => {
      const found = resolve(property);
      let apply = `${name}: `;
      if (found?.properties) apply = `${name}:\n${inner}`;
      else if (found?.items && resolve(found.items)?.properties) apply = `${name}:\n${inner}- `;
      const info = found?.description;
      const needed = node.required?.includes(name) ?? false;
      return { label: name, apply, needed, ...(info ? { info } : {}) };
    });
  return some(from, options);
}

const some = (from: number, options: Suggestion[]): Suggestions | undefined =>
  options.length > 0 ? { from, options } : undefined;

/** The values that a key can have: those the schema lists, or the names given further up. */
function values(node: Schema | undefined, key: string, before: readonly string[]): Suggestion[] {
  const plain = (label: string): Suggestion => ({ label, apply: label, needed: false });
  if (node?.enum) return node.enum.map(plain);
  if (node?.type === 'boolean') return ['true', 'false'].map(plain);
  const named = (pattern: RegExp) =>
    before.slice(0, -1).flatMap((line) => pattern.exec(line)?.[1] ?? []);
  if (key === 'switch') return [...new Set(named(/^\s*-\s+block:\s*([\w-]+)/))].map(plain);
  if (['of', 'words_from', 'cards_from', 'almost', 'more'].includes(key))
    return named(/^\s+(?:-\s+)?id:\s*([\w-]+)/).map(plain);
  return [];
}
