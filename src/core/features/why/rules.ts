import { type Day, dayOf, instantOf, weekdayOf } from '../../dates/day.ts';
import { durationText } from '../../dates/duration.ts';
import { timeText } from '../../dates/time-of-day.ts';
import type { Directory } from '../../names/directory.ts';
import { bold, day, moment, type RichText, rich } from '../../rich-text.ts';
import { isBriefDay } from '../briefs/schedule.ts';
import type { Delivery } from '../deliveries/store.ts';
import { postingText } from '../digests/rules.ts';
import { type Digest, rhythmOf } from '../digests/store.ts';
import { dueText, isHiddenFrom } from '../followups/rules.ts';
import type { Followup } from '../followups/store.ts';
import type { Member } from '../members/store.ts';
import { zoneOf } from '../members/zone.ts';
import { everyFrom } from '../partners/rules.ts';
import type { Partner } from '../partners/store.ts';
import { daysText } from '../settings/days.ts';
import { scopeText } from '../settings/rules.ts';
import type { Partnership } from '../settings/store.ts';

/** Who asks, and when: what an explanation is put into words for. */
export interface Asker {
  member: Member;
  names: Directory;
  partnership: Partnership;
  now: Date;
  /** The asker's zone (IANA) and day. */
  zone: string;
  today: Day;
}

/** How a message fared: when, where, at which try, marked as a possible repeat or not; or why not. */
export function outcomeText(row: Delivery): RichText {
  const where = placeText(row);
  const tried = row.tries === 1 ? 'at the first try' : `at try ${row.tries}`;
  switch (row.state) {
    case 'sent':
      return rich`Sent ${row.sentAt && rich`on ${moment(row.sentAt)} `}${where}, ${tried}${row.repeat === true && ', marked as a possible repeat'}.`;
    case 'prepared':
      return row.tries === 0
        ? rich`Not sent yet.`
        : rich`Not sent yet: after ${row.tries === 1 ? 'the first try' : `try ${row.tries}`} the platform asked me to wait. It goes out as soon as it may.`;
    case 'sending':
      return rich`It is just going out ${where}, ${tried}.`;
    case 'unknown':
      return rich`Nobody knows whether it arrived: sent ${where} ${tried}, and no answer came. ${row.kind === 'digest' ? "I don't post it again, so that nobody sees it twice." : 'I look for it; if it is not there I send it again, marked as a possible repeat.'}`;
    case 'permanent':
      return rich`Not delivered ${where}, and not tried any more: ${row.reason ?? 'nobody noted why.'}`;
    case 'withdrawn':
      return rich`Not sent: it was changed or settled just before.`;
    case 'skipped':
      return rich`Not sent: ${row.reason ?? 'it was too late.'}`;
  }
}

function placeText({ address, kind }: Delivery): RichText {
  if (address?.to !== 'channel')
    return kind === 'digest' ? rich`to its channel` : rich`as a direct message`;
  const { channel } = address.channel;
  return rich`in ${{ channel, name: channel }}`;
}

