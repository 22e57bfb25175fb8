// Every state a phone can be in, as the view that brings it about.

const people = { counselor: 'Maria', one: 'Alex', two: 'Sam' };
const exercise = {
  id: 'floor-and-echo',
  version: 1,
  title: 'Floor and echo',
  intensity: 'steady',
  cast: { a: 'one', b: 'two' },
};
const choice = (...texts) => texts.map((text, i) => ({ id: `c${i}`, text }));
const always = ['dial', 'pause', 'leave', 'withdraw'];

export function view(more = {}) {
  return {
    phase: 'open',
    you: 'one',
    door: 'admitted',
    people,
    you_may: always,
    policy: {
      version: 3,
      secrets: 'no_secrets',
      text: 'What one of you tells me alone I may bring to both, **at my judgement**.\n\n- I will tell you before I do.\n- I have to act where a child is in danger.',
    },
    ...more,
  };
}

export function step(kind, more = {}, may = []) {
  return view({
    phase: 'exercise',
    exercise,
    you_may: [...always, ...may],
    step: {
      key: `1.${Math.abs(hash(kind + JSON.stringify(more))) % 1000}.1`,
      index: 2,
      of: 9,
      kind,
      who: ['one', 'two'],
      round: 1,
      finished: false,
      ...more,
    },
  });
}

const hash = (text) =>
  [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) | 0, 7);
const soon = (seconds) => new Date(Date.now() + seconds * 1000).toISOString();
const feelings = choice('Hopeful', 'Tense', 'Sad', 'Tired', 'Angry', 'Curious');
const cards = choice(
  'Knowing where you are',
  'Being told the truth when it is hard',
  'Keeping small promises',
);
const buckets = choice('Matters most', 'Matters', 'Matters less');
const write = {
  prompt: 'What do you want Sam to know you understand?',
  max_length: 600,
  title: 'What I heard',
};
const wording = {
  revision: 2,
  text: 'On Sundays at six we sit down for twenty minutes, phones in the drawer.',
  from: '2026-11-29',
  review: '2026-12-06',
  expires: '2026-12-29',
};
const pairText = {
  step: '1.1.1',
  kind: 'write',
  prompt: 'What do you want the other to know you understand?',
  one: {
    text: 'I want you to know that I see how long those evenings were for you.\n\nI did not see it then.',
  },
  two: { text: 'I understand that you were afraid to ask.' },
};
const pairScale = {
  step: '1.2.1',
  kind: 'scale',
  prompt: 'How far do you rely on what the other says today?',
  low: 'not at all',
  high: 'without a second thought',
  one: { value: 4 },
  two: { value: 7 },
};

