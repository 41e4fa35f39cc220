import { addToDay, type Day, dayOf } from '../../dates/day.ts';
import { briefScopeOf, getsNewlyQuiet, isNewlyQuiet } from '../../domain/briefs/gather.ts';
import { isBriefDay } from '../../domain/briefs/schedule.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { day, moment, type RichText, rich } from '../../message/rich-text.ts';
import type { Asker } from './rules.ts';

/** How many days ahead the brief that mentions a follow-up is looked for. */
const MAX_DAYS_AHEAD = 400;

/** When a follow-up is mentioned next, or why it is not. @param owner undefined if it has none */
export function nextMentionText(row: Followup, owner: Member | undefined, asker: Asker): RichText {
  const { now, partnership, zone } = asker;
  if (row.state !== 'open') {
    const closed = row.closedAt && rich` on ${day(dayOf(row.closedAt, zone))}`;
    const how = row.state === 'done' ? 'Done' : 'Taken off the list';
    return rich`${how}${closed}, so nothing more comes.`;
  }
  if (!owner) return rich`Nobody owns it, so nobody is reminded.`;
  if (!owner.active) return rich`${owner.name} has left, so nobody is reminded.`;
  const whose = whoseText(owner, asker);
  if (row.at !== null && row.at > now)
    return rich`It has a clock time, so a reminder of its own comes on ${moment(row.at)}.`;
  if (row.sending) return rich`Its reminder is being sent right now.`;
  if (owner.rhythm === 'off')
    return rich`No brief mentions it: ${whose} briefs are switched off. It's still on ${listOf(owner, asker)}.`;
  const brief = nextBriefWithFollowup(row, owner, partnership);
  if (!brief) return rich`No brief will mention it. It's still on ${listOf(owner, asker)}.`;
  return rich`It's in ${whose} brief, next on ${day(brief)}${pauseText(owner, asker)}.`;
}

/**
 * Says who hears next that a partner is quiet, and when, or why nobody does.
 * @param readers its lead or, if it has none, the coordinators.
 * @returns undefined if it is not quiet.
 */
export function nextNudgeText(
  partner: Partner,
  readers: readonly Member[],
  asker: Asker,
): RichText | undefined {
  if (partner.quietOn === null || partner.quietOn > asker.today) return undefined;
  const days = readers.flatMap((reader) => nextBriefWithNudge(partner, reader, asker) ?? []);
  const next = days.toSorted()[0];
  const [lead] = readers;
  if (partner.lead === null)
    return next
      ? rich`Nobody leads it, so it's in the coordinators' briefs, next on ${day(next)}.`
      : rich`Nobody leads it, and no coordinator has a brief that would mention it.`;
  if (!lead?.active) return rich`The member who leads it has left, so nobody hears of it.`;
  const whose = whoseText(lead, asker);
  if (lead.rhythm === 'off') return rich`Nobody hears of it: ${whose} briefs are switched off.`;
  return next
    ? rich`It's in ${whose} brief, next on ${day(next)}${pauseText(lead, asker)}.`
    : rich`Nobody hears of it: ${whose} briefs have only things with a date.`;
}

const listOf = (owner: Member, { member }: Asker): string =>
  owner.id === member.id ? 'your list' : 'their list';

const whoseText = ({ id, name }: Member, { member }: Asker): string =>
  id === member.id ? 'your' : `${name}'s`;

function pauseText({ pausedUntil }: Member, { today }: Asker): RichText {
  return pausedUntil !== null && pausedUntil > today
    ? rich`, after the pause until ${day(pausedUntil)}`
    : [];
}

/** The local day of the next brief that mentions a quiet partner. */
function nextBriefWithNudge(
  partner: Partner,
  owner: Member,
  { partnership }: Asker,
): Day | undefined {
  const { nudgeOn } = partner;
  return firstBrief(owner, partnership, (today) => {
    const { whole } = briefScopeOf(owner, partnership, today);
    return (
      nudgeOn !== null &&
      nudgeOn <= today &&
      (whole || (getsNewlyQuiet(owner) && isNewlyQuiet(partner)))
    );
  });
}

/** The local day of the next brief that mentions an open follow-up. */
export function nextBriefWithFollowup(
  { dueDay }: Pick<Followup, 'dueDay'>,
  owner: Member,
  partnership: Partnership,
): Day | undefined {
  if (dueDay === null) return undefined;
  return firstBrief(owner, partnership, (today) => {
    const { until, late } = briefScopeOf(owner, partnership, today);
    return dueDay <= until && (late || dueDay >= today);
  });
}

/** The day of a member's next brief that fits. */
function firstBrief(
  owner: Member,
  partnership: Partnership,
  fits: (today: Day) => boolean,
): Day | undefined {
  if (owner.briefDay === null) return undefined;
  for (let ahead = 0; ahead < MAX_DAYS_AHEAD; ahead++) {
    const today = addToDay(owner.briefDay, { days: ahead });
    if (isBriefDay(today, owner, partnership) && fits(today)) return today;
  }
  return undefined;
}
