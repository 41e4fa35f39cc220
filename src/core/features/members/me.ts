import { type Call, defineCommand } from '../../command.ts';
import { timeText } from '../../dates/time-of-day.ts';
import type { RawArgs } from '../../invocation.ts';
import type { Reply } from '../../reply.ts';
import { scheduleBrief } from '../briefs/schedule.ts';
import { checkedQuietHours } from '../courtesy/quiet-hours.ts';
import { checkedDays, daysText } from '../settings/days.ts';
import { changedMe, meCard } from './cards.ts';
import { changeMember } from './change.ts';
import { pauseUntil } from './rules.ts';
import { type Member, members, rhythms } from './store.ts';

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
    const given = changesOf(call);
    if (Object.keys(given).length === 0) {
      const present = (await deps.store.of(members).get(member.id)) ?? member;
      return meCard(present, partnership, directory, today);
    }
    const changed = await changeMember(member.id, deps, (row) =>
      scheduleBrief({ ...row, ...given }, partnership, call.now),
    );
    return changedMe(changed, partnership, today, receipt);
  },
});

/** What is given takes the place of what stands; `none`, or an emptied box, goes back to what is set for everybody. */
function changesOf({ args, raw, member, now, zone, today }: Call<typeof own>): Partial<Member> {
  const { fewer, time, 'quiet-hours': hours } = args;
  const pause = raw.pause === '' ? null : args.pause;
  const days = raw.days === '' ? null : args.days;
  const ownZone = raw.zone === '' ? null : args.zone;
  return {
    ...(fewer !== undefined && { rhythm: fewer }),
    ...(time !== undefined && { briefAt: time }),
    ...(days !== undefined && { briefDays: days === null ? null : checkedDays(days) }),
    ...(ownZone !== undefined && { zone: ownZone }),
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
