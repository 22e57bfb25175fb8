import type en from '../words/desk.en.json';
import { catalogue } from './language.svelte';

export { word } from './words';

/** The desk's messages. */
export const t = catalogue<typeof en>({
  en: () => import('../words/desk.en.json'),
  es: () => import('../words/desk.es.json'),
});
