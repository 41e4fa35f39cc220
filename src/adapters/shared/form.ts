import { capitalize } from '../../core/base/text.ts';
import { readIsoDay } from '../../core/dates/calendar-date.ts';
import { dayText } from '../../core/dates/day.ts';
import { readTime } from '../../core/dates/time-of-day.ts';
import type { Field } from '../../core/message/form.ts';

/**
 * How many characters an input takes: as many as the command, so that the platform itself says when a text is too long. A
 * value that is longer can be shown and made shorter.
 * @param shown the present value.
 * @param most what the platform allows.
 */
export function inputLength(
  { maxLength }: Pick<Field, 'maxLength'>,
  shown: string,
  most: number,
): number {
  return Math.min(Math.max(maxLength ?? most, shown.length), most);
}

/** A field for an arg that has none and is too long to travel with the form. */
export function extraField(name: string, value: string): Field {
  return {
    name,
    label: capitalize(name),
    kind: 'text',
    long: true,
    needed: false,
    hint: '',
    value,
  };
}

/** The hint of a field whose value was cut. */
export function truncatedHint(maxLength: number): string {
  return `Only the first ${maxLength.toLocaleString('en-GB')} characters have room here.`;
}

/** A date's value, where a calendar stands beside the words: the day that it shows, and the words. */
export function dateParts(value: string): { day?: string; words: string } {
  const [, day = '', words = ''] =
    /^(\d{4}-\d\d-\d\d)(?: (?:or |at )?(.+))?$/s.exec(value.trim()) ?? [];
  return readIsoDay(day) ? { day, words } : { words: value };
}

/**
 * The value of a date with a calendar beside the words. A clock time is of the picked day. If somebody picked a day and
 * wrote another one, the value has both, so that they are asked.
 * @param shown the day that the calendar showed when the form opened: if it still does, the words count.
 */
export function dateFromParts(words: string, picked: string | undefined, shown: string): string {
  if (!picked || words.trim() === '') return picked ?? words;
  if (readTime(words) !== undefined) return `${picked} at ${words}`;
  return picked === shown ? words : `${picked} or ${words}`;
}

/** A field's value, as people read it: a value that is a reference is shown by its name, and a day in words. */
export function fieldText({ kind, value, options }: Field): string {
  if (kind === 'date') return dateText(value);
  return options?.find((option) => option.value === value)?.label ?? value;
}

/** `2026-12-04 15:00` as people write it: `Fri 4 Dec 2026, 15:00`. Other texts stay as they are. */
function dateText(value: string): string {
  const [, day = '', time] = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))?$/.exec(value) ?? [];
  if (!readIsoDay(day)) return value;
  return time === undefined ? dayText(day) : `${dayText(day)}, ${time}`;
}

/**
 * The value that a submitted field gives its arg.
 * @param wasFilled whether the field held something when the form opened: emptying it is then a change.
 * @returns undefined if the arg is not mentioned.
 */
export function submittedValue(value: string, wasFilled: boolean): string | undefined {
  if (value.trim() !== '') return value;
  return wasFilled ? '' : undefined;
}
