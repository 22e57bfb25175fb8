// An exercise as the YAML it is written in: the few lines that the editor itself
// changes. Everything else is the author's.

/** What a request may weigh, as the server counts it. */
export const MAX_REQUEST = 256 * 1024;

/** Whether a source can be sent at all. */
export function sendable(source: string): boolean {
  const body = JSON.stringify({ source, scope: 'practice' });
  return new TextEncoder().encode(body).length <= MAX_REQUEST;
}

const line = (key: string) => new RegExp(`^(${key}:[ \\t]*)(\\S+)(.*)$`, 'm');

/** The value of a plain key at the file's margin. */
const value = (source: string, key: string) =>
  line(key)
    .exec(source)?.[2]
    ?.replace(/^(['"])(.*)\1$/, '$2');

const withValue = (source: string, key: string, to: string) =>
  source.replace(line(key), (_, before: string, __, after: string) => before + to + after);

export const idOf = (source: string): string | undefined => value(source, 'id');
export const versionOf = (source: string): number => Number(value(source, 'version')) || 0;

/** The source with a version that is higher than another; as it is where it is so already. */
export function raised(source: string, above: number): string {
  return versionOf(source) > above ? source : withValue(source, 'version', String(above + 1));
}

const longest = 40; // characters of an id

/** The source as an exercise of its own: with another id, its first version, and no frame. */
export function copied(source: string, taken: readonly string[]): string {
  const was = idOf(source) ?? 'exercise';
  let id = '';
  for (let n = 1; id === '' || taken.includes(id); n++) {
    const end = n === 1 ? '-copy' : `-copy-${n}`;
    id = was.slice(0, longest - end.length).replace(/-+$/, '') + end;
  }
  const own = withValue(withValue(source, 'id', id), 'version', '1');
  return own.replace(/^frame:.*\n/m, '').replace(/^# yaml-language-server:.*\n/, '');
}
