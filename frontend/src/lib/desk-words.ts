import en from '../words/desk.en.json';
import type { Compiled } from './words';

/** The desk's messages. */
export const t = en as unknown as Compiled<typeof en>;

/** The message for a word of the wire; nothing for one that is newer than this page. */
export function word(
  group: Readonly<Record<string, () => string>>,
  key: string | undefined,
): string {
  return (key !== undefined && Object.hasOwn(group, key) && group[key]?.()) || '';
}
