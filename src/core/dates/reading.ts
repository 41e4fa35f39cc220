import type { Day } from './day.ts';
import type { WorkingWeek } from './working-days.ts';

/** Which way a date without a year looks: to the next such day, or to the latest. */
export type Tense = 'past' | 'future';

/**
 * What words for a date mean: one thing, one of several that the user has to choose from, or nothing that exists.
 * `question` and `reason` are whole sentences for the user.
 */
export type Reading<T> =
  | { kind: 'read'; value: T }
  | { kind: 'choice'; question: string; values: readonly T[] }
  | { kind: 'refused'; reason: string };

/** What words for a day mean. */
export type DayReading = Reading<Day>;

/** What days are read against. */
export interface DayContext {
  today: Day;
  tense: Tense;
  /** Says what a working day and a bank holiday are. */
  week: WorkingWeek;
}

/** The one reading of a value; undefined if there is no value. */
export function readAs<T>(
  value: T,
): Reading<NonNullable<T>> | (undefined extends T ? undefined : never) {
  const reading = value === undefined ? undefined : { kind: 'read', value };
  return reading as ReturnType<typeof readAs<T>>;
}

export const refused = (reason: string): { kind: 'refused'; reason: string } => ({
  kind: 'refused',
  reason,
});

/** Asks which day was meant. Equal days are one. */
export function chooseDay(days: readonly Day[], question = 'Which day do you mean?'): DayReading {
  return { kind: 'choice', question, values: [...new Set(days)] };
}

/** Reads as the one day that both are, or asks which. */
export function oneOrChoice(first: Day, second: Day): DayReading {
  return first === second ? readAs(first) : chooseDay([first, second]);
}

/** The same reading of another value. */
export function mapReading<T, U>(reading: Reading<T>, change: (value: T) => U): Reading<U> {
  if (reading.kind === 'refused') return reading;
  if (reading.kind === 'read') return { kind: 'read', value: change(reading.value) };
  return { ...reading, values: reading.values.map(change) };
}

/** The value, if there is just one reading of it. */
export function onlyValue<T>(reading: Reading<T> | undefined): T | undefined {
  return reading?.kind === 'read' ? reading.value : undefined;
}

/** The values that words can mean. */
export function possibleValues<T>(reading: Reading<T> | undefined): readonly T[] {
  if (reading === undefined || reading.kind === 'refused') return [];
  return reading.kind === 'read' ? [reading.value] : reading.values;
}
