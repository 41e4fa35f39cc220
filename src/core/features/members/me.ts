import { changedFields } from '../../base/changed-fields.ts';
import { quoteShort } from '../../base/text.ts';
import { briefRhythmLabels, settingsChangedReply } from '../../cards/member-settings.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { dayOf, dayText } from '../../dates/day.ts';
import { timeText } from '../../dates/time-of-day.ts';
import { weekdaysText } from '../../dates/weekdays.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { fallbackChannel } from '../../domain/digests/fallback-channel.ts';
import { channelName } from '../../domain/digests/rules.ts';
import { rescheduleRepeats } from '../../domain/followups/series.ts';
import { platformName } from '../../domain/identities/identity.ts';
import {
  linkedWorkspacesMatching,
  linkedWorkspacesOf,
  linkedWorkspacesText,
} from '../../domain/joining/linked-workspaces.ts';
import { changeMember } from '../../domain/members/change-member.ts';
import {
  briefRhythms,
  identityToWriteTo,
  type Member,
  members,
  zoneOf,
} from '../../domain/members/member.ts';
import { withoutRefusal } from '../../domain/members/refusals.ts';
import { changesForRhythm, effectiveRhythm, pauseUntil } from '../../domain/members/rules.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import { checkedQuietHours } from '../../domain/notification-policy/quiet-hours.ts';
import type { Identity, RawArgs } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, commandText, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { parseWeekdays } from '../../parsing/parse-weekdays.ts';
import { meCard } from './cards.ts';
import { readHoldings } from './holdings.ts';

const ownSettings = {
  fewer: {
    kind: 'choice',
    choices: briefRhythms,
    labels: briefRhythmLabels,
    summary: 'daily; weekly; dated: only things with a date; off: no brief at all',
    ask: 'How often should your brief come?',
    hint: 'Your brief is one message with all that is yours to do',
    emptied: 'How often should your brief come?',
  },
  pause: {
    kind: 'text',
    max: 100,
    clearable: true,
    summary: 'No briefs and no news until then, such as "2 weeks" or friday; none ends the pause',
    ask: 'Pause until?',
    hint: 'No briefs and no news until then. For example friday, or "2 weeks"',
  },
  time: {
    kind: 'time',
    summary: 'When it comes, such as 8:30',
    ask: 'At what time?',
    hint: 'For example 8:30',
    emptied: rich`A brief needs a time. For no briefs at all, choose ${bold('No brief at all')} above.`,
  },
  days: {
    kind: 'text',
    max: 100,
    clearable: true,
    summary: 'On which days, such as mon-fri; none: the working days of the partnership',
    ask: 'On which days?',
    hint: 'For example mon-fri. Leave empty for the working days here',
  },
  zone: {
    kind: 'zone',
    clearable: true,
    summary: 'Your time zone, such as Europe/Paris; none: the one of your chat app',
    ask: 'Your time zone?',
    hint: 'For example Europe/Paris',
  },
  'quiet-hours': {
    kind: 'text',
    max: 40,
    clearable: true,
    summary:
      'When no automatic messages come, such as 20:00-08:00; usual: like everybody; none: never',
  },
  prefers: {
    kind: 'text',
    max: 100,
    clearable: true,
    summary: 'Where I write to you, such as Slack; none: where you last talked to me',
  },
  known: {
    kind: 'choice',
    choices: ['everybody', 'coordinators'],
    summary: 'Who may see which partners you know; coordinators always do',
  },
  closed: {
    kind: 'choice',
    choices: ['thread', 'mention'],
    labels: { thread: 'A private thread', mention: 'A mention in a channel' },
    clearable: true,
    summary: 'If your direct messages are closed: a private thread, or a mention; none: nothing',
  },
} as const;

/**
 * An arg that the form keeps: the rhythm that it showed. Members get weekly briefs by their role; only the word of a
 * member makes it a choice of their own, which stays when their role changes.
 */
const SHOWN_RHYTHM = 'shown';

/** The word that stands for the partnership's quiet hours. */
const PARTNERSHIP_HOURS = 'usual';

