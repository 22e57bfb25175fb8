import { diff3Merge, diffComm } from 'node-diff3';
import type { Sections } from './desk-note';

/** How a clash is settled; both: the other's lines, then mine. */
export type Choice = 'mine' | 'theirs' | 'both';

/** Lines that stand, or lines of one place that two windows wrote differently. */
export type Piece = string[] | { mine: string[]; theirs: string[] };

/** A note put together from two windows, part by part, with what is left to choose. */
export type Merged = Record<string, Piece[]>;

/**
 * Puts two texts that began as one together, line by line: what only one of them
 * changed is taken from that one. Where both changed the same lines nothing is chosen.
 */
export function merge(base: Sections, mine: Sections, theirs: Sections): Merged {
  const merged: Merged = {};
  for (const part of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const lines = (of: Sections) => (of[part] ?? '').split('\n');
    const regions = diff3Merge(lines(mine), lines(base), lines(theirs), {
      excludeFalseConflicts: true,
    }) as ({ ok: string[] } | { conflict: { a: string[]; b: string[] } })[];
    merged[part] = regions.map((r) =>
      'ok' in r ? r.ok : { mine: r.conflict.a, theirs: r.conflict.b },
    );
  }
  return merged;
}

/** The clashes of a merged note, in the order of reading. */
export function clashes(merged: Merged): { part: string; mine: string; theirs: string }[] {
  return Object.entries(merged).flatMap(([part, pieces]) =>
    pieces.flatMap((p) =>
      Array.isArray(p) ? [] : [{ part, mine: p.mine.join('\n'), theirs: p.theirs.join('\n') }],
    ),
  );
}

/** The note, with the clashes settled in their order. */
export function assembled(merged: Merged, choices: readonly Choice[]): Sections {
  let next = 0;
  const settled = ({ mine, theirs }: { mine: string[]; theirs: string[] }): string[] => {
    const choice = choices[next++] ?? 'both';
    if (choice === 'mine') return mine;
    if (choice === 'theirs') return theirs;
    return [...theirs, ...mine].filter(
      (line, i, all) => line !== '' || (i > 0 && i < all.length - 1),
    );
  };
  const sections: Sections = {};
  for (const [part, pieces] of Object.entries(merged))
    sections[part] = pieces.flatMap((p) => (Array.isArray(p) ? p : settled(p))).join('\n');
  return sections;
}

/** Words that both texts have, or that only one has. */
export interface Stretch {
  of: 'both' | 'before' | 'now';
  text: string;
}

/** What became of a text, word by word. */
export function changes(before: string, now: string): Stretch[] {
  const words = (text: string) => text.match(/\S+[^\S\n]*|\n|[^\S\n]+/g) ?? [];
  const out: Stretch[] = [];
  const add = (of: Stretch['of'], list: string[]) => {
    if (list.length > 0) out.push({ of, text: list.join('') });
  };
  for (const part of diffComm(words(before), words(now)) as {
    common?: string[];
    buffer1?: string[];
    buffer2?: string[];
  }[]) {
    add('both', part.common ?? []);
    add('before', part.buffer1 ?? []);
    add('now', part.buffer2 ?? []);
  }
  return out;
}
