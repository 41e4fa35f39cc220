import type { Delivery } from '../../domain/deliveries/delivery.ts';
import type { BriefRhythm, Member } from '../../domain/members/member.ts';
import { effectiveRhythm } from '../../domain/members/rules.ts';
import type { Reply } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';

/** After so many briefs in a row that were met with nothing, they become rarer. */
const IGNORED = 3;

/**
 * The next rarer rhythm; undefined where there is none. Those whose work it is keep a weekly one: it is how they
 * hear that a relationship has gone quiet.
 */
export function rarer(member: Pick<Member, 'rhythm' | 'role'>): BriefRhythm | undefined {
  const rhythm = effectiveRhythm(member);
  if (rhythm === 'daily') return 'weekly';
  return rhythm === 'weekly' && member.role === 'member' ? 'dated' : undefined;
}

/**
 * Since when a member must have done nothing at all for briefs to become rarer: the third last brief since they
 * last did. Undefined: too few have been sent.
 * @param briefs sent to them, the latest first.
 */
export function ignoredSince(
  member: Pick<Member, 'rhythm' | 'role' | 'steppedBackAt'>,
  briefs: readonly Pick<Delivery, 'sentAt'>[],
): Date | undefined {
  if (!rarer(member)) return undefined;
  const third = briefs[IGNORED - 1]?.sentAt;
  if (!third || (member.steppedBackAt && third < member.steppedBackAt)) return undefined;
  return third;
}

/** The brief that says that it comes more rarely from now on. */
export function withStepBack(brief: Reply, member: Member, to: BriefRhythm): Reply {
  const from = effectiveRhythm(member);
  const rarely = to === 'weekly' ? 'once a week' : 'only for things with a date';
  const text = rich`You seem to have plenty on, so from now on I'll write ${rarely}. Nothing of yours is lost: today shows it all.`;
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
