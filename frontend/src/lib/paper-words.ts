import type en from '../words/paper.en.json';
import { catalogue } from './language.svelte';

/** The messages of what a counselor shares by a link, and of what a partner is asked by one. */
export const t = catalogue<typeof en>({
  en: () => import('../words/paper.en.json'),
  es: () => import('../words/paper.es.json'),
});
