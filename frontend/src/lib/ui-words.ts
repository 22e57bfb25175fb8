import en from '../words/ui.en.json';
import type { Compiled } from './words';

/** The messages of the controls that the phone and the desk share. */
export const t = en as unknown as Compiled<typeof en>;
