import { dayOf } from '../../dates/day.ts';
import { readItemName } from '../../domain/briefs/brief-items.ts';
import type { Delivery } from '../../domain/deliveries/delivery.ts';
import { followups } from '../../domain/followups/followup.ts';
import type { BriefRhythm, Member } from '../../domain/members/member.ts';
import { effectiveRhythm } from '../../domain/members/rules.ts';
import { partners } from '../../domain/partners/partner.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { wasActiveSince } from '../../domain/receipts/activity.ts';
import type { Reply } from '../../message/reply.ts';
import { commandText, rich } from '../../message/rich-text.ts';
import { getAll, type Store, type Stores } from '../../ports/store.ts';

/** Briefs become rarer after so many in a row were ignored. */
const IGNORED_BRIEFS = 3;

/**
 * The next rarer rhythm; undefined if there is none. Workers and coordinators keep a weekly brief, since that is how
 * they hear that a partner has gone quiet.
 */
export function rarerRhythm(member: Pick<Member, 'rhythm' | 'role'>): BriefRhythm | undefined {
  const rhythm = effectiveRhythm(member);
  if (rhythm === 'daily') return 'weekly';
  return rhythm === 'weekly' && member.role === 'member' ? 'dated' : undefined;
}

/**
 * Briefs become rarer if the member has done nothing since the returned instant, which is when the third last brief was
 * sent. Undefined: too few were sent since they last became rarer, or they cannot become rarer.
 * @param briefs the ones sent to them, the newest first.
 */
export function ignoredSince(
  member: Pick<Member, 'rhythm' | 'role' | 'steppedBackAt'>,
  briefs: readonly Pick<Delivery, 'sentAt'>[],
): Date | undefined {
  if (!rarerRhythm(member)) return undefined;
  const third = briefs[IGNORED_BRIEFS - 1]?.sentAt;
  if (!third || (member.steppedBackAt && third < member.steppedBackAt)) return undefined;
  return third;
}

/**
 * Whether a member ignored their last briefs: they did not use the bot since, and nothing in those briefs was dealt with,
 * by anybody.
 * @param briefs the ones sent to them, the newest first.
 */
export async function wereIgnored(
  member: Member,
  briefs: readonly Delivery[],
  { store, stores, partnership }: { store: Store; stores: Stores; partnership: Partnership },
): Promise<boolean> {
  const since = ignoredSince(member, briefs);
  if (!since) return false;
  if (await wasActiveSince(stores, { partnership: partnership.id, member: member.id, since }))
    return false;
  const names = briefs.slice(0, IGNORED_BRIEFS).flatMap(({ items }) => items);
  return !(await isAnyDealtWith(names, since, { store, partnership }));
}

/** Whether a follow-up in some briefs was closed since an instant, or somebody has spoken with a partner in them. */
async function isAnyDealtWith(
  names: readonly string[],
  since: Date,
  { store, partnership }: { store: Store; partnership: Partnership },
): Promise<boolean> {
  const idsOf = (...kinds: string[]) => [
    ...new Set(
      names.flatMap((name) => {
        const [kind = '', id = ''] = readItemName(name).parts;
        return kinds.includes(kind) ? [id] : [];
      }),
    ),
  ];
  const [promises, quiet] = await Promise.all([
    getAll(store.of(followups), idsOf('followup', 'ask', 'escalated')),
    getAll(store.of(partners), idsOf('quiet')),
  ]);
  const day = dayOf(since, partnership.zone);
  return (
    promises.some(({ closedAt }) => closedAt !== null && closedAt >= since) ||
    quiet.some(({ lastTwoWay }) => lastTwoWay !== null && lastTwoWay >= day)
  );
}

/** The brief with a note that briefs come more rarely from now on. */
export function withRarerBriefsNote(brief: Reply, member: Member, to: BriefRhythm): Reply {
  const from = effectiveRhythm(member);
  const rarely = to === 'weekly' ? 'once a week' : 'only for things with a date';
  const text = rich`You haven't responded to your last ${IGNORED_BRIEFS} briefs, so from now on I'll write ${rarely}, until I hear from you. Nothing of yours is lost: type ${commandText('today')} to see it all.`;
  const keep = `Keep them ${from}`;
  return {
    ...brief,
    card: [
      {
        kind: 'row',
        text,
        buttons: [
          { label: keep, command: 'fewer', args: { how: member.rhythm } },
          { label: "That's fine", command: 'fewer', args: { how: to } },
        ],
      },
      ...(brief.card ?? []),
    ],
  };
}
