import type { Exercise, Instruction } from './api.gen';
import type { CounselorStep, PartnerStep, PartnerView, People, Seat, Wording } from './live.gen';

// What the three screens show of a step when it begins, made from the exercise alone:
// for an author to look at. The first role sits on seat one.

export interface Screens {
  one: PartnerView;
  two: PartnerView;
  desk: CounselorStep;
}

/** What all three are told of a step. */
type Common = Pick<
  PartnerStep,
  keyof PartnerStep & keyof Omit<CounselorStep, 'declined' | 'put_off'>
>;

const seats: readonly Seat[] = ['one', 'two'];
type Role = keyof Exercise['roles'];
const pairs: readonly (readonly [Role, Role])[] = [
  ['a', 'b'],
  ['hurt', 'responsible'],
];

/** Which role sits where. */
export function cast(exercise: Exercise): Record<Seat, Role> {
  const [one, two] = pairs.find(([first]) => first in exercise.roles) ?? ['a', 'b'];
  return { one, two };
}

const own = (kind: string) => kind === 'gate' || kind === 'prompt';
const spoken = (kind: string) => kind === 'speak' || kind === 'mirror' || kind === 'say';

/** The fields of an object that are there. */
function given<T extends object>(all: { [K in keyof T]?: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(all).filter(([, v]) => v !== undefined)) as Partial<T>;
}

/** What a partner can do when a step begins: it decides which controls are drawn. */
function may(step: Instruction, acts: boolean): string[] {
  if (step.kind === 'apart') return acts ? [] : ['ready'];
  if (!acts) return [];
  const skip = step.skippable ? ['skip'] : [];
  switch (step.kind) {
    case 'read':
    case 'breathe':
      return ['ready', ...skip];
    case 'choose':
    case 'scale':
    case 'write':
    case 'sort':
      return [step.audience === 'device' ? 'done_private' : 'submit', ...skip];
    case 'speak':
    case 'mirror':
    case 'say':
      return ['yield'];
    case 'confirm':
      return ['confirm'];
    case 'agree':
      return ['edit', 'sign', 'not_today'];
    case 'ask':
      return ['ask', ...skip];
    default:
      return [];
  }
}

/** The three screens of one step. `today` is the date that an agreement begins on. */
export function screens(
  exercise: Exercise,
  index: number,
  people: People,
  today: Date,
): Screens | undefined {
  const step = exercise.steps[index];
  if (!step) return undefined;
  const roles = cast(exercise);
  const acts = (seat: Seat) => step.who === 'both' || step.who === roles[seat];
  const who = own(step.kind) ? [] : seats.filter(acts);
  const holder = spoken(step.kind) ? who[0] : undefined;
  const offers = [
    'yes',
    ...((step.almost && ['almost']) || []),
    ...((step.more && ['more']) || []),
  ];
  const head = {
    key: `1.${index}.1`,
    index,
    of: exercise.steps.length,
    round: step.round,
    kind: step.kind,
    who,
    ...given<Common>({
      title: step.title,
      note: step.note,
      seconds: step.seconds,
      floor: holder,
      skippable: step.skippable,
      options: step.options,
      other: step.other,
      at_most: step.at_most,
      cards: step.cards ?? (step.cards_from ? [] : undefined),
      buckets: step.buckets,
      low: step.low,
      high: step.high,
      max_length: step.max_length,
      audience: step.audience,
      warned: step.audience === 'counselor' && step.no_secrets === 'warned' ? true : undefined,
      preview: step.audience === 'sealed' ? step.preview : undefined,
      elsewise: step.kind === 'breathe' ? step.elsewise : undefined,
      frame: step.kind === 'agree' ? undefined : step.frame,
      wording: step.kind === 'agree' ? wording(step, today) : undefined,
      offers: step.kind === 'confirm' ? (offers as PartnerStep['offers'] & object) : undefined,
    }),
  };
  const prompt = (seat: Seat) => {
    const words = step.prompts?.[roles[seat]];
    if (words !== undefined) return words;
    if (acts(seat)) return step.prompt;
    return step.kind === 'apart' ? step.elsewise : step.listener;
  };
  const quiet: PartnerStep = {
    key: head.key,
    index,
    of: head.of,
    round: step.round,
    kind: 'wait',
    who: [],
    finished: false,
  };
  const phone = (seat: Seat): PartnerView => ({
    phase: 'exercise',
    you: seat,
    door: 'admitted',
    people,
    you_may: may(step, acts(seat)),
    exercise: {
      id: exercise.id,
      version: exercise.version,
      title: exercise.title,
      intensity: exercise.intensity,
      cast: { [roles.one]: 'one', [roles.two]: 'two' },
    },
    step: own(step.kind)
      ? quiet
      : { ...head, finished: false, ...given<PartnerStep>({ prompt: prompt(seat) }) },
  });
  return {
    one: phone('one'),
    two: phone('two'),
    desk: {
      ...head,
      finished: {},
      ...given<CounselorStep>({
        prompt: own(step.kind) ? step.prompt : undefined,
        counselor: step.counselor_note,
      }),
    },
  };
}

function wording(step: Instruction, today: Date): Wording {
  const day = (after: number) => {
    const date = new Date(today);
    date.setUTCDate(date.getUTCDate() + after);
    return date.toISOString().slice(0, 10);
  };
  return {
    revision: 1,
    text: step.frame ?? '',
    from: day(0),
    ...given<Wording>({
      review: step.review_days ? day(step.review_days) : undefined,
      expires: step.expires_days ? day(step.expires_days) : undefined,
    }),
  };
}
