import type en from '../words/problem.en.json';
import { catalogue } from './language.svelte';
import { refused } from './refusal-words';
import { word } from './words';

/** What is said of a command or a call of the desk that was refused, by its code, and of single inputs. */
export const t = catalogue<typeof en>({
  en: () => import('../words/problem.en.json'),
  es: () => import('../words/problem.es.json'),
});

/** Why it was refused; the server's own sentence where its code is newer than this page. */
export function problem(refusal: { code: string; message: string }): string {
  return word(t.codes, refusal.code) || refused(refusal);
}

/** What is wrong with one input. */
export function amiss(code: string, limit: string | undefined, message: string): string {
  return word(t.inputs, code, { limit: limit ?? '' }) || message;
}
