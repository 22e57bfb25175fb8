import { bare } from '../ui/markdown';
import type { People, Shareable } from './api.gen';
import { t } from './sharing-words';
import { word } from './words';

/** What may be shared of one exercise, or of the agreements, which belong to none. */
export interface Group {
  key: string;
  title: string;
  items: Shareable[];
}

/** The offer as it is read: agreements first, then each run through an exercise. */
export function grouped(offer: readonly Shareable[]): Group[] {
  const groups: Group[] = [];
  for (const item of offer) {
    const key = item.run === undefined ? 'agreements' : `${item.run}`;
    let group = groups.find((g) => g.key === key);
    if (!group) {
      group = { key, title: item.exercise ?? '', items: [] };
      groups.push(group);
    }
    group.items.push(item);
  }
  return groups;
}

/** Something that is to be looked at once more; without an item it is the counselor's own line. */
export interface Asking {
  id: string;
  item?: Shareable;
}

/** The counselor's own line, among what is looked at again. */
export const MESSAGE = 'message';

/** What of a page asks to be looked at once more. */
export function cautioned(
  offer: readonly Shareable[],
  include: ReadonlySet<string>,
  message: string,
): Asking[] {
  const asks: Asking[] = message.trim() ? [{ id: MESSAGE }] : [];
  for (const item of offer)
    if (include.has(item.id) && item.cautions.length > 0) asks.push({ id: item.id, item });
  return asks;
}

/** What was asked, and who said what to it, a line each. */
export const told = ({ about, said }: Shareable, people: People): string =>
  [
    ...(about ? [bare(about)] : []),
    ...said.map(({ who, text }) => (who ? `${people[who]}: ${text}` : text)),
  ].join('\n');

/** Why it is to be looked at once more. */
export const cautionsOf = ({ cautions }: Shareable): string =>
  cautions
    .map((caution) => word(t.cautions, caution))
    .filter(Boolean)
    .join(' · ');
