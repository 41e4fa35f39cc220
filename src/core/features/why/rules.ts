import { capitalize, listText } from '../../base/text.ts';
import { hiddenText } from '../../cards/hidden-text.ts';
import { type Day, dayOf } from '../../dates/day.ts';
import { everyText } from '../../dates/duration.ts';
import { timeText } from '../../dates/time-of-day.ts';
import type { Delivery } from '../../domain/deliveries/delivery.ts';
import { type Digest, digestRhythmOf } from '../../domain/digests/digest.ts';
import { postingText } from '../../domain/digests/rules.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { dueText } from '../../domain/followups/rules.ts';
import { platformName } from '../../domain/identities/identity.ts';
import { isSameMember, type Member, zoneOf } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import { isFollowupHiddenFrom, isTiedTo, viewerOf } from '../../domain/members/visibility.ts';
import { isAssignment } from '../../domain/notices/assigned.ts';
import { heldUntil, isHeld } from '../../domain/notification-policy/hold.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { everyAndSource } from '../../domain/partners/rules.ts';
import {
  type AwayPartner,
  holidaysOfPartner,
  rangeText,
} from '../../domain/partnerships/holidays.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { ruleScopeText } from '../../domain/partnerships/rules.ts';
import { bold, day, moment, type RichText, rich } from '../../message/rich-text.ts';

/** Who asks, and when. Explanations are worded for them. */
export interface Asker {
  member: Member;
  directory: Directory;
  partnership: Partnership;
  now: Date;
  /** The asker's zone (IANA) and day. */
  zone: string;
  today: Day;
}

/** Whether a message was sent, when, where and at which try; or why it was not. */
export function outcomeText(row: Delivery, asker: Asker): RichText {
  const where = placeText(row, asker);
  const tried = row.attempts === 1 ? 'at the first try' : `at try ${row.attempts}`;
  switch (row.state) {
    case 'sent':
      return rich`Sent ${row.sentAt && rich`on ${moment(row.sentAt)} `}${where}, ${tried}${row.markedAsRepeat === true && ', marked as a possible repeat'}.`;
    case 'prepared':
      return row.attempts === 0
        ? (heldText(row, asker) ?? rich`Not sent yet.`)
        : rich`Not sent yet: after ${row.attempts === 1 ? 'the first try' : `try ${row.attempts}`} the platform asked me to wait. It is sent as soon as possible.`;
    case 'sending':
      return rich`It is being sent right now ${where}, ${tried}.`;
    case 'unknown':
      return rich`I can't tell whether it arrived: I sent it ${where} ${tried}, and no answer came. ${row.kind === 'digest' ? "I won't post it again unless a coordinator asks me to, so that nobody sees it twice." : "I'll look for it. If it is not there, I'll send it again, marked as a possible repeat."}`;
    case 'permanent':
      return rich`Not delivered ${where}, and I've stopped trying: ${row.reason ?? 'no reason was noted.'}`;
    case 'withdrawn':
      return row.reason
        ? rich`Not sent as a message of its own. ${row.reason}`
        : rich`Not sent: it was changed or closed just before.`;
    case 'skipped':
      return rich`Not sent: ${row.reason ?? 'it was too late.'}`;
  }
}

function placeText(
  { address, kind, recipient, refusedBy }: Delivery,
  { directory }: Asker,
): RichText {
  if (address?.to !== 'channel') {
    // For a member with several places it says in which one.
    const isOne = (directory.member(recipient)?.identities.length ?? 0) < 2;
    const on = address && !isOne && ` (${platformName(address.identity.platform)})`;
    if (kind === 'digest') return rich`to its channel`;
    const others = (refusedBy ?? []).map(({ platform }) => platformName(platform));
    const refused = others.length > 0 && `, since ${listText(others, 'and')} did not take it`;
    return rich`as a direct message${on}${refused}`;
  }
  const { channel } = address.channel;
  return rich`in ${{ channel, name: channel }}`;
}

/** What was promised, when, by whom and until when. Members who belong to the partner do not see the words. */
export function promiseText(row: Followup, { member, directory, zone }: Asker): RichText {
  const viewer = viewerOf(member, directory);
  if (isFollowupHiddenFrom(viewer, row))
    return isTiedTo(viewer, row.partner)
      ? hiddenText(viewer, rich`A promise to a partner you're part of.`)
      : rich`A private promise.`;
  const partner = row.partner ? directory.partner(row.partner)?.name : undefined;
  const nameOf = (id: string | null) =>
    isSameMember(member, id) ? 'you' : (directory.member(id ?? '')?.name ?? 'nobody');
  const noted = day(dayOf(row.createdAt, zone));
  const due = row.dueDay && rich`, due by ${dueText({ day: row.dueDay, at: row.at })}`;
  const owner = nameOf(row.who);
  const by = nameOf(row.createdBy);
  const promised = row.ours
    ? row.who === row.createdBy
      ? rich`${owner} promised it on ${noted}${due}`
      : rich`${by} noted it on ${noted}${due}; ${owner === 'you' ? 'it is yours to do' : `${owner} has it`}`
    : rich`they promised it on ${noted}${due}; ${owner === 'you' ? 'you keep' : `${owner} keeps`} an eye on it`;
  const asked =
    row.asked && rich`. ${capitalize(nameOf(row.askedBy))} asked ${nameOf(row.asked)} to do it`;
  return rich`${bold(row.title)}${partner && ` (${partner})`}: ${promised}${asked}.`;
}

