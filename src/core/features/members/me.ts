import { quoteShort } from '../../base/text.ts';
import { settingsChangedReply } from '../../cards/member-settings.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { timeText } from '../../dates/time-of-day.ts';
import { weekdaysText } from '../../dates/weekdays.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import {
  linkedWorkspacesMatching,
  linkedWorkspacesOf,
  linkedWorkspacesText,
} from '../../domain/joining/linked-workspaces.ts';
import { changeMember } from '../../domain/members/change-member.ts';
import { briefRhythms, type Member, members } from '../../domain/members/member.ts';
import { changesForRhythm, pauseUntil } from '../../domain/members/rules.ts';
import { checkedQuietHours } from '../../domain/notification-policy/quiet-hours.ts';
import type { Identity, RawArgs } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { parseWeekdays } from '../../parsing/parse-weekdays.ts';
import { meCard } from './cards.ts';

const ownSettings = {
  fewer: {
    kind: 'choice',
    choices: briefRhythms,
    summary: 'daily; weekly; dated: only things with a date; off: no brief at all',
    ask: 'How often should your brief come?',
  },
  pause: {
    kind: 'text',
    max: 100,
    clearable: true,
    summary: 'No automatic messages until then, such as "2 weeks" or friday; none ends the pause',
    ask: 'Pause until?',
  },
  time: { kind: 'time', summary: 'When it comes, such as 8:30', ask: 'At what time?' },
  days: {
    kind: 'text',
    max: 100,
    clearable: true,
    summary: 'On which days, such as mon-fri; none: the working days of the partnership',
    ask: 'On which days?',
  },
  zone: {
    kind: 'zone',
    clearable: true,
    summary: 'Your time zone, such as Europe/Paris; none: the one of your chat app',
    ask: 'Your time zone?',
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
  closed: {
    kind: 'choice',
    choices: ['thread', 'mention'],
    clearable: true,
    summary: 'If your direct messages are closed: a private thread, or a mention; none: nothing',
  },
} as const;

/** The word that stands for the partnership's quiet hours. */
const PARTNERSHIP_HOURS = 'usual';

/** Shows one's own settings, or changes them if args are given. */
export const me = defineCommand({
  name: 'me',
  summary: 'See or change your own settings: when briefs come, quiet hours, a pause',
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
  async prefill(_, { member }): Promise<RawArgs> {
    const { rhythm, pausedUntil, briefAt, briefDays, zone } = member;
    return {
      fewer: rhythm,
      pause: pausedUntil ?? '',
      time: timeText(briefAt),
      days: briefDays ? weekdaysText(briefDays) : '',
      zone: zone ?? '',
    };
  },
  async run(call, deps): Promise<Reply> {
    const { member, today, receipt } = call;
    const { partnership, directory } = deps;
    const { prefers } = call.args;
    const given: Partial<Member> = {
      ...changesFrom(call),
      ...(prefers !== undefined && { preferredIdentity: await identityAt(prefers, member, deps) }),
    };
    if (Object.keys(given).length === 0) {
      const stored = (await deps.store.of(members).get(member.id)) ?? member;
      const workspaces =
        stored.identities.length > 1 ? await linkedWorkspacesOf(stored, deps.stores) : [];
      return meCard(stored, workspaces, partnership, directory, today);
    }
    let before = member;
    const after = await changeMember(member.id, deps, (row) => {
      before = row;
      return scheduleBrief({ ...row, ...given }, partnership, call.now);
    });
    return settingsChangedReply(before, after, { partnership, now: call.now, receipt });
  },
});

/**
 * The fields to change. `none`, or an emptied field of the form, clears a setting; the summary of each arg says what
 * that means.
 */
function changesFrom({
  args,
  raw,
  member,
  now,
  zone,
  today,
}: Call<typeof ownSettings>): Partial<Member> {
  const { fewer, time, closed, 'quiet-hours': hours } = args;
  const pause = raw.pause === '' ? null : args.pause;
  const days = raw.days === '' ? null : args.days;
  const ownZone = raw.zone === '' ? null : args.zone;
  return {
    ...(fewer !== undefined && changesForRhythm(member, fewer)),
    ...(time !== undefined && { briefAt: time }),
    ...(days !== undefined && { briefDays: days === null ? null : parseWeekdays(days) }),
    ...(ownZone !== undefined && { zone: ownZone }),
    ...(closed !== undefined && { dmFallback: closed }),
    ...(hours !== undefined && {
      quietHours: hours?.toLowerCase() === PARTNERSHIP_HOURS ? null : checkedQuietHours(hours),
    }),
    // The form sends the pause back even if it was not changed, or is over.
    ...(pause !== undefined &&
      pause !== member.pausedUntil && {
        pausedUntil: pause === null ? null : pauseUntil(pause, { now, zone, today }),
      }),
  };
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
      ? rich`I only know you in one place. To link another one, type ${bold('link')}.`
      : rich`I can't tell which place "${quoteShort(text)}" is. I know you ${linkedWorkspacesText(workspaces)}.`;
  throw new UserError(sentence, 'prefers');
}
