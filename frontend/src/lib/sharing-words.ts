import type en from '../words/sharing.en.json';
import { catalogue } from './language.svelte';

/** The messages of the desk where it shares pages and asks for releases. */
export const t = catalogue<typeof en>({
  en: () => import('../words/sharing.en.json'),
  es: () => import('../words/sharing.es.json'),
});
