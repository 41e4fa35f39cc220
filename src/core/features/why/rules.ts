import { type Day, dayOf } from '../../dates/day.ts';
import { durationText } from '../../dates/duration.ts';
import { timeText } from '../../dates/time-of-day.ts';
import type { Delivery } from '../../domain/deliveries/delivery.ts';
import { type Digest, rhythmOf } from '../../domain/digests/digest.ts';
import { postingText } from '../../domain/digests/rules.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { dueText, isHiddenFrom } from '../../domain/followups/rules.ts';
import type { Member } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import { isSelf } from '../../domain/members/self.ts';
import { platformName } from '../../domain/membership/places.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { everyFrom } from '../../domain/partners/rules.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { scopeText } from '../../domain/partnerships/rules.ts';
import { bold, day, moment, type RichText, rich } from '../../message/rich-text.ts';
import { heldText } from './held.ts';

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
export function outcomeText(row: Delivery, asker: Asker): RichText {
  const where = placeText(row, asker);
  const tried = row.tries === 1 ? 'at the first try' : `at try ${row.tries}`;
  switch (row.state) {
    case 'sent':
      return rich`Sent ${row.sentAt && rich`on ${moment(row.sentAt)} `}${where}, ${tried}${row.repeat === true && ', marked as a possible repeat'}.`;
    case 'prepared':
      return row.tries === 0
        ? (heldText(row, asker) ?? rich`Not sent yet.`)
        : rich`Not sent yet: after ${row.tries === 1 ? 'the first try' : `try ${row.tries}`} the platform asked me to wait. It goes out as soon as it may.`;
    case 'sending':
      return rich`It is just going out ${where}, ${tried}.`;
    case 'unknown':
      return rich`Nobody knows whether it arrived: sent ${where} ${tried}, and no answer came. ${row.kind === 'digest' ? "I don't post it again, so that nobody sees it twice." : 'I look for it; if it is not there I send it again, marked as a possible repeat.'}`;
    case 'permanent':
      return rich`Not delivered ${where}, and not tried any more: ${row.reason ?? 'nobody noted why.'}`;
    case 'withdrawn':
      return row.reason
        ? rich`Not sent by itself. ${row.reason}`
        : rich`Not sent: it was changed or settled just before.`;
    case 'skipped':
      return rich`Not sent: ${row.reason ?? 'it was too late.'}`;
  }
}

function placeText({ address, kind, recipient }: Delivery, { names }: Asker): RichText {
  if (address?.to !== 'channel') {
    // Whoever is known in several places is told in which.
    const isOne = (names.member(recipient)?.identities.length ?? 0) < 2;
    const on = address && !isOne && ` (${platformName(address.identity.platform)})`;
    return kind === 'digest' ? rich`to its channel` : rich`as a direct message${on}`;
  }
  const { channel } = address.channel;
  return rich`in ${{ channel, name: channel }}`;
}

/** What was promised, when, to be done by whom and when; told without its words to somebody tied to the partner. */
export function promiseRule(row: Followup, { member, names, zone }: Asker): RichText {
  if (isHiddenFrom(member, row)) return rich`A promise to a partner you are tied to.`;
  const partner = row.partner ? names.partner(row.partner)?.name : undefined;
  const nameOf = (id: string | null) =>
    isSelf(member, id) ? 'you' : (names.member(id ?? '')?.name ?? 'nobody');
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

/**
 * From which rule a partner goes quiet, and when: or why it does not.
 * @param next who hears of it next, and when, where that is known.
 */
export function quietRule(partner: Partner, asker: Asker, next?: RichText): RichText {
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
  return rich`${bold(partner.name)}: ${led}; contact every ${durationText(every)}, ${rule}; ${lastText(partner)}. ${quietText(partner, asker.today, next)}`;
}

function lastText({ lastTwoWay }: Partner): RichText {
  return lastTwoWay
    ? rich`last two-way contact ${day(lastTwoWay)}`
    : rich`no two-way contact noted yet`;
}

function quietText(partner: Partner, today: Day, known?: RichText): RichText {
  const { archived, stage, lastTwoWay, quietOn, nudgeOn } = partner;
  if (archived) return rich`It is archived, so nobody is told.`;
  if (stage === 'resting' || stage === 'ended')
    return rich`It is ${stage}, so no contact is expected.`;
  if (lastTwoWay === null || quietOn === null)
    return rich`Unknown is not quiet: a logged contact starts the count.`;
  if (quietOn > today) return rich`It goes quiet on ${day(quietOn)}, if nobody speaks with them.`;
  const again =
    nudgeOn !== null && nudgeOn > today
      ? rich` The briefs mention it again from ${day(nudgeOn)}.`
      : undefined;
  const next =
    known ??
    (again
      ? rich``
      : rich`The next brief of whoever leads it mentions it; with nobody, a coordinator's.`);
  return rich`It counts as quiet since ${day(quietOn)}.${again} ${next}`;
}

/** Whose messages somebody may see: their own, a coordinator everybody's; a digest is for all to read. */
export function maySee({ kind, recipient }: Delivery, member: Member): boolean {
  return kind === 'digest' || isSelf(member, recipient) || may(member.role, 'coordinate');
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
