import { cut } from '../../base/cut.ts';
import { changedMe } from '../../cards/own-settings.ts';
import { placesText } from '../../cards/places-text.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { timeText } from '../../dates/time-of-day.ts';
import { daysText } from '../../dates/weekdays.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { changeMember } from '../../domain/members/change.ts';
import { type Member, members, rhythms } from '../../domain/members/member.ts';
import { chosenRhythm, pauseUntil } from '../../domain/members/rules.ts';
import { placesLike, placesOf } from '../../domain/membership/places.ts';
import { checkedQuietHours } from '../../domain/notification-policy/quiet-hours.ts';
import type { Identity, RawArgs } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { checkedDays } from '../../parsing/checked-days.ts';
import { meCard } from './cards.ts';

const own = {
  fewer: {
    kind: 'choice',
    choices: rhythms,
    summary: 'daily; weekly; dated: only things with a date; off: no brief at all',
    ask: 'How often shall your brief come?',
  },
  pause: {
    kind: 'text',
    max: 100,
    clearable: true,
    summary: 'Nothing unasked until then, such as "2 weeks" or friday; none ends the pause',
    ask: 'Pause until?',
  },
  time: { kind: 'time', summary: 'When it comes, such as 8:30', ask: 'At what time?' },
  days: {
    kind: 'text',
    max: 100,
    clearable: true,
    summary: 'On which days, such as mon-fri; none: the working days of all',
    ask: 'On which days?',
  },
  zone: {
    kind: 'zone',
    clearable: true,
    summary: 'Your time zone, such as Europe/Paris; none: as your chat app or everybody has it',
    ask: 'Your time zone?',
  },
  'quiet-hours': {
    kind: 'text',
    max: 40,
    clearable: true,
    summary:
      'When nothing unasked comes, such as 20:00-08:00 (none: at any time; usual: as for all)',
  },
  prefers: {
    kind: 'text',
    max: 100,
    clearable: true,
    summary: 'Where I write to you, such as Slack; none: where you spoke with me last',
  },
  closed: {
    kind: 'choice',
    choices: ['thread', 'mention'],
    clearable: true,
    summary: 'If your direct messages are closed: a private thread, a mention, or none of it',
  },
} as const;

/** The word that goes back to the quiet hours that are set for everybody. */
const USUAL = 'usual';

/** What is set for oneself. With something to change it is changed. */
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
  args: own,
  audience: 'actor',
  guard: 'ask for help',
  writes: true,
  async prefill(_, { member }): Promise<RawArgs> {
    const { rhythm, pausedUntil, briefAt, briefDays, zone } = member;
    return {
      fewer: rhythm,
      pause: pausedUntil ?? '',
      time: timeText(briefAt),
      days: briefDays ? daysText(briefDays) : '',
      zone: zone ?? '',
    };
  },
  async run(call, deps): Promise<Reply> {
    const { member, today, receipt } = call;
    const { partnership, directory } = deps;
    const { prefers } = call.args;
    const given = {
      ...changesOf(call),
      ...(prefers !== undefined && { prefers: await placeMeant(prefers, member, deps) }),
    };
    if (Object.keys(given).length === 0) {
      const present = (await deps.store.of(members).get(member.id)) ?? member;
      const places = present.identities.length > 1 ? await placesOf(present, deps.stores) : [];
      return meCard(present, places, partnership, directory, today);
    }
    const changed = await changeMember(member.id, deps, (row) =>
      scheduleBrief({ ...row, ...given }, partnership, call.now),
    );
    return changedMe(changed, partnership, today, receipt);
  },
});

/** What is given takes the place of what stands; `none`, or an emptied box, goes back to what is set for everybody. */
function changesOf({ args, raw, member, now, zone, today }: Call<typeof own>): Partial<Member> {
  const { fewer, time, closed, 'quiet-hours': hours } = args;
  const pause = raw.pause === '' ? null : args.pause;
  const days = raw.days === '' ? null : args.days;
  const ownZone = raw.zone === '' ? null : args.zone;
  return {
    ...(fewer !== undefined && chosenRhythm(member, fewer)),
    ...(time !== undefined && { briefAt: time }),
    ...(days !== undefined && { briefDays: days === null ? null : checkedDays(days) }),
    ...(ownZone !== undefined && { zone: ownZone }),
    ...(closed !== undefined && { closed }),
    ...(hours !== undefined && {
      quietHours: hours?.toLowerCase() === USUAL ? null : checkedQuietHours(hours),
    }),
    // The form brings a pause that stands as it is, even one that is over.
    ...(pause !== undefined &&
      pause !== member.pausedUntil && {
        pausedUntil: pause === null ? null : pauseUntil(pause, { now, zone, today }),
      }),
  };
}

/** The identity in the place that was named; null: none is preferred. @throws UserError where it is not one of theirs */
async function placeMeant(
  text: string | null,
  member: Member,
  { stores }: Deps,
): Promise<Identity | null> {
  if (text === null) return null;
  const places = await placesOf(member, stores);
  const like = placesLike(text, places);
  const [place] = like;
  if (place && like.length === 1) return place.identity;
  const sentence =
    places.length < 2
      ? rich`I know you in one place alone. To be one and the same in another, say link.`
      : rich`I can't tell which place "${cut(text)}" is. I know you ${placesText(places)}.`;
  throw new UserError(sentence, 'prefers');
}
