import type {
  AcceptInvitation,
  Account,
  Agenda,
  CarriedOut,
  CarryOutItem,
  Colleague,
  Counselor,
  Couple,
  CoupleAgreement,
  CoupleHead,
  CoupleList,
  DeedList,
  DraftedNote,
  DraftShare,
  DueList,
  Enrolment,
  Exercise,
  ExerciseHead,
  ExerciseProblem,
  ExerciseSource,
  FormerCouple,
  GuidePage,
  GuidePageHead,
  HandOver,
  Homework,
  Import,
  Invited,
  Keeping,
  KeepingTerms,
  Link,
  Linted,
  Me,
  NewCouple,
  NewHomework,
  NewInvitation,
  NewPasskey,
  NewRehearsal,
  NewRelease,
  NewReview,
  NewSession,
  NewShare,
  NewSuitability,
  Note,
  NoteFormat,
  NoteKind,
  OpaqueCouple,
  OverrideRelease,
  Passkey,
  PasskeyChallenge,
  PatchCounselor,
  PatchCouple,
  PatchMe,
  PatchPractice,
  PatchSession,
  Practice,
  PracticeInvitation,
  Problem,
  Proof,
  PutExercise,
  PutNote,
  RecoveryCodes,
  Rehearsal,
  Release,
  Reset,
  Seat,
  Session,
  SessionHead,
  Setup,
  SetupState,
  Share,
  ShareOffer,
  SharePage,
  ShownPasskey,
  ShownShare,
  SignedIn,
  SignIn,
  Suitability,
  Summary,
  Terms,
  Trends,
} from './api.gen';
import type { Schema } from './desk-complete';
import { language } from './language.svelte';
import { amiss, problem as inWords } from './problem-words';

/** What went wrong with one input, as a path ("one.name") and a sentence. */
export interface FieldFault {
  field: string;
  message: string;
}

/**
 * A refusal that a person can act upon. `code` is the server's stable word; three
 * are our own: "offline" (no answer came), "unreadable" (an answer that is not
 * Mend's) and "aborted" (we left the screen).
 */
export class Fault extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldFault[];
  /** Seconds to wait before trying again, where the server said so. */
  readonly retryAfter: number | undefined;
  /** The note as the server has it; with code "stale_version". */
  readonly note: Note | undefined;
  /** All that is wrong with an exercise, by line; with code "not_an_exercise". */
  readonly problems: readonly ExerciseProblem[];

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      fields?: FieldFault[];
      retryAfter?: number | undefined;
      note?: Note | undefined;
      problems?: readonly ExerciseProblem[] | undefined;
    } = {},
  ) {
    super(message);
    this.name = 'Fault';
    this.status = status;
    this.code = code;
    this.fields = more.fields ?? [];
    this.retryAfter = more.retryAfter;
    this.note = more.note;
    this.problems = more.problems ?? [];
  }

  /** The sentence for one field, if it is at fault. */
  at(field: string): string | undefined {
    return this.fields.find((f) => f.field === field)?.message;
  }

  get offline(): boolean {
    return this.code === 'offline';
  }
}

