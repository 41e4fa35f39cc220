import type { Day } from '../../dates/day.ts';
import { type DueRow, defineCollection, type Store } from '../../ports/store.ts';
import type { Directory } from '../directory/directory.ts';

export const interestKinds = ['trustee', 'family', 'job', 'other'] as const;
type InterestKind = (typeof interestKinds)[number];

/**
 * What a member has declared about themselves and a partner, such as being its trustee. It hides nothing; it is shown to
 * people who decide. The row is due when the member is asked whether it is still so.
 */
export interface Interest extends DueRow {
  member: string;
  partner: string;
  kind: InterestKind;
  /** The day on which they declared it. */
  since: Day;
  /** When they are asked again; null: it has ended. */
  askAt: Date | null;
  /** Null: it still holds, as far as anybody has said. */
  endedAt: Date | null;
}

export const interests = defineCollection<Interest>()({
  name: 'interests',
  scope: 'partnership',
  fields: {
    member: 'text',
    partner: 'text',
    kind: 'text',
    since: 'text',
    askAt: 'moment',
    endedAt: 'moment',
    nextRunAt: 'moment',
    claim: 'text',
    sending: 'text',
  },
  indexes: {
    byMember: { on: ['member', 'since'] },
    byDay: { on: ['since'] },
    byEnd: { on: ['endedAt'] },
  },
});

/** The interest, to be asked about again a year after an instant. */
export function askedInAYear(row: Interest, now: Date): Interest {
  const askAt = new Date(now);
  askAt.setUTCFullYear(askAt.getUTCFullYear() + 1);
  return { ...row, askAt, endedAt: null, nextRunAt: askAt, claim: null };
}

/** The interest, ended. Nobody asks about it any more. */
export function ended(row: Interest, now: Date): Interest {
  return { ...row, askAt: null, endedAt: row.endedAt ?? now, nextRunAt: null, claim: null };
}

/**
 * What a member has declared that still holds, the oldest first, also what they declared before they were merged. A
 * partner that was merged into another one is that one.
 */
export async function interestsOf(
  member: string,
  store: Store,
  directory: Pick<Directory, 'member' | 'partner'>,
): Promise<Interest[]> {
  const ids = [member, ...(directory.member(member)?.mergedFrom ?? [])];
  const found: Interest[] = [];
  for await (const row of store.of(interests).all({ index: 'byMember', where: { member: ids } }))
    if (row.endedAt === null)
      found.push({ ...row, partner: directory.partner(row.partner)?.id ?? row.partner });
  return found.toSorted((a, b) => a.since.localeCompare(b.since) || a.id.localeCompare(b.id));
}
