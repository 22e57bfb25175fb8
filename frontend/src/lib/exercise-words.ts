import en from '../words/exercise.en.json';
import type { Compiled } from './words';

/** The messages of an exercise on a phone: its steps, its audiences, its screens. */
export const t = en as unknown as Compiled<typeof en>;
