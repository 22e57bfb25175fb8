import type en from '../words/desk.en.json';
import { catalogue } from './language.svelte';

/** The desk's messages. */
export const t = catalogue<typeof en>({
  en: () => import('../words/desk.en.json'),
});

/** The message for a word of the wire; nothing for one that is newer than this page. */
export function word(
  group: Readonly<Record<string, () => string>>,
  key: string | undefined,
): string {
  return (key !== undefined && Object.hasOwn(group, key) && group[key]?.()) || '';
}
