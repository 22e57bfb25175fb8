import type { NoteFormat } from './api.gen';

export type Sections = Record<string, string>;

/** The parts of each format, in the order in which they are written and read. */
export const parts: Record<NoteFormat, readonly string[]> = {
  soap: ['subjective', 'objective', 'assessment', 'plan'],
  dap: ['data', 'assessment', 'plan'],
  birp: ['behavior', 'intervention', 'response', 'plan'],
  girp: ['goal', 'intervention', 'response', 'plan'],
  free: ['text'],
};

/** How an unconfirmed line of a drafted note begins. */
export const unconfirmed = '[?] ';

/** What a note says, and in which form. */
export interface Wording {
  format: NoteFormat;
  sections: Sections;
}

/** The lines of a note that another does not have. */
export function fresh(mine: Sections, theirs: Sections): string {
  const known = new Set(Object.values(theirs).flatMap((text) => text.split('\n')));
  return Object.values(mine)
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.trim() && !known.has(line))
    .join('\n');
}

/** Whether two notes say the same in the same form. */
export function same(a: Wording, b: Wording): boolean {
  if (a.format !== b.format) return false;
  const names = new Set([...Object.keys(a.sections), ...Object.keys(b.sections)]);
  return [...names].every((name) => (a.sections[name] ?? '') === (b.sections[name] ?? ''));
}

/**
 * Pours sections into another format: parts of the same name keep their words, the
 * words of all others go into its first part, in their order.
 */
export function recast(sections: Sections, format: NoteFormat): Sections {
  const wanted = parts[format];
  const first = wanted[0] ?? 'text';
  const poured: Sections = {};
  const homeless: string[] = [];
  for (const [name, text] of Object.entries(sections)) {
    if (wanted.includes(name)) poured[name] = text;
    else if (text.trim()) homeless.push(text.trim());
  }
  if (homeless.length > 0) poured[first] = under([...homeless, poured[first] ?? ''].join('\n\n'));
  return poured;
}

/** Two sets of sections, the second's words below the first's. */
export function joined(first: Sections, second: Sections): Sections {
  const all: Sections = { ...first };
  for (const [name, text] of Object.entries(second)) {
    const before = all[name]?.trim() ?? '';
    if (before === text.trim()) continue;
    all[name] = before ? under(`${before}\n\n${text}`) : text;
  }
  return all;
}

const under = (text: string) => text.trim();

/** The unconfirmed lines of a note, each with the part and the line it stands in. */
export function openLines(sections: Sections): { part: string; line: number; text: string }[] {
  return Object.entries(sections).flatMap(([part, text]) =>
    text
      .split('\n')
      .map((words, line) => ({ part, line, text: words }))
      .filter((l) => l.text.startsWith(unconfirmed))
      .map((l) => ({ ...l, text: l.text.slice(unconfirmed.length) })),
  );
}

/** The sections with one unconfirmed line kept as true, or taken out. */
export function confirmed(
  sections: Sections,
  at: { part: string; line: number },
  keep: boolean,
): Sections {
  const lines = (sections[at.part] ?? '').split('\n');
  const words = lines[at.line];
  if (words === undefined || !words.startsWith(unconfirmed)) return sections;
  if (keep) lines[at.line] = words.slice(unconfirmed.length);
  else lines.splice(at.line, 1);
  return { ...sections, [at.part]: lines.join('\n') };
}

/** Where a place in a text is once something around it has changed. */
export function moved(at: number, before: string, now: string): number {
  let head = 0;
  while (head < at && before[head] === now[head]) head++;
  if (head === at) return at;
  let tail = 0;
  const most = Math.min(before.length - at, now.length - head);
  while (tail < most && before.at(-1 - tail) === now.at(-1 - tail)) tail++;
  return tail === before.length - at ? now.length - tail : head;
}
