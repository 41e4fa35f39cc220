import { type Day, dayOf } from '../../dates/day.ts';
import { rangeWith } from '../../dates/working-days.ts';
import {
  type FoundMention,
  type NoMentionReason,
  nextNudge,
} from '../../domain/briefs/next-mention.ts';
import { silenceOfLead } from '../../domain/briefs/quiet-readers.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { comingDay, reminderAt } from '../../domain/followups/series.ts';
import type { Member } from '../../domain/members/member.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { rangeText } from '../../domain/partnerships/holidays.ts';
import { day, moment, type RichText, rich } from '../../message/rich-text.ts';
import { type Asker, awayText } from './rules.ts';

/** When a follow-up is mentioned next, or why it is not. It names the holiday that this waits for. */
export function nextMentionText(row: Followup, found: FoundMention, asker: Asker): RichText {
  const { partnership, today } = asker;
  const { partner } = found;
  const away = partner && row.state === 'open' ? awayText(partner, asker) : [];
  const off = row.state === 'open' && rangeWith(today, partnership.holidays);
  const holiday = off && rich` Everybody is on holiday, ${rangeText(off, today)}.`;
  const again = found.mention.kind === 'brief' && comesAgainText(row, asker);
  return rich`${mentionText(row, found, asker)}${again}${away}${holiday}`;
}

/** When one that repeats and is late comes again by its rule; empty for any other. */
function comesAgainText(row: Followup, { now, today }: Asker): RichText {
  if (!row.series || row.dueDay === null || row.dueDay >= today) return [];
  const reminder = reminderAt(row);
  if (reminder && reminder > now) return rich` It comes again on ${moment(reminder)}.`;
  const coming = comingDay(row, today);
  return coming === undefined ? [] : rich` It comes again on ${day(coming)}.`;
}

function mentionText(row: Followup, { owner, mention }: FoundMention, asker: Asker): RichText {
  switch (mention.kind) {
    case 'reminder':
      return rich`It has a clock time, so a reminder of its own comes on ${moment(mention.at)}.`;
    case 'sending':
      return rich`Its reminder is being sent right now.`;
    case 'brief':
      return owner
        ? rich`It's in ${whoseText(owner, asker)} brief, next on ${moment(mention.brief.at)}${pauseText(owner, asker)}.`
        : [];
    case 'none':
      return noMentionText(row, owner, mention.reason, asker);
  }
}

function noMentionText(
  row: Followup,
  owner: Member | undefined,
  reason: NoMentionReason,
  asker: Asker,
): RichText {
  if (reason === 'closed') {
    const closed = row.closedAt && rich` on ${day(dayOf(row.closedAt, asker.zone))}`;
    const how = row.state === 'done' ? 'Done' : 'Taken off the list';
    return rich`${how}${closed}, so nothing more comes.`;
  }
  if (!owner) return rich`Nobody owns it, so nobody is reminded.`;
  const still = rich`It's still on ${listOf(owner, asker)}.`;
  switch (reason) {
    case 'owner has left':
      return rich`${owner.name} has left, so nobody is reminded.`;
    case 'owner cannot be reached':
      return rich`I have no way to reach ${owner.name}, so nobody is reminded.`;
    case 'private':
      return rich`${owner.name} may not read it any more, so nobody is reminded.`;
    case 'briefs are off':
      return rich`No brief mentions it: ${whoseText(owner, asker)} briefs are switched off. ${still}`;
    default:
      return rich`No brief will mention it. ${still}`;
  }
}

/**
 * Says who hears next that a partner is quiet, and when, or why nobody does.
 * @param readers its lead and the coordinators, as stored.
 * @returns undefined if it is not quiet.
 */
export function nextNudgeText(
  partner: Partner,
  readers: readonly Member[],
  asker: Asker,
): RichText | undefined {
  if (partner.quietOn === null || partner.quietOn > asker.today) return undefined;
  const lead = readers.find(({ id }) => id === partner.lead);
  const next = nextNudge(partner, readers, asker);
  if (lead && next?.reader.id === lead.id)
    return rich`It's in ${whoseText(lead, asker)} brief, next on ${moment(next.brief.at)}${pauseText(lead, asker)}.`;
  const because = silenceText(lead, next?.brief.day ?? asker.today, asker);
  return next
    ? rich`${because}, so it's in the coordinators' briefs, next on ${moment(next.brief.at)}.`
    : rich`${because}, and no coordinator has a brief that would mention it.`;
}

/** Why the lead of a partner does not hear that it is quiet. */
function silenceText(lead: Member | undefined, today: Day, asker: Asker): RichText {
  const silence = silenceOfLead(lead, today);
  if (!lead || !silence || silence === 'no lead') return rich`Nobody leads it`;
  const whose = lead.id === asker.member.id ? 'Your' : `${lead.name}'s`;
  switch (silence) {
    case 'lead has left':
      return rich`${lead.name}, who leads it, has left`;
    case 'lead cannot be reached':
      return rich`I have no way to reach ${lead.name}, who leads it`;
    case 'briefs are off':
      return rich`${whose} briefs are switched off`;
    case 'dated things only':
      return rich`${whose} briefs have only things with a date`;
    case 'lead is away':
      return rich`${lead.name}, who leads it, is away until ${lead.pausedUntil && day(lead.pausedUntil)}`;
  }
}

const listOf = (owner: Member, { member }: Asker): string =>
  owner.id === member.id ? 'your list' : 'their list';

const whoseText = ({ id, name }: Member, { member }: Asker): string =>
  id === member.id ? 'your' : `${name}'s`;

/** Names the pause that a brief waits for. */
function pauseText({ pausedUntil }: Member, { today }: Asker): RichText {
  return pausedUntil !== null && pausedUntil > today
    ? rich`, after the pause until ${day(pausedUntil)}`
    : [];
}