/** Shows one's own settings, or changes them if args are given. */
export const me = defineCommand({
  name: 'me',
  title: 'Your own settings',
  summary: 'See or change your own settings: when briefs come, quiet hours, a pause',
  phrases: [
    'my settings',
    'show my settings',
    'change my settings',
    'settings for me',
    'when do you message me',
    'when do you write to me',
  ],
  examples: [
    'me',
    'me time:8:30 days:mon,wed',
    'me pause:"2 weeks"',
    'me fewer:weekly',
    'me quiet-hours:"21:00-09:00"',
  ],
  args: ownSettings,
  audience: 'actor',
  guard: 'ask for help',
  writes: true,
  async prefill(_, { member, now, zone: ownZone }): Promise<RawArgs> {
    const { pausedUntil, briefAt, briefDays, zone } = member;
    const isPaused = pausedUntil !== null && pausedUntil > dayOf(now, ownZone);
    const fewer = effectiveRhythm(member);
    return {
      fewer,
      [SHOWN_RHYTHM]: fewer,
      pause: isPaused ? dayText(pausedUntil) : '',
      time: timeText(briefAt),
      days: briefDays ? weekdaysText(briefDays) : '',
      zone: zone ?? '',
    };
  },
  async run(call, deps): Promise<Reply> {
    const { args, today, now, receipt } = call;
    const { partnership, directory } = deps;
    // The directory can hold an older row.
    const member = (await deps.store.of(members).get(call.member.id)) ?? call.member;
    if (Object.values(args).every((value) => value === undefined)) {
      const workspaces =
        member.identities.length > 1 ? await linkedWorkspacesOf(member, deps.stores) : [];
      const reader = { viewer: viewerOf(member, directory), member };
      const holdings = await readHoldings(member, reader, deps);
      return meCard(member, workspaces, partnership, directory, today, holdings);
    }
    const { prefers } = args;
    const given = changedFields(member, {
      ...settingsFrom({ ...call, member }),
      ...(prefers !== undefined && (await preferenceFor(prefers, member, deps))),
    });
    let before = member;
    const after =
      Object.keys(given).length === 0
        ? member
        : await changeMember(member.id, deps, (row) => {
            before = row;
            return scheduleBrief({ ...row, ...given }, partnership, now);
          });
    const was = zoneOf(before, partnership);
    await rescheduleRepeats(after, was, { store: deps.untracked, partnership, now });
    const reply = settingsChangedReply(before, after, { partnership, directory, now, receipt });
    const place = after.dmFallback !== before.dmFallback && (await fallbackProblem(after, deps));
    if (place) return { ...reply, text: rich`${reply.text} ${place}` };
    const isCapped = args.fewer === 'daily' && effectiveRhythm(after) === 'weekly';
    return isCapped ? { ...reply, text: rich`${reply.text} ${weeklyForMembers}` } : reply;
  },
});

const weeklyForMembers = rich`Daily briefs are for workers and coordinators.`;

/**
 * The fields to change. `none`, or an emptied field of the form, clears a setting; the summary of each arg says what
 * that means.
 */
function settingsFrom({
  args,
  raw,
  member,
  now,
  zone,
  today,
}: Call<typeof ownSettings>): Partial<Member> {
  const { fewer, time, days, closed, known, pause, zone: ownZone, 'quiet-hours': hours } = args;
  return {
    ...(fewer !== undefined && fewer !== raw[SHOWN_RHYTHM] && changesForRhythm(member, fewer)),
    ...(time !== undefined && { briefAt: time }),
    ...(days !== undefined && { briefDays: days === null ? null : parseWeekdays(days) }),
    ...(ownZone !== undefined && { zone: ownZone }),
    ...(closed !== undefined && { dmFallback: closed }),
    ...(known !== undefined && { showsWhoTheyKnow: known === 'everybody' }),
    ...(hours !== undefined && {
      quietHours: hours?.toLowerCase() === PARTNERSHIP_HOURS ? null : checkedQuietHours(hours),
    }),
    // Even if it is over.
    ...(pause !== undefined &&
      pause !== member.pausedUntil && {
        pausedUntil: pause === null ? null : pauseUntil(pause, { now, zone, today }),
      }),
  };
}

/** Why somebody whose direct messages are closed cannot be written to elsewhere yet; undefined if they can. */
async function fallbackProblem(
  member: Member,
  { store, postingProblem }: Deps,
): Promise<RichText | undefined> {
  const how = member.dmFallback;
  const identity = identityToWriteTo(member);
  if (how === null || !identity) return undefined;
  const channel = await fallbackChannel(identity, store);
  if (!channel)
    return rich`But no weekly digest is posted in ${platformName(identity.platform)} yet, so I can't do that until a coordinator starts one with ${commandText('digest schedule')}.`;
  const problem = await postingProblem(channel, how === 'thread' ? 'thread' : 'post');
  return problem === undefined
    ? undefined
    : rich`But I can't do that in ${channelName(channel)} yet. ${problem}`;
}

/** The place they want messages in. It is tried first again, also if it has refused messages. */
async function preferenceFor(
  text: string | null,
  member: Member,
  deps: Deps,
): Promise<Pick<Member, 'preferredIdentity' | 'refusals'>> {
  const preferredIdentity = await identityAt(text, member, deps);
  const { refusals } = withoutRefusal({ refusals: member.refusals ?? null }, preferredIdentity);
  return { preferredIdentity, refusals };
}

/** The member's identity in a place; null for none. @throws UserError if they have none there. */
async function identityAt(
  text: string | null,
  member: Member,
  { stores }: Deps,
): Promise<Identity | null> {
  if (text === null) return null;
  const workspaces = await linkedWorkspacesOf(member, stores);
  const like = linkedWorkspacesMatching(text, workspaces);
  const [place] = like;
  if (place && like.length === 1) return place.identity;
  const sentence =
    workspaces.length < 2
      ? rich`I only know you in one place. To link another one, type ${commandText('link')}.`
      : rich`I can't tell which place "${quoteShort(text)}" is. I know you ${linkedWorkspacesText(workspaces)}.`;
  throw new UserError(sentence, 'prefers');
}
