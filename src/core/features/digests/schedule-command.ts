import { undoButton } from '../../cards/changed-reply.ts';
import { defineCommand } from '../../command/command.ts';
import {
  channelName,
  dayRule,
  postingText,
  USUAL_MINUTE,
  weekdays,
} from '../../domain/digests/rules.ts';
import { switchOn } from '../../domain/digests/switch.ts';
import type { Reply } from '../../message/reply.ts';
import { moment, rich } from '../../message/rich-text.ts';

/** Switches a digest on, or changes when and where it is posted. */
export const scheduleCommand = defineCommand({
  name: 'digest schedule',
  summary: 'Post a digest in a channel each week or month',
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
      summary: 'Each week, if nothing is said; both may be on',
      ask: 'Each week, or each month?',
    },
    day: {
      kind: 'choice',
      choices: weekdays,
      summary: 'On which weekday, of a month the first; Monday, if nothing is said',
      ask: 'On which weekday?',
    },
    date: {
      kind: 'number',
      min: 1,
      max: 31,
      summary: 'Each month on this day of it instead; in shorter months on the last',
      ask: 'Or on which day of the month?',
    },
    at: { kind: 'time', summary: 'At what time; 9:00, if nothing is said', ask: 'At what time?' },
  },
  words: ['channel'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, receipt }, deps): Promise<Reply> {
    const rule = dayRule(args);
    const facts = { ...rule, channel: args.channel, minute: args.at ?? USUAL_MINUTE };
    const digest = await switchOn(facts, deps);
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
