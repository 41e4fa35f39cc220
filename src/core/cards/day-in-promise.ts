import { quoteShort } from '../base/text.ts';
import type { Call } from '../command/command.ts';
import { addToDay, type Day, dayText, weekdayOf } from '../dates/day.ts';
import type { RepeatWords } from '../dates/read-repeat.ts';
import { typedWhen, type When, whenText } from '../dates/when.ts';
import { defaultBy } from '../domain/followups/rules.ts';
import type { Partnership } from '../domain/partnerships/partnership.ts';
import { FORM, ONCE, type RawArgs } from '../message/invocation.ts';
import type { Button } from '../message/reply.ts';
import { rich } from '../message/rich-text.ts';
import { type Question, questionWith, UserError } from '../message/user-error.ts';
import { type DayInWords, dayInWords, repeatInWords } from '../parsing/day-in-words.ts';

/** What a promise says of its own time. */
export interface PromiseWords {
  /** What is to be done, without the words that say when. */
  title: string;
  /** When it is due; undefined if nothing says so. */
  by?: When;
  /** How often it repeats, as it was typed. */
  repeat?: string;
  /** A day in it that may belong to its words. */
  offered?: DayInWords;
}

/** Where words were typed: for the day that they mean, and for the buttons of a question about it. */
export interface WordsContext extends Pick<Call, 'raw' | 'now' | 'zone' | 'today'> {
  partnership: Partnership;
  /** The command that the buttons of a question go on with. */
  command: string;
  /** The key that the buttons of one question share. */
  id(label: string): string;
}

/**
 * Reads out of a promise when it is due, and how often: "ring the school tomorrow at 3", "water the plants every tuesday".
 * @param text the arg `next`.
 * @param canRepeat whether the command takes a repeat.
 * @throws Question if its day may be one of several, or it repeats on a day that it does not say. @throws UserError if there is no such day.
 */
export function readPromise(text: string, canRepeat: boolean, context: WordsContext): PromiseWords {
  const found = canRepeat ? repeatInWords(text) : undefined;
  if (found) {
    const { reading, typed, others } = found;
    if (reading.kind === 'refused') throw new UserError(reading.reason, 'repeat');
    if (reading.kind === 'choice') return { title: text };
    const title = others || onlyTheDay(typed);
    if (reading.value.unit !== 'day' && !reading.value.on)
      throw whichDayOfRepeat(title, typed, reading.value, context);
    return { title, repeat: typed };
  }
  const { partnership, now, zone } = context;
  const day = dayInWords(text, { now, zone, tense: 'future', week: partnership });
  if (!day) return { title: text };
  if (!day.isSure) return { title: text, offered: day };
  return { title: day.others || onlyTheDay(day.typed), by: sureDay(day, 'by', context) };
}

/** @throws UserError always: a day alone, as in "remind me at 4pm", says nothing of what is to be done. */
function onlyTheDay(typed: string): never {
  throw new UserError(
    rich`I have "${typed}", but not what is to be done. What shall I put down?`,
    'next',
  );
}

/**
 * The day that a date surely means.
 * @param arg the date arg that it is for.
 * @throws Question if it may be one of several, or there is no such day.
 */
export function sureDay(found: DayInWords, arg: 'by' | 'when', context: WordsContext): When {
  const { reading, typed } = found;
  if (reading.kind === 'read') return reading.value;
  const { raw, command, id, today, zone } = context;
  const args = { ...raw, [ONCE]: id('which day') };
  const choices = reading.kind === 'choice' ? reading.values : [];
  const textArg = arg === 'by' ? 'next' : 'note';
  const buttons: Button[] = [
    ...choices.map((when) => ({
      label: whenText(when, today, zone),
      command,
      args: {
        ...args,
        [arg]: typedWhen(when, zone),
        ...(found.others && { [textArg]: found.others }),
      },
    })),
    { label: 'Another day', command, args: { ...args, [FORM]: 'yes' } },
    { label: 'No, just words', command, args: { ...args, [arg]: usualDay(arg, context) } },
  ];
  const problem = reading.kind === 'choice' ? reading.question : reading.reason;
  throw questionWith(rich`"${quoteShort(typed)}": ${problem} I've kept your words.`, buttons);
}

/** The day that counts if no words say one: of a promise in a week, of a contact today. */
const usualDay = (arg: 'by' | 'when', { today, partnership }: WordsContext): Day =>
  arg === 'by' ? defaultBy(today, partnership).day : today;

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];

/** Asks on which day something repeats. */
function whichDayOfRepeat(
  title: string,
  typed: string,
  { unit, count }: RepeatWords,
  { raw, command, id }: WordsContext,
): Question {
  const each = unit === 'week' && count === 1 ? 'every week' : typed;
  const days = unit === 'week' ? WEEKDAYS : ['the 1st', 'the 15th', 'the last day'];
  const buttons = days.map(
    (on): Button => ({
      label: `On ${on}`,
      command,
      args: {
        ...raw,
        next: title,
        repeat: `${each} on ${on.toLowerCase()}`,
        [ONCE]: id('which day'),
      },
    }),
  );
  return questionWith(
    rich`On which day shall "${quoteShort(title)}" come, ${typed}? I've kept your words.`,
    buttons,
  );
}

/**
 * Buttons that correct the day of a new promise: to take back what was read out of its words, to take a day in them that
 * may have been meant, or to choose another than the usual one.
 * @param text what was typed.
 * @param given whether the day was given in another way.
 */
export function dayButtons(
  followup: string,
  text: string,
  { by, repeat, offered }: PromiseWords,
  given: boolean,
  context: Pick<WordsContext, 'today' | 'zone' | 'partnership'>,
): Button[] {
  if (given) return [];
  const { today, zone, partnership } = context;
  const edit = (label: string, args: RawArgs): Button => ({
    label,
    command: 'followup edit',
    args: { which: `#${followup}`, ...args },
  });
  if (repeat !== undefined || by) {
    const args = { which: `#${followup}`, next: text };
    return [{ label: 'No, just words', command: 'followup words', args }];
  }
  const usual = defaultBy(today, partnership).day;
  const { reading } = offered ?? {};
  if (reading?.kind === 'read')
    return [
      edit(`By ${whenText(reading.value, today, zone)}`, { by: typedWhen(reading.value, zone) }),
    ];
  const tomorrow = addToDay(today, { days: 1 });
  const friday = addToDay(today, { days: (FRIDAY - weekdayOf(today) + 7) % 7 || 7 });
  return [
    edit('By tomorrow', { by: tomorrow }),
    ...(friday === tomorrow || friday === usual
      ? []
      : [edit(`By ${dayText(friday, today)}`, { by: friday })]),
  ];
}

/** The number of a Friday (ISO: Monday is 1). */
const FRIDAY = 5;
