/** Where the desk may stand. Every page lives below /desk; ids are in the path, names never. */
export type Place =
  | { page: 'today' }
  | { page: 'set-up' }
  | { page: 'sign-in' }
  | { page: 'couples' }
  | { page: 'new-couple' }
  | { page: 'import' }
  | { page: 'couple'; id: string }
  | { page: 'edit-couple'; id: string }
  | { page: 'trends'; id: string }
  | { page: 'plan-new'; id: string; query?: string }
  | { page: 'sessions' }
  | { page: 'new-session' }
  | { page: 'plan'; id: string }
  | { page: 'lobby'; id: string }
  | { page: 'live'; id: string }
  | { page: 'wrap-up'; id: string }
  | { page: 'summary'; id: string }
  | { page: 'exercises'; query?: string }
  | { page: 'new-exercise' }
  | { page: 'exercise'; id: string; query?: string }
  | { page: 'edit-exercise'; id: string }
  | { page: 'guide' }
  | { page: 'guide-page'; id: string }
  | { page: 'rehearsal'; id: string }
  | { page: 'preview' }
  | { page: 'practice' }
  | { page: 'audit' }
  | { page: 'handed-over' }
  | { page: 'invitation' }
  | { page: 'account' }
  | { page: 'reset' }
  | { page: 'due' }
  | { page: 'nowhere' };

export type Page = Place['page'];

const base = '/desk';

// A pattern is a path below /desk, with ":" where an id stands. The first that fits wins.
const patterns: readonly (readonly [string, Page])[] = [
  ['', 'today'],
  ['setup', 'set-up'],
  ['sign-in', 'sign-in'],
  ['couples', 'couples'],
  ['couples/new', 'new-couple'],
  ['couples/import', 'import'],
  ['couples/:', 'couple'],
  ['couples/:/edit', 'edit-couple'],
  ['couples/:/trends', 'trends'],
  ['couples/:/plan', 'plan-new'],
  ['sessions', 'sessions'],
  ['sessions/new', 'new-session'],
  ['sessions/:/plan', 'plan'],
  ['sessions/:/lobby', 'lobby'],
  ['sessions/:/live', 'live'],
  ['sessions/:/wrap-up', 'wrap-up'],
  ['sessions/:', 'summary'],
  ['exercises', 'exercises'],
  ['exercises/new', 'new-exercise'],
  ['exercises/:', 'exercise'],
  ['exercises/:/edit', 'edit-exercise'],
  ['guide', 'guide'],
  ['guide/:', 'guide-page'],
  ['rehearsals/:', 'rehearsal'],
  ['preview', 'preview'],
  ['practice', 'practice'],
  ['audit', 'audit'],
  ['handed-over', 'handed-over'],
  ['invitation', 'invitation'],
  ['account', 'account'],
  ['reset', 'reset'],
  ['keeping', 'due'],
];

// The pages whose address goes on behind a "?": filters, or the couple one came from.
const asking: readonly Page[] = ['exercises', 'exercise', 'plan-new'];

/** The place an address names. Anything unknown is "nowhere", never a guess. */
export function read(path: string, search = ''): Place {
  const place = named(path);
  const query = search.replace(/^\?/, '');
  return query && asking.includes(place.page) ? ({ ...place, query } as Place) : place;
}

function named(path: string): Place {
  if (path !== base && !path.startsWith(`${base}/`)) return { page: 'nowhere' };
  const parts = path.slice(base.length).split('/').filter(Boolean);
  for (const [pattern, page] of patterns) {
    const wanted = pattern.split('/').filter(Boolean);
    if (wanted.length !== parts.length) continue;
    if (!wanted.every((want, i) => want === ':' || want === parts[i])) continue;
    const at = wanted.indexOf(':');
    if (at < 0) return { page } as Place;
    const id = decode(parts[at] ?? '');
    return id ? ({ page, id } as Place) : { page: 'nowhere' };
  }
  return { page: 'nowhere' };
}

/** The path of a place: what a link's href is. */
export function path(place: Place): string {
  const pattern = patterns.find(([, page]) => page === place.page)?.[0];
  if (pattern === undefined || pattern === '') return base;
  const id = 'id' in place ? encodeURIComponent(place.id) : '';
  const query = 'query' in place && place.query ? `?${place.query}` : '';
  return `${base}/${pattern.replace(':', id)}${query}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** The address bar as a value. One instance lives in the shell. */
export class Router {
  #place = $state.raw<Place>({ page: 'nowhere' });
  #moved = false;

  constructor() {
    this.#place = read(location.pathname, location.search);
  }

  get place(): Place {
    return this.#place;
  }

  /** Whether we have moved since the page was loaded. */
  get moved(): boolean {
    return this.#moved;
  }

  /** Listens to the browser; returns how to stop. */
  listen(): () => void {
    const follow = () => {
      this.#moved = true;
      this.#place = read(location.pathname, location.search);
    };
    const click = (event: MouseEvent) => this.#click(event);
    addEventListener('popstate', follow);
    document.addEventListener('click', click);
    return () => {
      removeEventListener('popstate', follow);
      document.removeEventListener('click', click);
    };
  }

  go(place: Place, how: 'push' | 'replace' = 'push'): void {
    const to = path(place);
    if (how === 'replace' || to === location.pathname + location.search)
      history.replaceState(null, '', to);
    else history.pushState(null, '', to);
    this.#moved = true;
    this.#place = place;
    scrollTo(0, 0);
  }

  // Links stay links: a plain click is taken over, every other way of opening one is the browser's.
  #click(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a');
    if (!link || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href, location.href);
    if (url.origin !== location.origin) return;
    // A jump within the page is the browser's as well.
    if (url.hash && url.pathname === location.pathname) return;
    const place = read(url.pathname, url.search);
    if (place.page === 'nowhere') return;
    event.preventDefault();
    this.go(place);
  }
}
