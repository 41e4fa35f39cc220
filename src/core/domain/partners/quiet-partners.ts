import type { Day } from '../../dates/day.ts';
import type { Store } from '../../ports/store.ts';
import { partners } from './partner.ts';

/**
 * Whose quiet partners: without `lead` everybody's, with a member's id theirs, with null those that nobody
 * leads, and with a list those of several.
 * `after`: only those that went quiet after this day.
 */
export interface QuietScope {
  lead?: string | null | readonly (string | null)[] | undefined;
  after?: Day | undefined;
}

/** Finds the partners that are quiet on a day (see `isQuiet`), the ones that are quiet longest first. */
export function quietQuery(today: Day, { lead, after }: QuietScope = {}) {
  const range = { field: 'quietOn', ...(after !== undefined && { after }), to: today } as const;
  return lead === undefined
    ? ({ index: 'byQuiet', where: { archived: false }, range } as const)
    : ({ index: 'byLead', where: { archived: false, lead }, range } as const);
}

/** Counts the partners that are quiet on a day. Lists, briefs and digests all count with this. */
export function countQuietPartners(today: Day, store: Store, scope?: QuietScope): Promise<number> {
  return store.of(partners).count(quietQuery(today, scope));
}
