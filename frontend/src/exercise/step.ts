import { t } from '../lib/exercise-words';
import { date, dateFormat } from '../lib/format';
import type { Answer, PartnerCommand, PartnerStep, People, Seat } from '../lib/live.gen';
import type { FieldsOf, Settled } from '../lib/socket';

export type PartnerDo = PartnerCommand['do'];
/** Sends a command; a screen that only shows a phone has none. */
export type Act = <K extends PartnerDo>(
  name: K,
  fields: FieldsOf<K>,
) => Promise<Settled> | undefined;

/** What every step component takes. All of it comes from one partner's view. */
export interface StepProps {
  step: PartnerStep;
  people: People;
  me: Seat;
  youMay: readonly string[];
  onCommand: Act;
  /** Names of commands that are on their way. */
  sending?: readonly string[];
  /** At one's own pace: nobody leads on, and there is no session to end. */
  alone?: boolean;
  /** A picture of the phone: nothing can be pressed. */
  readonly?: boolean;
  /** What this person typed in this step before, unsent. */
  words?: string | undefined;
  /** Keeps what is being typed. */
  onwords?: (text: string) => void;
  /** The server's time in ms. */
  now?: () => number;
}

export const other = (seat: Seat): Seat => (seat === 'one' ? 'two' : 'one');
export const acts = (step: PartnerStep, me: Seat): boolean => step.who.includes(me);

/** The names that sentences take. */
export function names(people: People, me: Seat) {
  return { counselor: people.counselor, me: people[me], other: people[other(me)] };
}

export interface Band {
  words: string;
  /** Whose it is; absent where it is nobody's or both partners'. */
  seat?: Seat;
  /** Under the words. */
  below?: string;
}

/** The line a phone shows across its top: whose turn it is and what is asked, in words. */
export function band(step: PartnerStep, people: People, me: Seat): Band {
  const mine = acts(step, me);
  const holder = step.floor ?? (step.who.length === 1 ? step.who[0] : undefined);
  const name = holder ? people[holder] : '';
  const own = (words: string): Band => ({ words, ...(holder ? { seat: holder } : {}) });
  const theirs = (words: string, below: string): Band => ({ ...own(words), below });
  switch (step.kind) {
    case 'speak':
      return mine ? own(t.band.speak()) : theirs(t.band.listen(), t.band.speaking({ name }));
    case 'say':
      return mine ? own(t.band.say()) : theirs(t.band.listen(), t.band.speaking({ name }));
    case 'mirror':
      if (mine) return own(step.writing ? t.band.mirrorWriting() : t.band.mirror());
      return theirs(
        t.band.mirrored(),
        step.writing ? t.band.mirroringWriting({ name }) : t.band.mirroring({ name }),
      );
    case 'confirm':
      return mine ? own(t.band.confirm()) : theirs(t.band.judged(), t.band.confirming({ name }));
    case 'agree':
      return { words: step.concluded ? t.band.agreed() : t.band.agree(), below: t.band.both() };
    case 'reveal':
      return { words: step.revealed?.length ? t.band.revealed() : t.band.reveal() };
    case 'ask':
      return mine ? own(t.band.ask()) : { words: t.band.asked() };
    case 'apart':
      return { words: mine ? t.band.with({ counselor: people.counselor }) : t.band.apart() };
    case 'read':
    case 'breathe':
    case 'choose':
    case 'scale':
    case 'write':
    case 'sort':
      return mine ? own(t.band[step.kind]()) : own(t.band.theirs({ name }));
    default:
      return { words: t.band.wait() };
  }
}

/** The most characters of a text, and the most bytes that fit one frame to the server. */
export const MAX_TEXT = 8000;
const MAX_BYTES = 15_000;

export function tooLong(text: string, most: number | undefined): boolean {
  return [...text].length > (most ?? MAX_TEXT) || new TextEncoder().encode(text).length > MAX_BYTES;
}

/** An unsent answer that was kept as text, for the kinds that are more than text. */
export function unsent(words: string | undefined): Answer | undefined {
  if (!words) return undefined;
  try {
    const answer: unknown = JSON.parse(words);
    return answer && typeof answer === 'object' ? (answer as Answer) : undefined;
  } catch {
    return undefined;
  }
}

const weekday = dateFormat({ weekday: 'long', day: 'numeric', month: 'long' });

/** A date of the calendar, in the reader's way; what is none stays as it is. */
export function day(iso: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) ? weekday(date(iso)) : iso;
}
