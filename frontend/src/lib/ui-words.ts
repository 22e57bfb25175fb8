import type en from '../words/ui.en.json';
import { catalogue } from './language.svelte';

/** The messages of the controls that the phone and the desk share. */
export const t = catalogue<typeof en>({
  en: () => import('../words/ui.en.json'),
  es: () => import('../words/ui.es.json'),
});
