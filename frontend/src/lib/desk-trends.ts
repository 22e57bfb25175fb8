import type { Seat, Trends } from './api.gen';

// A couple's trends as they are drawn and written: one small chart a measure, in it one
// line a person. Nothing is averaged, and nothing is drawn where nothing was rated.

export const seats = ['one', 'two'] as const;

/** One person's ratings, one a column; undefined where they gave none. */
export interface Line {
  who: Seat;
  values: readonly (number | undefined)[];
}

export interface Multiple {
  name: string;
  low: string | undefined;
  high: string | undefined;
  /** When each column was, as RFC 3339; a column is a session in which this was rated. */
  at: readonly string[];
  sessions: readonly string[];
  lines: readonly Line[];
}

// What trust rests on first, then how it felt to be here. What is not named follows.
const order = [
  'relying',
  'letting-go',
  'heard',
  'safe-going-home',
  'tells-truth',
  'keeps-word',
  'has-me-in-mind',
  'safe-to-be-open',
  'safe-enough',
  'heard-in-turns',
  'between-us',
  'closeness',
  'hope',
  'steadiness',
  'settled',
  'willing',
  'choosing-to-try',
  'fair-now',
  'even-handed',
];

const rank = (name: string) => {
  const at = order.indexOf(name);
  return at < 0 ? order.length : at;
};

/**
 * The charts of all measures, or of one person's own lines: then not even a column is
 * there that only the other filled.
 */
export function multiples(trends: Pick<Trends, 'measures'>, who?: Seat): Multiple[] {
  return trends.measures
    .map((measure) => {
      const points = measure.points.filter((p) => !who || p.who === who);
      const columns = new Map<string, string>();
      for (const p of points) if (!columns.has(p.session)) columns.set(p.session, p.at);
      const sessions = [...columns.keys()];
      const lines = seats
        .filter((seat) => points.some((p) => p.who === seat))
        .map((seat) => ({
          who: seat,
          values: sessions.map(
            (session) => points.find((p) => p.session === session && p.who === seat)?.value,
          ),
        }));
      const { name, low, high } = measure;
      return { name, low, high, at: [...columns.values()], sessions, lines };
    })
    .filter(({ lines }) => lines.length > 0)
    .toSorted((a, b) => rank(a.name) - rank(b.name) || a.name.localeCompare(b.name));
}

/** The last session that both rated, where the two dials stood in it. */
export function together({ lines, at }: Multiple) {
  const [a, b] = [lines.find((l) => l.who === 'one'), lines.find((l) => l.who === 'two')];
  for (let i = at.length - 1; i >= 0; i--) {
    const [one, two, day] = [a?.values[i], b?.values[i], at[i]];
    if (one !== undefined && two !== undefined && day !== undefined) return { day, one, two };
  }
  return undefined;
}

/** Trust and letting go: the two of which the distance between both is told. */
export const dials = ['relying', 'letting-go'];

/** What a fall of three or more is told of: being heard, and being safe. */
export const watched = [
  'heard',
  'heard-in-turns',
  'between-us',
  'closeness',
  'hope',
  'safe-going-home',
  'safe-to-be-open',
  'safe-enough',
];

/** How far a person's last rating lies below the one before; 0 where it does not. */
export function fall({ values }: Line): number {
  const [last, before] = values.filter((v) => v !== undefined).toReversed();
  return last === undefined || before === undefined ? 0 : Math.max(0, before - last);
}
