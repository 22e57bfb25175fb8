import type en from '../words/keeping.en.json';
import { catalogue } from './language.svelte';

/** What is said of keeping, erasing and bringing in. */
export const t = catalogue<typeof en>({
  en: () => import('../words/keeping.en.json'),
  es: () => import('../words/keeping.es.json'),
});
