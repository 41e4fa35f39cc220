import type { Day } from '../../dates/day.ts';
import type { Delivery } from '../deliveries/delivery.ts';
import { escalationItem } from '../followups/escalation.ts';
import type { Followup } from '../followups/followup.ts';
import { comingDay } from '../followups/series.ts';
import type { Partner } from '../partners/partner.ts';
import { type BriefItems, isQuietNews } from './gather.ts';

/** How many items a brief shows if all of them were mentioned before. A button leads to the rest. */
const MAX_ITEMS_SHOWN = 3;
/** How many items a brief shows if more are new. What does not fit is new in the next brief too. */
export const MAX_NEWS_SHOWN = 8;

/** How long the titles and names of more than three new items are together, so that each platform shows them all. */
const MAX_NEWS_LENGTH = 600;

/** In the ledger, the name of an item that a brief only counts begins with it. */
const ONLY_COUNTED = 'more:';

/** One item of a brief. */
export type BriefItem =
  | { kind: 'late' | 'chase' | 'asked' | 'due' | 'escalated'; row: Followup }
  | { kind: 'quiet'; row: Partner };

/** The items in the order in which they are listed. */
export function listItems(items: BriefItems): BriefItem[] {
  return [
    ...items.late.map((row) => ({ kind: 'late' as const, row })),
    ...items.chase.map((row) => ({ kind: 'chase' as const, row })),
    ...items.asked.map((row) => ({ kind: 'asked' as const, row })),
    ...items.due.map((row) => ({ kind: 'due' as const, row })),
    ...items.escalated.map((row) => ({ kind: 'escalated' as const, row })),
    ...items.quiet.map((row) => ({ kind: 'quiet' as const, row })),
  ];
}

/** What a brief shows, and what it only counts. */
export interface FoldedItems {
  shown: BriefItem[];
  counted: BriefItem[];
}

/**
 * Decides what a brief shows. What no brief has shown yet comes first, with what is due today and `urgent`. Of the rest,
 * what was shown longest ago comes first, so that the same ones do not head each brief.
 * @param briefs the ones sent to the member, the newest first.
 * @param urgent ids of follow-ups that have to be shown.
 */
export function foldItems(
  items: BriefItems,
  {
    briefs,
    urgent,
    today,
  }: { briefs: readonly SentBrief[]; urgent: ReadonlySet<string>; today: Day },
): FoldedItems {
  const shownBefore = lastShown(briefs);
  const all = listItems(items).map((item) => ({
    item,
    ago: shownBefore.get(keyOf(itemName(item))),
  }));
  const cannotWait = (item: BriefItem) =>
    item.kind !== 'quiet' && (urgent.has(item.row.id) || comingDay(item.row, today) === today);
  const isNews = ({ item, ago }: { item: BriefItem; ago: number | undefined }) =>
    item.kind === 'quiet' ? isQuietNews(item.row) : ago === undefined || cannotWait(item);
  const news = all.filter(isNews);
  const rest = all
    .filter((one) => !isNews(one))
    .toSorted((a, b) => (b.ago ?? briefs.length) - (a.ago ?? briefs.length));
  // If not all of the news fits, what cannot wait for another brief does.
  let length = 0;
  const first = new Set(
    news
      .toSorted((a, b) => Number(cannotWait(b.item)) - Number(cannotWait(a.item)))
      .filter(({ item }, index) => {
        length += item.kind === 'quiet' ? item.row.name.length : item.row.title.length;
        const hasRoom = index < MAX_NEWS_SHOWN && length <= MAX_NEWS_LENGTH;
        return index < MAX_ITEMS_SHOWN || hasRoom;
      }),
  );
  const fit = news.filter((one) => first.has(one));
  const ordered = [...fit, ...news.filter((one) => !first.has(one)), ...rest];
  const count = Math.max(MAX_ITEMS_SHOWN, fit.length);
  const sorted = ordered.map(({ item }) => item);
  return { shown: sorted.slice(0, count), counted: sorted.slice(count) };
}

type SentBrief = Pick<Delivery, 'items'>;

/** How many briefs ago each item was shown, by its key. @param briefs the newest first */
function lastShown(briefs: readonly SentBrief[]): ReadonlyMap<string, number> {
  const ago = new Map<string, number>();
  for (const [index, { items }] of briefs.entries())
    for (const name of items) if (!ago.has(keyOf(name))) ago.set(keyOf(name), index);
  return ago;
}

/** What is the same of an item in several briefs. The name of a quiet partner changes with each nudge. */
const keyOf = (name: string): string =>
  name.startsWith('quiet:') ? name.split(':').slice(0, 2).join(':') : name;

/** The name of an item in the ledger. A brief is one delivery that lists its items. */
function itemName(item: BriefItem): string {
  if (item.kind === 'quiet') return `quiet:${item.row.id}:${item.row.nudgeOn}`;
  if (item.kind === 'escalated') return escalationItem(item.row);
  return item.kind === 'asked'
    ? `ask:${item.row.id}`
    : `followup:${item.row.id}:${item.row.dueDay}`;
}

/** The names of a brief's items for the ledger, in its order. */
export function itemNames({ shown, counted }: FoldedItems): string[] {
  return [...shown.map(itemName), ...counted.map((item) => `${ONLY_COUNTED}${itemName(item)}`)];
}

/** An item of the ledger in its parts. `onlyCounted`: the brief did not show it, but counted it among the rest. */
export function readItemName(name: string): { parts: string[]; onlyCounted: boolean } {
  const onlyCounted = name.startsWith(ONLY_COUNTED);
  return { parts: (onlyCounted ? name.slice(ONLY_COUNTED.length) : name).split(':'), onlyCounted };
}
