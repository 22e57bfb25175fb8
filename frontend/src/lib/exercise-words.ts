import type en from '../words/exercise.en.json';
import { catalogue } from './language.svelte';

/** The messages of an exercise on a phone: its steps, its audiences, its screens. */
export const t = catalogue<typeof en>({
  en: () => import('../words/exercise.en.json'),
  es: () => import('../words/exercise.es.json'),
});
