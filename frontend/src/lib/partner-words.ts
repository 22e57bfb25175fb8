import type en from '../words/partner.en.json';
import { catalogue } from './language.svelte';

/** The messages of the phone's first pages, and of what stands around a session. */
export const t = catalogue<typeof en>({
  en: () => import('../words/partner.en.json'),
  es: () => import('../words/partner.es.json'),
});
