import en from '../words/desk.en.json';
import type { Compiled } from './words';

/** The desk's messages. */
export const t = en as unknown as Compiled<typeof en>;
