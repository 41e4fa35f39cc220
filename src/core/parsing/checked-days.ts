import { cut } from '../base/cut.ts';
import { readDays } from '../dates/weekdays.ts';
import { UserError } from '../message/user-error.ts';

/**
 * The weekdays of an arg called `days`.
 * @throws UserError when the text is none.
 */
export function checkedDays(text: string): number[] {
  const days = readDays(text);
  if (days) return days;
  const sentence = `I can't read "${cut(text)}" as days. Try "mon-fri", "tue, thu" or "weekdays".`;
  throw new UserError(sentence, 'days');
}
