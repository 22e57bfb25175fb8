import en from '../words/partner.en.json';
import type { Compiled } from './words';

/** The partner's messages. */
export const t = en as unknown as Compiled<typeof en>;