export const states = {
  invited: view({ phase: 'lobby', door: 'invited', you_may: ['consent', 'leave'] }),
  waiting: view({ phase: 'lobby', door: 'knocking', you_may: ['leave'] }),
  'stepped-out': view({ phase: 'lobby', door: 'out', you_may: ['leave'] }),
  removed: view({
    phase: 'lobby',
    door: 'removed',
    you_may: [],
    people: { counselor: '', one: '', two: '' },
  }),
  between: view({
    agreements: [
      { id: 'a', wording },
      {
        id: 'b',
        wording: { revision: 1, text: 'Alex tells Sam before a late shift.' },
        today: true,
      },
    ],
  }),
  whisper: view({ whispers: ['Take your time. You can stop whenever you like.'] }),
  'reads-back': {
    ...step('read', { prompt: 'These are your last agreements.' }, ['ready']),
    exercise: { ...exercise, id: 'opening' },
    agreements: [{ id: 'a', wording }],
  },
  read: step(
    'read',
    {
      prompt: 'One of you speaks. The other **only** listens.',
      note: 'Afterwards you change places.',
    },
    ['ready', 'skip'],
  ),
  'read-done': step('read', {
    prompt: 'One of you speaks. The other **only** listens.',
    finished: true,
  }),
  breathe: step(
    'breathe',
    {
      prompt: 'Put both feet on the floor.',
      elsewise: 'Name five things you can see in this room.',
      seconds: 60,
      deadline: soon(55),
      skippable: true,
    },
    ['ready', 'skip'],
  ),
  choose: step(
    'choose',
    {
      prompt: 'Which of these are with you right now?',
      options: feelings,
      other: true,
      at_most: 3,
      audience: 'sealed',
      skippable: true,
    },
    ['submit', 'skip'],
  ),
  scale: step(
    'scale',
    {
      prompt: 'How steady are you now?',
      low: 'hardly',
      high: 'very steady',
      audience: 'counselor',
      warned: true,
      skippable: true,
    },
    ['submit', 'skip'],
  ),
  write: step('write', { ...write, audience: 'sealed', skippable: true }, ['submit', 'skip']),
  'write-device': step('write', { ...write, audience: 'device', skippable: true }, [
    'done_private',
    'skip',
  ]),
  'write-device-done': step('write', { ...write, audience: 'device', finished: true }, [
    'take_back',
  ]),
  'write-counselor': step(
    'write',
    { ...write, audience: 'counselor', frame: 'What was hardest for me was', skippable: true },
    ['submit', 'skip'],
  ),
  'write-room': step('write', { ...write, audience: 'room', skippable: true }, ['submit', 'skip']),
  'write-room-shared': step(
    'write',
    {
      ...write,
      audience: 'room',
      mine: { text: 'That you waited up.' },
      finished: true,
      revealed: [{ ...pairText, one: { text: 'That you waited up.' }, two: undefined }],
    },
    ['submit', 'take_back'],
  ),
  sealed: step(
    'write',
    {
      ...write,
      audience: 'sealed',
      finished: true,
      mine: { text: 'That I see how long those evenings were.' },
    },
    ['submit', 'take_back'],
  ),
  'sealed-choose': step(
    'choose',
    {
      prompt: 'Which of these are with you right now?',
      options: feelings,
      at_most: 3,
      audience: 'sealed',
      preview: true,
      finished: true,
      mine: { choices: ['c0', 'c2'] },
    },
    ['submit', 'take_back'],
  ),
  skipped: step('write', { ...write, audience: 'sealed', finished: true, declined: true }, [
    'take_back',
  ]),
  theirs: step('write', { ...write, audience: 'sealed', who: ['two'], prompt: '' }),
  sort: step(
    'sort',
    {
      prompt: 'How much does each of these matter to you?',
      cards,
      buckets,
      audience: 'sealed',
      skippable: true,
    },
    ['submit', 'skip'],
  ),
  reveal: step('reveal', { prompt: 'Read both. Say nothing yet.' }),
  revealed: step('reveal', {
    prompt: 'Read both. Say nothing yet.',
    revealed: [pairText, pairScale],
  }),
  speak: step(
    'speak',
    {
      who: ['one'],
      floor: 'one',
      prompt: 'Say what this was like for you.',
      note: 'Keep it short. Leave room for Sam to say it back.',
      seconds: 90,
      deadline: soon(130),
    },
    ['yield', 'extend'],
  ),
  listen: step('speak', {
    who: ['two'],
    floor: 'two',
    prompt: 'Listen for what matters to Sam.',
    seconds: 90,
    deadline: soon(80),
  }),
  'speak-more': step(
    'speak',
    { who: ['one'], floor: 'one', prompt: 'Say what this was like for you.', again: 'more' },
    ['yield'],
  ),
  mirror: step(
    'mirror',
    {
      who: ['one'],
      floor: 'one',
      prompt: 'Say back what you heard Sam say.',
      again: 'almost',
      seconds: 60,
      deadline: soon(20),
    },
    ['yield', 'extend'],
  ),
  'mirror-writing': step(
    'mirror',
    {
      who: ['one'],
      floor: 'one',
      prompt: 'Write back what you heard Sam say.',
      writing: true,
      audience: 'room',
      max_length: 500,
    },
    ['submit', 'yield'],
  ),
  mirrored: step('mirror', { who: ['two'], floor: 'two', prompt: '' }),
  confirm: step(
    'confirm',
    {
      who: ['one'],
      prompt: 'Was that what you meant?',
      offers: ['yes', 'almost', 'more'],
      revealed: [
        { step: '1.4.1', kind: 'mirror', prompt: '', two: { text: 'You felt alone with it.' } },
      ],
    },
    ['confirm'],
  ),
  confirming: step('confirm', { who: ['two'], offers: ['yes', 'almost', 'more'] }),
  say: step(
    'say',
    {
      who: ['one'],
      floor: 'one',
      prompt: 'Thank Sam for one thing you heard.',
      frame: 'It helped me that you',
      mine: { text: 'you told me about the evenings' },
    },
    ['yield'],
  ),
  agree: step(
    'agree',
    {
      prompt: 'Read it aloud once. Is this what you both mean?',
      wording,
      signed: ['two'],
      max_length: 2000,
    },
    ['edit', 'sign', 'not_today'],
  ),
  'agree-put-off': step('agree', { wording, put_off: true, finished: true }, ['edit', 'sign']),
  agreed: step('agree', { wording, signed: ['one', 'two'], concluded: true, finished: true }),
  ask: step(
    'ask',
    {
      prompt: 'Is there something you need to know?',
      at_most: 5,
      max_length: 500,
      questions: [
        { question: 1, mine: true, text: 'When did it end?' },
        { question: 2, mine: true, text: 'Where were you on my birthday?', dealt: 'prepare' },
        { question: 1, mine: false, text: 'Do you want to stay?', dealt: 'now' },
      ],
    },
    ['ask', 'reply'],
  ),
  apart: step(
    'apart',
    { who: ['two'], prompt: 'Write down, on paper, three things you can see.' },
    ['ready'],
  ),
  with: step('apart', { who: ['one'], prompt: 'A few minutes with Maria.' }, ['ready']),
  wait: step('wait', { who: [] }),
  paused: view({
    phase: 'paused',
    you_may: ['dial', 'pause', 'leave'],
    pause: { since: soon(-60) },
  }),
  'paused-return': view({
    phase: 'paused',
    you_may: ['dial', 'pause', 'leave'],
    pause: { since: soon(-60), return_at: soon(1200) },
  }),
  neutral: view({
    phase: 'paused',
    you_may: ['leave'],
    pause: { since: soon(-60), neutral: true },
  }),
  ended: {
    phase: 'ended',
    you: 'one',
    door: 'admitted',
    people: { counselor: '', one: '', two: '' },
    you_may: [],
  },
};