/** Whatever was thrown, as a Fault. */
export function toFault(cause: unknown): Fault {
  if (cause instanceof Fault) return cause;
  if (cause instanceof DOMException && cause.name === 'AbortError')
    return new Fault(0, 'aborted', '');
  return new Fault(0, 'unreadable', '');
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Options {
  body?: unknown;
  query?: Record<string, string | undefined>;
  signal?: AbortSignal;
  /** Keeps the request alive while the page goes away. */
  keepalive?: boolean;
  /** The tag of what is replaced: refused where somebody replaced it meanwhile. */
  ifMatch?: string;
}

let unsigned = () => {};
let lastCall = Date.now();

/** When the server last heard from this page that somebody is here, in milliseconds. */
export const lastHeard = (): number => lastCall;

// At the door a refusal is about what was typed, not about who is signed in.
const atDoor = (path: string) => path.startsWith('/sign-in') || path === '/reset';

/** Says who is told when the server no longer knows who we are. The desk has one such listener. */
export function whenUnsigned(tell: () => void): void {
  unsigned = tell;
}

const call = async <T>(method: Method, path: string, options: Options = {}): Promise<T> =>
  (await tagged<T>(method, path, options)).value;

/** A call whose answer comes with the tag that it may be replaced by. */
async function tagged<T>(
  method: Method,
  path: string,
  options: Options = {},
): Promise<{ value: T; tag: string }> {
  const headers: Record<string, string> = { Accept: 'application/json, application/problem+json' };
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
  if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(options.body);
  }
  // The server answers a repeated create with what the first one made.
  if (method === 'POST') headers['Idempotency-Key'] = crypto.randomUUID();
  if (options.ifMatch !== undefined) headers['If-Match'] = options.ifMatch;
  if (options.signal) init.signal = options.signal;
  if (options.keepalive) init.keepalive = true;

  if (!(method === 'GET' && atDoor(path))) lastCall = Date.now();
  let response: Response;
  try {
    response = await fetch(address(path, options.query), init);
  } catch (cause) {
    if (options.signal?.aborted) throw toFault(cause);
    throw new Fault(0, 'offline', '');
  }
  if (!response.ok) {
    if (response.status === 401 && !atDoor(path)) unsigned();
    throw await refusal(response);
  }
  const tag = response.headers.get('ETag') ?? '';
  if (response.status === 204) return { value: undefined as T, tag };
  try {
    return { value: (await response.json()) as T, tag };
  } catch {
    throw new Fault(response.status, 'unreadable', '');
  }
}

function address(path: string, query: Options['query']): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  if (given.length === 0) return `/api/v1${path}`;
  return `/api/v1${path}?${new URLSearchParams(given as [string, string][])}`;
}

async function refusal(response: Response): Promise<Fault> {
  const seconds = Number(response.headers.get('Retry-After'));
  const retryAfter = Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
  let problem: Partial<Problem>;
  try {
    problem = (await response.json()) as Partial<Problem>;
  } catch {
    return new Fault(response.status, 'unreadable', '', { retryAfter });
  }
  const code = problem.code ?? 'unreadable';
  const fields = (problem.errors ?? []).map((e) => ({
    field: plain(e.field),
    message: amiss(e.code, e.limit, sentence(e.message, e.mend)),
  }));
  const message =
    (fields.length === 1 && fields[0]?.message) ||
    inWords({ code, message: sentence(problem.detail ?? problem.title ?? '', problem.mend) });
  if (problem.field && !fields.some((f) => f.field === plain(problem.field ?? '')))
    fields.unshift({ field: plain(problem.field), message });
  return new Fault(response.status, code, message, {
    fields,
    retryAfter,
    note: problem.note,
    problems: problem.problems,
  });
}

const sentence = (what: string, mend?: string) => (mend ? `${what} ${mend}` : what);

/** A field's path without the part of the request that it stands in. */
const plain = (path: string) => path.replace(/^(body|query|path)\./, '');

/** Follows a list to its end. The desk's lists are a practice's, not a platform's. */
async function all<T>(path: string, query: Record<string, string | undefined> = {}): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page: { items: T[]; next_cursor?: string } = await call('GET', path, {
      query: { ...query, cursor },
    });
    items.push(...page.items);
    cursor = page.next_cursor || undefined;
  } while (cursor);
  return items;
}

const id = encodeURIComponent;

