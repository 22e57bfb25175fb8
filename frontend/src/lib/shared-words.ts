import en from '../words/shared.en.json';
import type { Compiled } from './words';

/** The messages of what the phone and the desk both show: ui and exercise. */
export const t = en as unknown as Compiled<typeof en>;
