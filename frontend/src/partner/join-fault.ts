import { t } from '../lib/partner-words';

/** Why a link or a code did not let anyone in: one sentence, and never whether it once was one. */
export function joinFault(status: number): string {
  if (status === 0) return t.join.offline();
  if (status === 429) return t.join.tooMany();
  return t.join.wrong();
}