/** What was promised, when, to be done by whom and when; told without its words to somebody tied to the partner. */
export function promiseRule(row: Followup, { member, names, zone }: Asker): RichText {
  if (isHiddenFrom(member, row)) return rich`A promise to a partner you are tied to.`;
  const partner = row.partner ? names.partner(row.partner)?.name : undefined;
  const nameOf = (id: string | null) =>
    id === member.id ? 'you' : (names.member(id ?? '')?.name ?? 'nobody');
  const noted = day(dayOf(row.createdAt, zone));
  const due = row.byDay && rich`, due by ${dueText({ day: row.byDay, at: row.at })}`;
  const owner = nameOf(row.who);
  const by = nameOf(row.createdBy);
  const promised = row.ours
    ? row.who === row.createdBy
      ? rich`${owner} promised it on ${noted}${due}`
      : rich`${by} noted it on ${noted}${due}; it is with ${owner}`
    : rich`they promised it on ${noted}${due}; ${owner === 'you' ? 'you watch' : `${owner} watches`} over it`;
  const asked =
    row.asked && rich`. ${capital(nameOf(row.askedBy))} asked ${nameOf(row.asked)} to take it`;
  return rich`${bold(row.title)}${partner && ` (${partner})`}: ${promised}${asked}.`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** From which rule a partner goes quiet, and when: or why it does not. */
export function quietRule(partner: Partner, asker: Asker): RichText {
  const { member, names, partnership } = asker;
  const lead = partner.lead === member.id ? 'you' : names.member(partner.lead ?? '')?.name;
  const led = lead === 'you' ? 'you lead it' : `${lead ?? 'nobody'} leads it`;
  const { every, from } = everyFrom(partner, partnership);
  const rule =
    from === 'partner'
      ? 'as set for it'
      : from === 'partnership'
        ? 'as for every partner without a rule'
        : `by the rule for ${scopeText(from)}`;
  return rich`${bold(partner.name)}: ${led}; contact every ${durationText(every)}, ${rule}; ${lastText(partner)}. ${quietText(partner, asker.today)}`;
}

function lastText({ lastTwoWay }: Partner): RichText {
  return lastTwoWay
    ? rich`last two-way contact ${day(lastTwoWay)}`
    : rich`no two-way contact noted yet`;
}

function quietText(partner: Partner, today: Day): RichText {
  const { archived, stage, lastTwoWay, quietOn, nudgeOn } = partner;
  if (archived) return rich`It is archived, so nobody is told.`;
  if (stage === 'resting' || stage === 'ended')
    return rich`It is ${stage}, so no contact is expected.`;
  if (lastTwoWay === null || quietOn === null)
    return rich`Unknown is not quiet: a logged contact starts the count.`;
  if (quietOn > today) return rich`It goes quiet on ${day(quietOn)}, if nobody speaks with them.`;
  const next =
    nudgeOn !== null && nudgeOn > today
      ? rich` The briefs mention it again from ${day(nudgeOn)}.`
      : rich` The next brief of whoever leads it mentions it; with nobody, a coordinator's.`;
  return rich`It counts as quiet since ${day(quietOn)}.${next}`;
}

/** From which rule a member's briefs come: how often, when, in which zone, on which days. */
export function briefRule(owner: Member, asker: Asker): RichText {
  const { partnership } = asker;
  const whose = owner.id === asker.member.id ? 'Your' : `${owner.name}'s`;
  if (owner.rhythm === 'off') return rich`${whose} briefs are switched off.`;
  const days = owner.briefDays
    ? daysText(owner.briefDays)
    : `working days (${daysText(partnership.workingDays)})`;
  const when = `at ${timeText(owner.briefAt)} ${zoneOf(owner, partnership)}, on ${days}`;
  return rich`${whose} ${rhythmRule(owner)}, ${when}; only when there is something.`;
}

function rhythmRule({ rhythm, role }: Member): string {
  if (rhythm === 'dated') return 'brief, only with things that have a date';
  if (rhythm === 'weekly') return 'weekly brief, as it was asked for';
  return role === 'member'
    ? 'weekly brief, as members have it'
    : `daily brief, as ${role}s have it`;
}

/**
 * Why no brief came today, and when the next can.
 * @param came Whether the ledger has one for the owner's day.
 */
export function briefNow(owner: Member, came: boolean, { partnership, now }: Asker): RichText {
  const { active, identities, rhythm, pausedUntil, briefDay, briefDue, briefAt } = owner;
  if (!active) return rich`None comes: they have left.`;
  if (identities.length === 0) return rich`None comes: I know no way to reach them.`;
  if (rhythm === 'off') return rich`None comes until that is changed with me.`;
  const zone = zoneOf(owner, partnership);
  const today = dayOf(now, zone);
  const next = briefDue ? rich`The next can come on ${moment(briefDue)}.` : rich``;
  if (pausedUntil !== null && pausedUntil > today)
    return rich`Paused until ${day(pausedUntil)}. ${next}`;
  if (came || briefDay === today) return next;
  if (!isBriefDay(today, owner, partnership))
    return rich`None today: it is ${dayOff(today, owner, partnership)}. ${next}`;
  if (now < instantOf(today, briefAt, zone)) return rich`None today. ${next}`;
  return rich`None today: there was nothing to say when it was due, or its time was changed after that. ${next}`;
}

/** What kind of day it is on which somebody's brief does not come. */
function dayOff(today: Day, { briefDays }: Member, { workingDays }: Partnership): string {
  const weekday = weekdayOf(today);
  if ((briefDays ?? workingDays).includes(weekday)) return 'a holiday';
  return weekday > 5 ? 'the weekend' : 'not one of the days';
}

/** From which rule a digest is posted. */
export function digestRule(row: Digest, { partnership }: Asker): RichText {
  const { channel } = row.channel;
  const next = row.nextAt
    ? rich` The next is due on ${moment(row.nextAt)}.`
    : rich` It is switched off.`;
  const silent =
    row.silent > 0 && ` The last ${row.silent === 1 ? 'one' : row.silent} had nothing to say.`;
  return rich`The ${rhythmOf(row)} digest, ${postingText(row)} at ${timeText(row.minute)} ${partnership.zone}, in ${{ channel, name: channel }}, as a coordinator set it.${silent}${next}`;
}
