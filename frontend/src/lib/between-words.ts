import type en from '../words/between.en.json';
import { catalogue } from './language.svelte';

/** The messages of what a phone does between sessions. */
export const t = catalogue<typeof en>({
  en: () => import('../words/between.en.json'),
  es: () => import('../words/between.es.json'),
});
