import type { Day } from '../../dates/day.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { isQuiet } from '../../domain/partners/rules.ts';
import type { Store } from '../../ports/store.ts';
import { byQuiet, type Place, placeIn, placeText } from './rules.ts';

/** Partners on one page. */
const PAGE = 10;
/** The most partners one member leads that are looked through. */
const MOST_LED = 500;

export interface QuietPage {
  shown: Partner[];
  /** Where it ended, when there are more. */
  end?: string | undefined;
}

/** Reads one page of those gone quiet, the longest first: of everybody's, or of those one member leads. */
export async function readQuiet(
  scope: { today: Day; after: string | undefined; lead: string | undefined },
  store: Store,
): Promise<QuietPage> {
  const { today, lead } = scope;
  const after = placeIn(scope.after);
  const found = lead
    ? await ledBy(lead, today, after, store)
    : await everybodys(today, after, store);
  const shown = found.slice(0, PAGE);
  const last = shown.at(-1);
  const more = found.length > PAGE && last?.quietOn;
  return { shown, end: more ? placeText({ quietOn: more, id: last.id }) : undefined };
}

/** Those that went quiet on the day the last page ended with, then the later ones: two reads at most. */
async function everybodys(today: Day, after: Place | undefined, store: Store): Promise<Partner[]> {
  const rows = store.of(partners);
  const index = 'byQuiet' as const;
  const sameDay = after
    ? await rows.find({
        index,
        where: { archived: false, quietOn: after.quietOn },
        range: { field: 'id', after: after.id },
        limit: PAGE + 1,
      })
    : [];
  const later = await rows.find({
    index,
    where: { archived: false },
    range: { field: 'quietOn', ...(after && { after: after.quietOn }), to: today },
    limit: PAGE + 1,
  });
  return [...sameDay, ...later];
}

async function ledBy(
  lead: string,
  today: Day,
  after: Place | undefined,
  store: Store,
): Promise<Partner[]> {
  const led = await store.of(partners).find({
    index: 'byNudge',
    where: { archived: false, lead },
    limit: MOST_LED,
  });
  const quiet = led.filter((partner) => isQuiet(partner, today)).toSorted(byQuiet);
  if (!after) return quiet;
  return quiet.filter(({ quietOn, id }) => `${quietOn}#${id}` > placeText(after));
}

/** How many partners have no day to go quiet: nobody has noted a contact, or they are resting. One indexed count. */
export function countUndated(store: Store): Promise<number> {
  const where = { archived: false, quietOn: null };
  return store.of(partners).count({ index: 'byQuiet', where });
}
