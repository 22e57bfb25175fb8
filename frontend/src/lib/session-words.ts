import type en from '../words/session.en.json';
import { catalogue } from './language.svelte';

/** The messages of a phone whose person has a seat in a session. */
export const t = catalogue<typeof en>({
  en: () => import('../words/session.en.json'),
  es: () => import('../words/session.es.json'),
});
