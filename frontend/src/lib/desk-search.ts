import type { ExerciseHead, ExercisePhase, Intensity } from './api.gen';

/** Whose an exercise is. */
export type Origin = ExerciseHead['origin'];

/** What is looked for in the library; empty fields do not narrow. */
export interface Wanted {
  words: string;
  phase: ExercisePhase | '';
  /** The id of a page of the guide. */
  theme: string;
  intensity: Intensity | '';
  /** At most this long; 0 for any length. */
  minutes: number;
  /** Only those with a star. */
  starred: boolean;
  origin: Origin | '';
}

export const everything: Wanted = {
  words: '',
  phase: '',
  theme: '',
  intensity: '',
  minutes: 0,
  starred: false,
  origin: '',
};

export const phases = ['stabilise', 'understand', 'decide', 'release', 'guard'] as const;
export const intensities = ['gentle', 'steady', 'deep'] as const;
export const lengths = [10, 15, 20, 30] as const;
export const origins = ['shipped', 'mine', 'practice'] as const;

/** Letters as they are looked for: small, and without the marks upon them. */
export const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();

const words = (text: string) => fold(text).split(/\s+/).filter(Boolean);

interface Entry {
  exercise: ExerciseHead;
  /** Folded, its words parted and led by one space: so that a space tells where one begins. */
  title: string;
  text: string;
}

/** A library made ready to be searched with every letter that is typed. */
export class LibraryIndex {
  #entries: Entry[];

  /** `themes` gives the titles of the guide's pages by their ids. */
  constructor(exercises: readonly ExerciseHead[], themes: ReadonlyMap<string, string> = new Map()) {
    const line = (...texts: readonly string[]) => ` ${words(texts.join(' ')).join(' ')}`;
    this.#entries = exercises.map((exercise) => ({
      exercise,
      title: line(exercise.title),
      text: line(
        exercise.title,
        exercise.summary,
        exercise.guidance.purpose,
        ...exercise.themes.map((id) => themes.get(id) ?? ''),
      ),
    }));
  }

  /**
   * Those that are wanted. Every word must occur, in any order and as far as it is
   * typed; what begins a word of the title comes first, the rest keeps its order.
   */
  find(wanted: Wanted): ExerciseHead[] {
    const tokens = words(wanted.words);
    const found: { exercise: ExerciseHead; hits: number }[] = [];
    for (const { exercise, title, text } of this.#entries) {
      if (!narrows(exercise, wanted) || !tokens.every((token) => text.includes(token))) continue;
      const hits = tokens.filter((token) => title.includes(` ${token}`)).length;
      found.push({ exercise, hits });
    }
    if (tokens.length > 0) found.sort((a, b) => b.hits - a.hits);
    return found.map(({ exercise }) => exercise);
  }
}

function narrows(exercise: ExerciseHead, wanted: Wanted): boolean {
  const { phase, theme, intensity, minutes, starred, origin } = wanted;
  return (
    (!phase || exercise.phase === phase || exercise.phase === 'any') &&
    (!theme || exercise.themes.includes(theme)) &&
    (!intensity || exercise.intensity === intensity) &&
    (!minutes || exercise.minutes <= minutes) &&
    (!starred || exercise.favourite) &&
    (!origin || exercise.origin === origin)
  );
}

/** How many filters narrow, the words apart. */
export const narrowing = ({ words: _, ...filters }: Wanted) =>
  Object.values(filters).filter(Boolean).length;

/** The filters as an address holds them. The words are not in it: an address is kept and passed on. */
export function toQuery(wanted: Wanted): string {
  const query = new URLSearchParams();
  for (const name of ['phase', 'theme', 'intensity', 'minutes', 'origin'] as const)
    if (wanted[name]) query.set(name, String(wanted[name]));
  if (wanted.starred) query.set('starred', '1');
  return query.toString();
}

/** Reads an address; what it does not know in it narrows nothing. */
export function fromQuery(search: string): Wanted {
  const query = new URLSearchParams(search);
  const one = <T extends string>(name: string, of: readonly T[]): T | '' =>
    of.find((value) => value === query.get(name)) ?? '';
  return {
    words: '',
    phase: one('phase', phases),
    theme: query.get('theme') ?? '',
    intensity: one('intensity', intensities),
    minutes: lengths.find((value) => String(value) === query.get('minutes')) ?? 0,
    starred: query.get('starred') === '1',
    origin: one('origin', origins),
  };
}
