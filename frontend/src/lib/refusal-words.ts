import type en from '../words/refusal.en.json';
import { catalogue } from './language.svelte';
import { word } from './words';

/** What a room refuses a partner, by its code; the desk's words add what it refuses a counselor. */
export const t = catalogue<typeof en>({
  en: () => import('../words/refusal.en.json'),
  es: () => import('../words/refusal.es.json'),
});

/** A refusal in words; the server's own sentence where its code is newer than this page. */
export function refused({ code, message }: { code: string; message: string }): string {
  return word(t.codes, code) || message;
}
