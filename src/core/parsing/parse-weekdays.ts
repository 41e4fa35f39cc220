import { quoteShort } from '../base/text.ts';
import { readWeekdays } from '../dates/weekdays.ts';
import { UserError } from '../message/user-error.ts';

/** Reads the weekdays of an arg called `days`: 1 (Monday) to 7. @throws UserError if it cannot be read. */
export function parseWeekdays(text: string): number[] {
  const days = readWeekdays(text);
  if (days) return days;
  const sentence = `I can't read "${quoteShort(text)}" as days. Try "mon-fri", "tue, thu" or "weekdays".`;
  throw new UserError(sentence, 'days');
}
