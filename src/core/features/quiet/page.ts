import type { Day } from '../../dates/day.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { isQuiet } from '../../domain/partners/rules.ts';
import type { Store } from '../../ports/store.ts';

/** Partners on one page. */
const PAGE_SIZE = 10;
/** How many of the partners that a member leads are read. */
const MAX_LED_READ = 500;

export interface QuietPage {
  shown: Partner[];
  /** Where the page ended, if there are more partners. */
  end?: string | undefined;
}

/** Reads one page of quiet partners, the ones that are quiet longest first. @param scope lead: only that member's */
export async function readQuiet(
  scope: { today: Day; after: string | undefined; lead: string | undefined },
  store: Store,
): Promise<QuietPage> {
  const { today, lead } = scope;
  const after = readPageEnd(scope.after);
  const found = lead
    ? await quietLedBy(lead, today, after, store)
    : await quietOfAll(today, after, store);
  const shown = found.slice(0, PAGE_SIZE);
  const last = shown.at(-1);
  const more = found.length > PAGE_SIZE && last?.quietOn;
  return { shown, end: more ? pageEndText({ quietOn: more, id: last.id }) : undefined };
}

/** The rest of the day that the last page ended with, then the later days. Two reads at most. */
async function quietOfAll(
  today: Day,
  after: PageEnd | undefined,
  store: Store,
): Promise<Partner[]> {
  const rows = store.of(partners);
  const index = 'byQuiet' as const;
  const sameDay = after
    ? await rows.find({
        index,
        where: { archived: false, quietOn: after.quietOn },
        range: { field: 'id', after: after.id },
        limit: PAGE_SIZE + 1,
      })
    : [];
  const later = await rows.find({
    index,
    where: { archived: false },
    range: { field: 'quietOn', ...(after && { after: after.quietOn }), to: today },
    limit: PAGE_SIZE + 1,
  });
  return [...sameDay, ...later];
}

async function quietLedBy(
  lead: string,
  today: Day,
  after: PageEnd | undefined,
  store: Store,
): Promise<Partner[]> {
  const led = await store.of(partners).find({
    index: 'byNudge',
    where: { archived: false, lead },
    limit: MAX_LED_READ,
  });
  const quiet = led.filter((partner) => isQuiet(partner, today)).toSorted(byQuiet);
  if (!after) return quiet;
  return quiet.filter((partner) => pageEndText(partner) > pageEndText(after));
}

/** Counts the partners without a quiet day: no contact was noted, or they are resting. */
export function countUndated(store: Store): Promise<number> {
  const where = { archived: false, quietOn: null };
  return store.of(partners).count({ index: 'byQuiet', where });
}

/** The last partner of a page. Partners that went quiet on the same day are sorted by id. */
export interface PageEnd {
  quietOn: Day;
  id: string;
}

/** The end of a page as an arg of the More button. */
export const pageEndText = ({ quietOn, id }: Pick<Partner, 'quietOn' | 'id'>): string =>
  `${quietOn}#${id}`;

/** @returns the end of a page from a button's arg, or undefined if there is none. */
export function readPageEnd(text: string | undefined): PageEnd | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})#(.+)$/.exec(text ?? '');
  return match ? { quietOn: match[1] as Day, id: match[2] as string } : undefined;
}

/** Sorts partners for the list: the ones that are quiet longest first. */
function byQuiet(a: Partner, b: Partner): number {
  const [first, second] = [a, b].map(pageEndText);
  return (first as string) < (second as string) ? -1 : 1;
}
