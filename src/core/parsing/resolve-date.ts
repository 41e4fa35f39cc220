import { cleanText, quoteShort } from '../base/text.ts';
import type { Arg } from '../command/args.ts';
import { dayOf } from '../dates/day.ts';
import { dateExamples, readDate } from '../dates/read-date.ts';
import { typedWhen, type When, whenText } from '../dates/when.ts';
import { FORM, ONCE } from '../message/invocation.ts';
import type { Button } from '../message/reply.ts';
import { rich } from '../message/rich-text.ts';
import { type Question, questionWith, UserError } from '../message/user-error.ts';
import { nearest } from '../names/nearest.ts';
import type { AskContext } from './ask-partner.ts';
import type { ParseContext } from './split-value.ts';

/** Words to suggest for a misspelt date. */
const DAY_WORDS = [
  ...['today', 'tomorrow', 'yesterday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  ...['saturday', 'sunday', 'next week', 'last week'],
];

/**
 * The date that a text stands for.
 * @returns undefined if the text is empty, null for `none`.
 * @throws UserError if it cannot be read, or there is no such day.
 * @throws Question if it can be one of several. Its buttons keep everything that was typed.
 */
export function resolveDate(
  name: string,
  arg: Arg & { kind: 'date' },
  raw: string,
  asking: AskContext,
  context: ParseContext,
): When | null | undefined {
  const text = cleanText(raw);
  if (text === '') return undefined;
  if (arg.clearable && /^none$/i.test(text)) return null;
  const reading = readDate(text, { ...context, tense: arg.tense, week: context.partnership });
  switch (reading?.kind) {
    case 'read':
      return arg.moment ? reading.value : { day: reading.value.day };
    case 'choice': {
      const { question, values } = reading;
      throw askWhichDate(name, arg, { text, question, values }, asking, context);
    }
    case 'refused':
      throw new UserError(reading.reason, name);
    default: {
      const close = nearest(text, DAY_WORDS);
      throw new UserError(
        rich`I can't read "${quoteShort(text)}" as a date.${close && ` Did you mean "${close}"?`} ${dateExamples(arg.tense)}`,
        name,
      );
    }
  }
}

/** Asks which date was meant. Each button goes on with the command and keeps everything that was typed. */
function askWhichDate(
  name: string,
  arg: Arg & { kind: 'date' },
  { text, question, values }: { text: string; question: string; values: readonly When[] },
  { command, args, key }: AskContext,
  { now, zone }: ParseContext,
): Question {
  const today = dayOf(now, zone);
  const pick = (when: When): Button => {
    const shown = arg.moment ? when : { day: when.day };
    const typed = typedWhen(shown, zone);
    const label = whenText(shown, today, zone);
    return { label, command: command.name, args: { ...args, [name]: typed, [ONCE]: key } };
  };
  const { [name]: _, ...others } = args;
  const another: Button = {
    label: 'Another day',
    command: command.name,
    args: { ...others, [ONCE]: key, [FORM]: 'yes' },
  };
  return questionWith(rich`I read "${quoteShort(text)}". ${question} I've kept your words.`, [
    ...values.map(pick),
    ...(arg.ask === undefined ? [] : [another]),
  ]);
}
