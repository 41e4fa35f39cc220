import type { Document } from 'bson';
import { notSupported } from './command-error.ts';
import { behind, encodeValue, HIGHEST, LOWEST, typeEnd, typeStart } from './keys.ts';

/** The encoded values from `low` on, up to but without `high`. */
export interface Span {
  low: Buffer;
  high: Buffer;
}

/** What a filter says of one field: its encoded value lies in one of these spans, which are in order. */
export interface Condition {
  field: string;
  spans: readonly Span[];
  /** The values themselves, where the field equals one of some. */
  points: readonly Buffer[] | undefined;
}

/**
 * Reads a filter of equality, `$eq`, `$in` and ranges on top-level fields.
 * @throws CommandError that names anything else in it.
 */
export function readFilter(filter: Document): Condition[] {
  return Object.entries(filter).map(([field, wanted]) => {
    checkField(field);
    return readCondition(field, isOperators(wanted) ? wanted : { $eq: wanted });
  });
}

export function matches(conditions: readonly Condition[], document: Document): boolean {
  return conditions.every(({ field, spans }) => {
    const value = encodeValue(document[field]);
    return spans.some((span) => isWithin(span, value));
  });
}

/** Refuses paths, and operators such as `$or` in the place of a field. @throws CommandError */
export function checkField(field: string): void {
  if (field.startsWith('$')) throw notSupported(`the operator ${field}`);
  if (field.includes('.')) throw notSupported(`the path ${field}`);
}

function readCondition(field: string, operators: Document): Condition {
  let range: Span = { low: LOWEST, high: HIGHEST };
  let points: Buffer[] | undefined;
  for (const [operator, operand] of Object.entries(operators)) {
    if (operator === '$eq') points = [encodeValue(operand)];
    else if (operator === '$in') points = inOrder(operand.map(encodeValue));
    else range = intersection(range, readRange(operator, operand));
  }
  if (!points) return { field, points, spans: [range] };
  const within = points.filter((point) => isWithin(range, point));
  return { field, points: within, spans: within.map((low) => ({ low, high: behind(low) })) };
}

/** A range finds only values of the same type as its bound. */
function readRange(operator: string, operand: unknown): Span {
  const bound = encodeValue(operand);
  const [low, high] = [typeStart(bound), typeEnd(bound)];
  if (operator === '$gte') return { low: bound, high };
  if (operator === '$gt') return { low: behind(bound), high };
  if (operator === '$lte') return { low, high: behind(bound) };
  if (operator === '$lt') return { low, high: bound };
  throw notSupported(`the operator ${operator}`);
}

function intersection(one: Span, other: Span): Span {
  const low = Buffer.compare(one.low, other.low) > 0 ? one.low : other.low;
  const high = Buffer.compare(one.high, other.high) < 0 ? one.high : other.high;
  return { low, high };
}

function isWithin({ low, high }: Span, value: Buffer): boolean {
  return Buffer.compare(low, value) <= 0 && Buffer.compare(value, high) < 0;
}

/** Sorted, and each value once. */
function inOrder(values: Buffer[]): Buffer[] {
  const sorted = values.sort(Buffer.compare);
  return sorted.filter((value, index) => index === 0 || !value.equals(sorted[index - 1] as Buffer));
}

function isOperators(wanted: unknown): wanted is Document {
  if (typeof wanted !== 'object' || wanted === null || wanted instanceof Date) return false;
  return Object.keys(wanted).some((key) => key.startsWith('$'));
}