/**
 * By which rule a partner goes quiet, and when, or why it does not.
 * @param next who hears of it next and when, if that is known.
 */
export function quietRuleText(partner: Partner, asker: Asker, next?: RichText): RichText {
  const { member, directory, partnership } = asker;
  const lead = partner.lead === member.id ? 'you' : directory.member(partner.lead ?? '')?.name;
  const led = lead === 'you' ? 'you lead it' : `${lead ?? 'nobody'} leads it`;
  const { every, from } = everyAndSource(partner, partnership);
  const rule =
    from === 'partner'
      ? 'as set for this partner'
      : from === 'partnership'
        ? 'like all partners without a rule'
        : `by the rule for ${ruleScopeText(from)}`;
  return rich`${bold(partner.name)}: ${led}; contact ${everyText(every)}, ${rule}; ${lastText(partner)}. ${quietText(partner, asker.today, next)}${awayText(partner, asker)}`;
}

function lastText({ lastTwoWay }: Partner): RichText {
  return lastTwoWay
    ? rich`last two-way contact ${day(lastTwoWay)}`
    : rich`no two-way contact noted yet`;
}

function quietText(partner: Partner, today: Day, known?: RichText): RichText {
  const { archived, stage, lastTwoWay, quietOn, nudgeOn } = partner;
  if (archived) return rich`It is archived, so nobody hears of it.`;
  if (stage === 'resting' || stage === 'ended')
    return rich`It is ${stage}, so no contact is expected.`;
  if (lastTwoWay === null || quietOn === null)
    return rich`I can't tell yet when it goes quiet: the first logged contact starts the count.`;
  if (quietOn > today) return rich`It goes quiet on ${day(quietOn)} if nobody speaks with them.`;
  const again =
    nudgeOn !== null && nudgeOn > today
      ? rich` Briefs mention it again from ${day(nudgeOn)}.`
      : undefined;
  const next =
    known ??
    (again
      ? rich``
      : rich`The next brief of its lead mentions it, or a coordinator's if it has no lead.`);
  return rich`It has counted as quiet since ${day(quietOn)}.${again} ${next}`;
}

/** The holidays of a partner that are not over, in a sentence; empty if there are none. */
export function awayText(
  partner: AwayPartner & { name: string },
  { partnership, today }: Pick<Asker, 'partnership' | 'today'>,
): RichText {
  const ranges = holidaysOfPartner(partner, partnership).filter(({ to }) => to >= today);
  if (ranges.length === 0) return [];
  const days = listText(
    ranges.map((range) => rangeText(range, today)),
    'and',
  );
  return rich` ${partner.name} is away, ${days}: nobody is asked to be in touch then.`;
}

/** Whether a member may see a message: their own, a digest, or any message if they are a coordinator. */
export function maySee({ kind, recipient }: Delivery, member: Member): boolean {
  return kind === 'digest' || isSameMember(member, recipient) || may(member.role, 'coordinate');
}

/** By which rule a digest is posted. */
export function digestRuleText(row: Digest, { partnership, zone }: Asker): RichText {
  const { channel } = row.channel;
  const shownZone = partnership.zone !== zone && ` (${partnership.zone})`;
  const next = row.nextAt
    ? rich` The next one is due on ${moment(row.nextAt)}.`
    : rich` It is switched off.`;
  const silent =
    row.silent > 0 && ` The last ${row.silent === 1 ? 'one' : row.silent} had nothing to say.`;
  return rich`The ${digestRhythmOf(row)} digest, ${postingText(row)} at ${timeText(row.minute)}${shownZone}, in ${{ channel, name: channel }}, as a coordinator set it.${silent}${next}`;
}

const HOUR_MS = 3_600_000;

/** Until when the notification policy holds a message back, and why; undefined if it does not. */
function heldText(
  row: Delivery,
  { directory, partnership, now }: { directory: Directory; partnership: Partnership; now: Date },
): RichText | undefined {
  const { nextRunAt } = row;
  const reader = directory.member(row.recipient);
  const waits = row.kind === 'notice' && row.state === 'prepared' && row.attempts === 0;
  if (!waits || !reader || !nextRunAt || !isHeld(nextRunAt, now)) return undefined;
  const until = rich`Held back until ${moment(nextRunAt)}`;
  const today = dayOf(now, zoneOf(reader, partnership));
  if (reader.pausedUntil !== null && reader.pausedUntil > today)
    return rich`${until}: that is when the pause ends.`;
  if (heldUntil(reader, partnership, now) > now)
    return rich`${until}: that is when the quiet hours end.`;
  if (isAssignment(row) && nextRunAt.getTime() <= now.getTime() + HOUR_MS)
    return rich`${until}: what you are given within an hour comes in one message, or in a brief that comes before then.`;
  return rich`${until}: the weekly limit for messages like this is reached. If a weekly brief comes before then, it mentions this.`;
}
