import type { Day } from '../../dates/day.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { quietQuery } from '../../domain/partners/quiet-partners.ts';
import type { Store } from '../../ports/store.ts';

/** Partners on one page. */
const PAGE_SIZE = 10;

export interface QuietPage {
  shown: Partner[];
  /** Where the page ended, if there are more partners. */
  end?: string | undefined;
}

/**
 * Reads one page of quiet partners, the ones that are quiet longest first. It takes two reads, however many there are.
 * @param scope lead: only that member's
 */
export async function readQuiet(
  scope: { today: Day; after: string | undefined; lead: string | undefined },
  store: Store,
): Promise<QuietPage> {
  const { today, lead } = scope;
  const after = readPageEnd(scope.after);
  const rows = store.of(partners);
  // The rest of the day that the last page ended with, then the later days.
  const later = quietQuery(today, { lead, after: after?.quietOn });
  const sameDay =
    after &&
    ({
      ...later,
      where: { ...later.where, quietOn: after.quietOn },
      range: { field: 'id', after: after.id },
    } as const);
  const first = sameDay ? await rows.find(sameDay, PAGE_SIZE) : { rows: [], more: false };
  const rest = await rows.find(later, PAGE_SIZE);
  const found = [...first.rows, ...rest.rows];
  const shown = found.slice(0, PAGE_SIZE);
  const last = shown.at(-1);
  const more = first.more || rest.more || found.length > PAGE_SIZE;
  const end = more && last?.quietOn && pageEndText({ quietOn: last.quietOn, id: last.id });
  return { shown, end: end || undefined };
}

/** Counts the partners without a quiet day: nobody has spoken with them yet, or they are resting. */
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
