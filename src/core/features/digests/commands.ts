import type { ChannelRef } from '../../args.ts';
import { defineCommand } from '../../command.ts';
import { dayOf } from '../../dates/day.ts';
import { UserError } from '../../errors.ts';
import type { Reply } from '../../reply.ts';
import { moment, type RichText, rich } from '../../rich-text.ts';
import { insertOnce, revise } from '../../store.ts';
import { undoButton } from '../interactions/cards.ts';
import { digestCard } from './cards.ts';
import { gatherWeek } from './gather.ts';
import { scheduleDigest } from './schedule.ts';
import { digests } from './store.ts';

const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

/** Monday at 09:00, unless told otherwise. */
const USUAL = { day: 'monday', minute: 9 * 60 } as const;

/** The id of a partnership's weekly digest. */
export const weeklyId = (partnership: string): string => `weekly-${partnership}`;

const schedule = defineCommand({
  name: 'digest schedule',
  summary: 'Post a digest in a channel each week',
  examples: ['digest schedule channel:#partners day:monday at:9am', 'digest schedule channel:here'],
  args: {
    channel: {
      kind: 'channel',
      needed: true,
      summary: 'The channel; "here" for this one',
      ask: 'In which channel?',
    },
    day: {
      kind: 'choice',
      choices: weekdays,
      summary: 'On which day; Monday, if nothing is said',
      ask: 'On which day?',
    },
    at: { kind: 'time', summary: 'At what time; 9:00, if nothing is said', ask: 'At what time?' },
  },
  words: ['channel'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, now, receipt }, deps): Promise<Reply> {
    const { store, partnership } = deps;
    const rows = store.of(digests);
    const id = weeklyId(partnership.id);
    const facts = {
      channel: args.channel,
      weekday: weekdays.indexOf(args.day ?? USUAL.day) + 1,
      minute: args.at ?? USUAL.minute,
    };
    const off = {
      id,
      ...facts,
      nextAt: null,
      silent: 0,
      sweepAt: null,
      claim: null,
      sending: null,
    };
    await insertOnce(rows, off);
    const digest = await revise(rows, id, (row) =>
      scheduleDigest({ ...row, ...facts }, partnership, now),
    );
    return {
      text: rich`The digest will be posted in ${channelName(args.channel)} each week, next on ${digest?.nextAt && moment(digest.nextAt)}.`,
      card: [
        {
          kind: 'buttons',
          buttons: [{ label: 'Preview', command: 'digest preview', args: {} }, undoButton(receipt)],
        },
      ],
    };
  },
});

const preview = defineCommand({
  name: 'digest preview',
  summary: 'See what the digest would say now, without posting it',
  examples: ['digest preview'],
  args: {},
  audience: 'actor',
  guard: 'see the register',
  async run({ now }, deps): Promise<Reply> {
    return weekCard(now, deps);
  },
});

const postNow = defineCommand({
  name: 'digest now',
  summary: 'Post the digest here, now',
  examples: ['digest now'],
  args: {},
  audience: 'everyone',
  guard: 'coordinate',
  async run({ now }, deps): Promise<Reply> {
    return weekCard(now, deps);
  },
});

const off = defineCommand({
  name: 'digest off',
  summary: 'Stop the weekly digest',
  examples: ['digest off'],
  args: {},
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ receipt }, deps): Promise<Reply> {
    let wasOn = false;
    await revise(deps.store.of(digests), weeklyId(deps.partnership.id), (row) => {
      if (row.sending)
        throw new UserError('The digest is just going out. Try again in a few seconds.');
      wasOn = row.nextAt !== null;
      return { ...row, nextAt: null, sweepAt: null, claim: null };
    });
    if (!wasOn) return { text: rich`No digest is scheduled, so there is nothing to stop.` };
    return {
      text: rich`The weekly digest is off. Bring it back with digest schedule.`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});

export const digestCommands = [schedule, preview, postNow, off];

async function weekCard(now: Date, deps: Parameters<typeof preview.run>[1]): Promise<Reply> {
  const { partnership, directory, store } = deps;
  const week = await gatherWeek(dayOf(now, partnership.zone), now, store);
  return digestCard(week, partnership.name, directory);
}

function channelName({ channel }: ChannelRef): RichText {
  return [{ channel, name: channel }];
}
