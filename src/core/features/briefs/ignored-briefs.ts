import type { Delivery } from '../../domain/deliveries/delivery.ts';
import type { BriefRhythm, Member } from '../../domain/members/member.ts';
import { effectiveRhythm } from '../../domain/members/rules.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';

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

/** The brief with a note that briefs come more rarely from now on. */
export function withRarerBriefsNote(brief: Reply, member: Member, to: BriefRhythm): Reply {
  const from = effectiveRhythm(member);
  const rarely = to === 'weekly' ? 'once a week' : 'only for things with a date';
  const text = rich`You haven't responded to your last ${IGNORED_BRIEFS} briefs, so from now on I'll write ${rarely}. Nothing of yours is lost: type ${bold('today')} to see it all.`;
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