/** Every call the desk makes. */
export const api = {
  setupState: () => call<SetupState>('GET', '/setup'),
  setUp: (body: Setup) => call<Me>('POST', '/setup', { body }),
  signIn: (body: SignIn) => call<void>('POST', '/sign-in', { body }),
  signOut: () => call<void>('POST', '/sign-out'),
  signedIn: () => call<SignedIn>('GET', '/sign-in'),
  askPasskey: () => call<PasskeyChallenge>('POST', '/sign-in/challenge'),
  signInByPasskey: (body: ShownPasskey) => call<void>('POST', '/sign-in/passkey', { body }),
  reset: (body: Reset) => call<void>('POST', '/reset', { body }),
  me: () => call<Me>('GET', '/me'),
  changeMe: (body: PatchMe) => call<Me>('PATCH', '/me', { body }),

  account: () => call<Account>('GET', '/account'),
  askProof: () => call<PasskeyChallenge>('POST', '/account/proof/challenge'),
  prove: (body: Proof) => call<void>('POST', '/account/proof', { body }),
  changePassword: (password: string) =>
    call<void>('PUT', '/account/password', { body: { password } }),
  dropPassword: () => call<void>('DELETE', '/account/password'),
  askNewPasskey: () => call<PasskeyChallenge>('POST', '/account/passkeys/challenge'),
  addPasskey: (body: NewPasskey) => call<Passkey>('POST', '/account/passkeys', { body }),
  renamePasskey: (passkey: string, name: string) =>
    call<Passkey>('PATCH', `/account/passkeys/${id(passkey)}`, { body: { name } }),
  removePasskey: (passkey: string) => call<void>('DELETE', `/account/passkeys/${id(passkey)}`),
  beginCodes: () => call<Enrolment>('POST', '/account/codes'),
  confirmCodes: (code: string) =>
    call<RecoveryCodes>('POST', '/account/codes/confirm', { body: { code } }),
  endCodes: () => call<void>('DELETE', '/account/codes'),
  renewRecovery: () => call<RecoveryCodes>('POST', '/account/recovery-codes'),
  endSignIn: (signIn: string) => call<void>('DELETE', `/account/sign-ins/${id(signIn)}`),
  endOtherSignIns: () => call<void>('DELETE', '/account/sign-ins'),

  practice: () => call<Practice>('GET', '/practice'),
  changePractice: (body: PatchPractice) => call<Practice>('PATCH', '/practice', { body }),

  colleagues: async () => (await call<{ items: Colleague[] }>('GET', '/colleagues')).items,
  counselors: () => all<Counselor>('/practice/counselors'),
  changeCounselor: (counselor: string, body: PatchCounselor) =>
    call<Counselor>('PATCH', `/practice/counselors/${id(counselor)}`, { body }),
  couplesOf: (counselor: string) =>
    all<OpaqueCouple>(`/practice/counselors/${id(counselor)}/couples`),
  invitations: () => all<PracticeInvitation>('/practice/invitations'),
  invite: (body: NewInvitation) =>
    call<PracticeInvitation>('POST', '/practice/invitations', { body }),
  revokeInvitation: (invitation: string) =>
    call<void>('DELETE', `/practice/invitations/${id(invitation)}`),
  /** What an invitation says; nothing is used up. */
  openInvitation: (token: string) =>
    call<Invited>('POST', '/invitations/open', { body: { token } }),
  acceptInvitation: (body: AcceptInvitation) => call<Me>('POST', '/invitations/accept', { body }),
  handOver: (couple: string, body: HandOver) =>
    call<void>('POST', `/couples/${id(couple)}/hand-over`, { body }),
  handedOver: async () => (await call<{ items: FormerCouple[] }>('GET', '/handed-over')).items,
  addColleague: (session: string, counselor: string) =>
    call<Session>('PUT', `/sessions/${id(session)}/colleagues/${id(counselor)}`),
  removeColleague: (session: string, counselor: string) =>
    call<void>('DELETE', `/sessions/${id(session)}/colleagues/${id(counselor)}`),
  /** One page of the audit. */
  deeds: (query: { counselor?: string; action?: string; cursor?: string }) =>
    call<DeedList>('GET', '/audit', { query }),

  couples: () => all<CoupleHead>('/couples'),
  couple: (couple: string) => call<Couple>('GET', `/couples/${id(couple)}`),
  addCouple: (body: NewCouple) => call<Couple>('POST', '/couples', { body }),
  changeCouple: (couple: string, body: PatchCouple) =>
    call<Couple>('PATCH', `/couples/${id(couple)}`, { body }),
  deleteCouple: (couple: string) => call<void>('DELETE', `/couples/${id(couple)}`),
  stateSuitability: (couple: string, body: NewSuitability) =>
    call<Couple>('POST', `/couples/${id(couple)}/suitability`, { body }),

  /** A page of the couples whose label or names have all of the words; of all couples without one. */
  findCouples: (words: string, cursor?: string) =>
    call<CoupleList>('POST', '/couples/search', { body: { words, ...(cursor && { cursor }) } }),
  trends: (couple: string) => call<Trends>('GET', `/couples/${id(couple)}/trends`),
  agreements: (couple: string) =>
    all<CoupleAgreement>(`/couples/${id(couple)}/agreements`, { limit: '100' }),
  reviewAgreement: (couple: string, agreement: string, body: NewReview) =>
    call<CoupleAgreement>('POST', `/couples/${id(couple)}/agreements/${id(agreement)}/reviews`, {
      body,
    }),
  consents: (couple: string) => all<Terms>(`/couples/${id(couple)}/consents`, { limit: '100' }),
  statements: (couple: string) => all<Suitability>(`/couples/${id(couple)}/suitability`),
  keeping: (couple: string) => call<Keeping>('GET', `/couples/${id(couple)}/keeping`),
  hold: (couple: string, reason: string) =>
    call<Keeping>('PUT', `/couples/${id(couple)}/hold`, { body: { reason } }),
  liftHold: (couple: string) => call<void>('DELETE', `/couples/${id(couple)}/hold`),
  erasePartner: (couple: string, seat: Seat, label: string) =>
    call<Couple>('POST', `/couples/${id(couple)}/erasures`, { body: { seat, label } }),
  keepingTerms: () => call<KeepingTerms>('GET', '/practice/keeping'),
  keepFor: (progress_years: number, process_years: number) =>
    call<KeepingTerms>('PUT', '/practice/keeping', { body: { progress_years, process_years } }),
  due: async () => (await call<DueList>('GET', '/retention')).items,
  carryOut: (items: CarryOutItem[]) => call<CarriedOut>('POST', '/retention', { body: { items } }),
  bringIn: (csv: string, apply: boolean) =>
    call<Import>('POST', '/imports', { body: { csv, apply } }),

  sessions: () => all<SessionHead>('/sessions'),
  session: (session: string) => call<Session>('GET', `/sessions/${id(session)}`),
  plan: (couple: string, body: NewSession) =>
    call<Session>('POST', `/couples/${id(couple)}/sessions`, { body }),
  changeSession: (session: string, body: PatchSession) =>
    call<Session>('PATCH', `/sessions/${id(session)}`, { body }),
  makeLink: (session: string, seat: Seat) =>
    call<Link>('POST', `/sessions/${id(session)}/links`, { body: { for: seat } }),
  revokeLink: (session: string, link: string) =>
    call<void>('DELETE', `/sessions/${id(session)}/links/${id(link)}`),

  shareOffer: (session: string, whose: 'one' | 'two' | 'both') =>
    call<ShareOffer>('GET', `/sessions/${id(session)}/shares/offer`, { query: { for: whose } }),
  /** A page exactly as its reader would see it; nothing is kept. */
  previewShare: (session: string, body: DraftShare) =>
    call<SharePage>('POST', `/sessions/${id(session)}/shares/preview`, { body }),
  makeShare: (session: string, body: NewShare) =>
    call<Share>('POST', `/sessions/${id(session)}/shares`, { body }),
  shares: async (session: string) =>
    (await call<{ items: Share[] }>('GET', `/sessions/${id(session)}/shares`)).items,
  share: (session: string, share: string) =>
    call<ShownShare>('GET', `/sessions/${id(session)}/shares/${id(share)}`),
  revokeShare: (session: string, share: string) =>
    call<void>('DELETE', `/sessions/${id(session)}/shares/${id(share)}`),

  releases: async (couple: string) =>
    (await call<{ items: Release[] }>('GET', `/couples/${id(couple)}/releases`)).items,
  askRelease: (couple: string, body: NewRelease) =>
    call<Release>('POST', `/couples/${id(couple)}/releases`, { body }),
  release: (release: string) => call<Release>('GET', `/releases/${id(release)}`),
  makeReleaseLink: (release: string, seat: Seat) =>
    call<Link>('POST', `/releases/${id(release)}/links`, { body: { for: seat } }),
  withdrawRelease: (release: string) => call<void>('DELETE', `/releases/${id(release)}`),
  overrideRelease: (release: string, body: OverrideRelease) =>
    call<Release>('POST', `/releases/${id(release)}/override`, { body }),

  homework: (couple: string) => all<Homework>(`/couples/${id(couple)}/homework`),
  setHomework: (couple: string, body: NewHomework) =>
    call<Homework>('POST', `/couples/${id(couple)}/homework`, { body }),
  oneHomework: (homework: string) => call<Homework>('GET', `/homework/${id(homework)}`),
  makeHomeworkLink: (homework: string, seat: Seat) =>
    call<Link>('POST', `/homework/${id(homework)}/links`, { body: { for: seat } }),
  revokeHomeworkLink: (homework: string, link: string) =>
    call<void>('DELETE', `/homework/${id(homework)}/links/${id(link)}`),
  revealHomework: (homework: string, step: number) =>
    call<Homework>('POST', `/homework/${id(homework)}/reveal`, { body: { step } }),
  closeHomework: (homework: string) => call<Homework>('POST', `/homework/${id(homework)}/close`),

  note: (session: string, kind: NoteKind) =>
    call<Note>('GET', `/sessions/${id(session)}/note`, { query: { kind } }),
  noteVersion: (session: string, kind: NoteKind, version: number) =>
    call<Note>('GET', `/sessions/${id(session)}/note/versions/${version}`, { query: { kind } }),
  saveNote: (session: string, body: PutNote, keepalive = false) =>
    call<Note>('PUT', `/sessions/${id(session)}/note`, { body, keepalive }),
  draftNote: (session: string, format: NoteFormat) =>
    call<DraftedNote>('GET', `/sessions/${id(session)}/note/draft`, { query: { format } }),
  signNote: (session: string, kind: NoteKind, version: number) =>
    call<Note>('POST', `/sessions/${id(session)}/note/sign`, { body: { kind, version } }),
  addAddendum: (session: string, kind: NoteKind, text: string) =>
    call<Note>('POST', `/sessions/${id(session)}/note/addenda`, { body: { kind, text } }),
  summary: (session: string) => call<Summary>('GET', `/sessions/${id(session)}/summary`),

  exercises: (couple?: string) => all<ExerciseHead>('/exercises', { couple, language: language() }),
  exercise: (exercise: string, couple?: string) =>
    call<Exercise>('GET', `/exercises/${id(exercise)}`, {
      query: { couple, language: language() },
    }),
  star: (exercise: string, on: boolean) =>
    call<void>(on ? 'PUT' : 'DELETE', `/exercises/${id(exercise)}/favourite`),
  agendas: () => all<Agenda>('/agendas', { language: language() }),
  guide: () => all<GuidePageHead>('/guide', { language: language() }),
  guidePage: (page: string) =>
    call<GuidePage>('GET', `/guide/${id(page)}`, { query: { language: language() } }),
  rehearse: (body: NewRehearsal) => call<Rehearsal>('POST', '/rehearsals', { body }),
  rehearsal: (rehearsal: string) => call<Rehearsal>('GET', `/rehearsals/${id(rehearsal)}`),
  endRehearsal: (rehearsal: string) => call<void>('DELETE', `/rehearsals/${id(rehearsal)}`),
  /** Only `mend exercise preview` answers it. */
  openPreview: (token: string) => call<Rehearsal>('POST', '/preview', { body: { token } }),

  exerciseSource: (exercise: string) =>
    tagged<ExerciseSource>('GET', `/exercises/${id(exercise)}/source`),
  addExercise: (body: PutExercise) => tagged<ExerciseSource>('POST', '/exercises', { body }),
  changeExercise: (exercise: string, body: PutExercise, ifMatch: string) =>
    tagged<ExerciseSource>('PUT', `/exercises/${id(exercise)}`, { body, ifMatch }),
  deleteExercise: (exercise: string) => call<void>('DELETE', `/exercises/${id(exercise)}`),
  lintExercise: (source: string) => call<Linted>('POST', '/exercises/lint', { body: { source } }),
  exerciseSchema: () => call<Schema>('GET', '/exercise-schema'),
};

export type Api = typeof api;
