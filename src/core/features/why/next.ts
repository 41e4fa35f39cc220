import { addToDay, type Day, dayOf } from '../../dates/day.ts';
import { hearsNews, isNews, scopeOf } from '../../domain/briefs/gather.ts';
import { isBriefDay } from '../../domain/briefs/schedule.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { day, moment, type RichText, rich } from '../../message/rich-text.ts';
import type { Asker } from './rules.ts';

/** How far ahead the brief is looked for that will mention a promise. */
const DAYS_AHEAD = 400;

/** When somebody hears of a follow-up next: or why nobody does. `owner`: whose it is, undefined if nobody's. */
export function nextText(row: Followup, owner: Member | undefined, asker: Asker): RichText {
  const { now, partnership, zone } = asker;
  if (row.state !== 'open') {
    const settled = row.closedAt && rich` on ${day(dayOf(row.closedAt, zone))}`;
    const how = row.state === 'done' ? 'Done' : 'Taken off the list';
    return rich`${how}${settled}, so nothing more comes.`;
  }
  if (!owner) return rich`Nobody owns it, so nobody is reminded.`;
  if (!owner.active) return rich`${owner.name} has left, so nobody is reminded.`;
  const whose = whoseText(owner, asker);
  if (row.at !== null && row.at > now)
    return rich`It has a clock time, so a reminder of its own comes on ${moment(row.at)}.`;
  if (row.sending) return rich`Its reminder is just going out.`;
  if (owner.rhythm === 'off')
    return rich`No brief mentions it: ${whose} briefs are switched off. It stands in followup list.`;
  const brief = briefThatTells(row, owner, partnership);
  if (!brief) return rich`No brief to come mentions it. It stands in followup list.`;
  return rich`It comes in ${whose} brief, next on ${day(brief)}${pauseText(owner, asker)}.`;
}

/**
 * Who hears next that a partner is quiet, and when: or why nobody does.
 * @param readers who leads it, or, with nobody, those who coordinate.
 * @returns undefined while it is not quiet.
 */
export function nextNudgeText(
  partner: Partner,
  readers: readonly Member[],
  asker: Asker,
): RichText | undefined {
  if (partner.quietOn === null || partner.quietOn > asker.today) return undefined;
  const days = readers.flatMap((reader) => briefThatNudges(partner, reader, asker) ?? []);
  const next = days.toSorted()[0];
  const [lead] = readers;
  if (partner.lead === null)
    return next
      ? rich`With nobody to lead it, it comes in the coordinators' briefs, next on ${day(next)}.`
      : rich`Nobody leads it, and no coordinator has a brief that would mention it.`;
  if (!lead?.active) return rich`Whoever leads it has left, so nobody is told.`;
  const whose = whoseText(lead, asker);
  if (lead.rhythm === 'off') return rich`Nobody is told: ${whose} briefs are switched off.`;
  return next
    ? rich`It comes in ${whose} brief, next on ${day(next)}${pauseText(lead, asker)}.`
    : rich`Nobody is told: ${whose} briefs hold only things with a date.`;
}

const whoseText = ({ id, name }: Member, { member }: Asker): string =>
  id === member.id ? 'your' : `${name}'s`;

function pauseText({ pausedUntil }: Member, { today }: Asker): RichText {
  return pausedUntil !== null && pausedUntil > today
    ? rich`, after the pause until ${day(pausedUntil)}`
    : [];
}

/** The local day of the first brief to come that tells that a partner is quiet. */
function briefThatNudges(partner: Partner, owner: Member, { partnership }: Asker): Day | undefined {
  const { nudgeOn } = partner;
  return firstBrief(owner, partnership, (today) => {
    const { whole } = scopeOf(owner, partnership, today);
    return nudgeOn !== null && nudgeOn <= today && (whole || (hearsNews(owner) && isNews(partner)));
  });
}

/** The local day of the first brief to come that tells of an open promise. */
export function briefThatTells(
  { byDay }: Pick<Followup, 'byDay'>,
  owner: Member,
  partnership: Partnership,
): Day | undefined {
  if (byDay === null) return undefined;
  return firstBrief(owner, partnership, (today) => {
    const { until, late } = scopeOf(owner, partnership, today);
    return byDay <= until && (late || byDay >= today);
  });
}

/** The first day of a member's briefs to come that fits. */
function firstBrief(
  owner: Member,
  partnership: Partnership,
  fits: (today: Day) => boolean,
): Day | undefined {
  if (owner.briefDay === null) return undefined;
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead++) {
    const today = addToDay(owner.briefDay, { days: ahead });
    if (isBriefDay(today, owner, partnership) && fits(today)) return today;
  }
  return undefined;
}
