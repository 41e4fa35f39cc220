import { isDeepStrictEqual } from 'node:util';
import { SO_ALREADY, undoButton } from '../../cards/undo-button.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { timeText } from '../../dates/time-of-day.ts';
import {
  type Digest,
  type DigestRhythm,
  digestId,
  digestRhythmOf,
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
import type { RawArgs } from '../../message/invocation.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { commandText, moment, rich } from '../../message/rich-text.ts';
import { questionWith } from '../../message/user-error.ts';
import { getAll } from '../../ports/store.ts';
import { digestCard } from './cards.ts';
import { gatherDigestFacts } from './gather.ts';
import { repostCommands } from './repost.ts';
import { readDigestWindow } from './window.ts';

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
  inChannel: digestNow,
});

const postNow = defineCommand({
  name: 'digest now',
  summary: 'Post the digest here, now',
  examples: ['digest now', 'digest now monthly'],
  args: shown,
  words: ['which'],
  audience: 'everyone',
  guard: 'coordinate',
  run: postExtra,
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
      text: rich`The ${rhythm} digest is off. Bring it back with ${commandText('digest schedule')}.`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});

/** The digests that are posted, the weekly one first. */
async function digestsThatAreOn({
  store,
  partnership,
}: Pick<Deps, 'store' | 'partnership'>): Promise<Digest[]> {
  const ids = digestRhythms.map((rhythm) => digestId(partnership.id, rhythm));
  const rows = await getAll(store.of(digests), ids);
  return ids.flatMap((id) => rows.filter((row) => row.id === id && row.nextAt !== null));
}

/** @throws Question if both digests are on. */
async function theOneThatIsOn({ store, partnership }: Deps): Promise<DigestRhythm | undefined> {
  const on = (await digestsThatAreOn({ store, partnership })).map(digestRhythmOf);
  if (on.length < 2) return on[0];
  const buttons = on.map((rhythm) => ({
    label: `The ${rhythm} one`,
    command: 'digest off',
    args: { which: rhythm },
  }));
  throw questionWith(rich`Which digest shall I stop? Both are on.`, buttons);
}

/** The digest as of now: everything since the last post. It moves nothing, so the next post says all of it too. */
async function digestNow({ args, now }: Call<typeof shown>, deps: Deps): Promise<Reply> {
  const { partnership, directory, store } = deps;
  const window = await readDigestWindow(args.which ?? 'weekly', { now }, deps);
  const facts = await gatherDigestFacts(window, store);
  return digestCard(facts, window, partnership.name, directory);
}

/** Posts the digest here. The digest's own channel still gets all of it at the next post, and the answer says so. */
async function postExtra(call: Call<typeof shown>, deps: Deps): Promise<Reply> {
  const reply = await digestNow(call, deps);
  const id = digestId(deps.partnership.id, call.args.which ?? 'weekly');
  const next = (await deps.store.of(digests).get(id))?.nextAt;
  if (!next) return reply;
  const note: Block = {
    kind: 'note',
    text: rich`This is an extra one: the next digest, ${moment(next)}, counts the same things again.`,
  };
  return { ...reply, card: [...(reply.card ?? []), note] };
}

/** Switches a digest on, or changes when and where it is posted. */
const scheduleCommand = defineCommand({
  name: 'digest schedule',
  title: 'Post a digest',
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
      hint: '',
    },
    every: {
      kind: 'choice',
      choices: ['week', 'month'],
      labels: { week: 'Each week', month: 'Each month' },
      summary: 'Each week or each month; you can have both. Leave empty for each week',
      ask: 'Each week, or each month?',
      hint: 'You can have both. Leave empty for each week',
    },
    day: {
      kind: 'choice',
      choices: weekdays,
      summary: 'The weekday; in a month, the first one. Leave empty for Monday',
      ask: 'On which weekday?',
      hint: 'In a month, the first one. Leave empty for Monday',
    },
    date: {
      kind: 'number',
      min: 1,
      max: 31,
      summary: 'Each month on this date instead; in shorter months on the last day',
      ask: 'Or on which date?',
      hint: 'Of each month; in shorter months on the last day',
    },
    at: {
      kind: 'time',
      summary: 'The time. Leave empty for 9:00',
      ask: 'At what time?',
      hint: 'Leave empty for 9:00',
    },
  },
  words: ['channel'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async prefill({ every }, { store, partnership }): Promise<RawArgs> {
    const on = await digestsThatAreOn({ store, partnership });
    const wanted = every === undefined ? undefined : every === 'month' ? 'monthly' : 'weekly';
    const digest = on.find((row) => wanted === undefined || digestRhythmOf(row) === wanted);
    if (!digest) return {};
    const { channel, weekday, monthday, minute } = digest;
    return {
      channel: `<#${channel.channel}>`,
      every: digestRhythmOf(digest) === 'monthly' ? 'month' : 'week',
      day: monthday === null ? (weekdays[weekday - 1] ?? '') : '',
      date: monthday === null ? '' : `${monthday}`,
      at: timeText(minute),
    };
  },
  async run({ args, raw, receipt }, deps): Promise<Reply> {
    const rule = postingRuleFrom(args);
    const facts = { ...rule, channel: args.channel, minute: args.at ?? DEFAULT_DIGEST_MINUTE };
    const before = (await digestsThatAreOn(deps)).find(
      (row) => digestRhythmOf(row) === rule.rhythm,
    );
    const isSame =
      before &&
      Object.entries(facts).every(([name, value]) =>
        isDeepStrictEqual(value, before[name as keyof Digest]),
      );
    const problem = isSame ? undefined : await deps.postingProblem(args.channel, 'post');
    if (problem !== undefined) {
      const again = { label: 'Try again', command: 'digest schedule', args: raw };
      throw questionWith(rich`I can't post in ${channelName(args.channel)} yet. ${problem}`, [
        again,
      ]);
    }
    const digest = isSame ? before : await switchDigestOn(facts, deps);
    const preview = {
      label: 'Preview',
      command: 'digest preview',
      args: { which: rule.rhythm },
    };
    return {
      text: rich`${isSame && `${SO_ALREADY} `}The digest will be posted in ${channelName(args.channel)} ${postingText(rule)} if there is news, next on ${digest.nextAt && moment(digest.nextAt)}.`,
      card: [{ kind: 'buttons', buttons: [preview, ...(isSame ? [] : [undoButton(receipt)])] }],
    };
  },
});

export const digestCommands = [scheduleCommand, preview, postNow, off, ...repostCommands];
