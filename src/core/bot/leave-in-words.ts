import { quoteShort } from '../base/text.ts';
import { type Button, cancelButton, type Reply } from '../message/reply.ts';
import { rich } from '../message/rich-text.ts';

const LEAVE =
  /^(?:(?:i(?:['’]?m| am)|i(?:['’]?ll| will) be)\s+)?(?:away|off|on leave|on holiday|on annual leave|out of office)[\s,:]+(?:from\s+|between\s+)?(\S.*)$/i;
const LAST_DAY = /(?:^|\s)(?:to|until|till|til|through|and|-|–|—)\s*(\S.*)$|\d[-–—](\S.*)$/i;
/** How the days of an absence begin. "Off to see them on friday" is none. */
const DAYS =
  /^(?:(?:until|till|til|on|for)\s+)?(?:the\s+)?(?:\d|today|tomorrow|next|this|all|rest|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)/i;

/** The answer to a line that says when somebody is away, such as "away 23 Nov - 4 Dec"; undefined for other lines. */
export function askWhetherToPause(line: string): Reply | undefined {
  const [, days = ''] = LEAVE.exec(line.replace(/[\s.!]+$/, '')) ?? [];
  if (!DAYS.test(days)) return undefined;
  const [, last, glued] = LAST_DAY.exec(days) ?? [];
  const until = last ?? glued;
  const pause: Button[] =
    until && DAYS.test(until)
      ? [{ label: `Pause until ${quoteShort(until, 30)}`, command: 'fewer', args: { until } }]
      : [];
  const others: Button = { label: 'Other ways', command: 'fewer', args: {} };
  return {
    text: rich`Away ${quoteShort(days)}? I can pause your messages, from now on.`,
    card: [{ kind: 'buttons', buttons: [...pause, others, cancelButton] }],
  };
}
