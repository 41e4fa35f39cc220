import { undoButton } from '../../cards/undo-button.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { dayOf } from '../../dates/day.ts';
import {
  type DigestRhythm,
  digestId,
  digestRhythms,
  digests,
} from '../../domain/digests/digest.ts';
import {
  channelName,
  DEFAULT_DIGEST_MINUTE,
  postingRuleFrom,
  postingText,
  weekdays,
} from '../../domain/digests/rules.ts';
import { switchDigestOff, switchDigestOn } from '../../domain/digests/schedule.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, moment, rich } from '../../message/rich-text.ts';
import { Question } from '../../message/user-error.ts';
import { getAll } from '../../ports/store.ts';
import { digestCard } from './cards.ts';
import { gatherDigestFacts } from './gather.ts';
import { periodUntil } from './period.ts';

const which = {
  kind: 'choice',
  choices: digestRhythms,
  summary: 'The weekly or the monthly one. Leave empty for weekly',
} as const;

const shown = { which };

const preview = defineCommand({
  name: 'digest preview',
  summary: 'See what the digest would say now, without posting it',
  examples: ['digest preview', 'digest preview monthly'],
  args: shown,
  words: ['which'],
  audience: 'actor',
  guard: 'see the register',
  run: digestNow,
});

const postNow = defineCommand({
  name: 'digest now',
  summary: 'Post the digest here, now',
  examples: ['digest now', 'digest now monthly'],
  args: shown,
  words: ['which'],
  audience: 'everyone',
  guard: 'coordinate',
  run: digestNow,
});

const off = defineCommand({
  name: 'digest off',
  summary: 'Stop the weekly or the monthly digest',
  examples: ['digest off', 'digest off which:monthly'],
  args: { which: { ...which, summary: 'Weekly or monthly, if both are on' } },
  words: ['which'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, receipt }, deps): Promise<Reply> {
    const rhythm = args.which ?? (await theOneThatIsOn(deps));
    if (!rhythm) return { text: rich`No digest is scheduled, so there is nothing to stop.` };
    if (!(await switchDigestOff(rhythm, deps)))
      return { text: rich`No ${rhythm} digest is scheduled, so there is nothing to stop.` };
    return {
      text: rich`The ${rhythm} digest is off. Bring it back with ${bold('digest schedule')}.`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});

/** @throws Question if both digests are on. */
async function theOneThatIsOn({ store, partnership }: Deps): Promise<DigestRhythm | undefined> {
  const id = digestRhythms.map((rhythm) => digestId(partnership.id, rhythm));
  const rows = await getAll(store.of(digests), id);
  const on = digestRhythms.filter((rhythm) =>
    rows.some((row) => row.id === digestId(partnership.id, rhythm) && row.nextAt !== null),
  );
  if (on.length < 2) return on[0];
  const buttons = on.map((rhythm) => ({
    label: `The ${rhythm} one`,
    command: 'digest off',
    args: { which: rhythm },
  }));
  throw new Question({
    text: rich`Which digest shall I stop? Both are on.`,
    card: [
      { kind: 'buttons', buttons: [...buttons, { label: 'Cancel', command: 'cancel', args: {} }] },
    ],
  });
}

async function digestNow({ args, now }: Call<typeof shown>, deps: Deps): Promise<Reply> {
  const { partnership, directory, store } = deps;
  const rhythm = args.which ?? 'weekly';
  const period = periodUntil(rhythm, dayOf(now, partnership.zone));
  const facts = await gatherDigestFacts(period, partnership.zone, store);
  return digestCard(facts, period.word, partnership.name, directory);
}

/** Switches a digest on, or changes when and where it is posted. */
const scheduleCommand = defineCommand({
  name: 'digest schedule',
  summary: 'Post a short summary (the digest) in a channel each week or month',
  examples: [
    'digest schedule channel:#partners day:monday at:9am',
    'digest schedule channel:here',
    'digest schedule channel:here every:month date:1',
  ],
  args: {
    channel: {
      kind: 'channel',
      needed: true,
      summary: 'The channel; "here" for this one',
      ask: 'In which channel?',
    },
    every: {
      kind: 'choice',
      choices: ['week', 'month'],
      summary: 'Each week or each month; you can have both. Leave empty for each week',
      ask: 'Each week, or each month?',
    },
    day: {
      kind: 'choice',
      choices: weekdays,
      summary: 'The weekday; in a month, the first one. Leave empty for Monday',
      ask: 'On which weekday?',
    },
    date: {
      kind: 'number',
      min: 1,
      max: 31,
      summary: 'Each month on this date instead; in shorter months on the last day',
      ask: 'Or on which date?',
    },
    at: { kind: 'time', summary: 'The time. Leave empty for 9:00', ask: 'At what time?' },
  },
  words: ['channel'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, receipt }, deps): Promise<Reply> {
    const rule = postingRuleFrom(args);
    const facts = { ...rule, channel: args.channel, minute: args.at ?? DEFAULT_DIGEST_MINUTE };
    const digest = await switchDigestOn(facts, deps);
    const preview = {
      label: 'Preview',
      command: 'digest preview',
      args: { which: rule.rhythm },
    };
    return {
      text: rich`The digest will be posted in ${channelName(args.channel)} ${postingText(rule)}, next on ${digest.nextAt && moment(digest.nextAt)}.`,
      card: [{ kind: 'buttons', buttons: [preview, undoButton(receipt)] }],
    };
  },
});

export const digestCommands = [scheduleCommand, preview, postNow, off];
