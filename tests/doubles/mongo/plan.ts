import type { Document } from 'bson';
import { notSupported } from './command-error.ts';
import { type Condition, checkField, type Span } from './filter.ts';
import { behind, LOWEST } from './keys.ts';
import type { Index, Scan } from './rows.ts';

/** How a query is answered: by spans of one index, in its order, and conditions that are checked row by row. */
export interface Plan extends Scan {
  remaining: readonly Condition[];
}

/**
 * Chooses the index that narrows a query down most, of those that give its order.
 * @throws CommandError if no index gives the order: the double sorts nothing by itself.
 */
export function planQuery(
  indexes: readonly Index[],
  conditions: readonly Condition[],
  sort: Document,
): Plan {
  const order = Object.keys(sort);
  order.forEach(checkField);
  const directions = new Set<unknown>(Object.values(sort));
  const isDescending = directions.has(-1);
  const isKnownOrder = [...directions].every((direction) => direction === 1 || direction === -1);
  const plans = indexes
    .filter(({ fields }) => givesOrder(fields, conditions, order))
    .map((index) => ({ index, isDescending, ...boundsOf(index.fields, conditions) }));
  const [first, ...others] = plans;
  if (!first || directions.size > 1 || !isKnownOrder) {
    throw notSupported(`a sort that no index gives (${JSON.stringify(sort)})`);
  }
  return others.reduce(
    (best, plan) => (plan.remaining.length < best.remaining.length ? plan : best),
    first,
  );
}

/** A field with one possible value makes no difference to the order. */
function givesOrder(
  fields: readonly string[],
  conditions: readonly Condition[],
  order: readonly string[],
): boolean {
  const fixed = conditions.filter(({ points }) => points?.length === 1).map(({ field }) => field);
  const varies = (field: string) => !fixed.includes(field);
  const given = fields.filter(varies);
  return order.filter(varies).every((field, index) => given[index] === field);
}

/** Uses equality on the first fields of an index, then at most one range. */
function boundsOf(fields: readonly string[], conditions: readonly Condition[]) {
  let prefixes = [Buffer.alloc(0)];
  let spans: Span[] | undefined;
  const used = new Set<Condition>();
  for (const name of fields) {
    const condition = conditions.find(({ field }) => field === name);
    if (!condition || spans) break;
    used.add(condition);
    const { points } = condition;
    if (points) prefixes = prefixes.flatMap((prefix) => points.map(append(prefix)));
    else spans = prefixes.flatMap((prefix) => condition.spans.map(appendSpan(prefix)));
  }
  return {
    spans: spans ?? prefixes.map(spanOf),
    remaining: conditions.filter((condition) => !used.has(condition)),
  };
}

/** All that begins with a prefix. */
const spanOf = (prefix: Buffer): Span => ({
  low: prefix.length > 0 ? prefix : LOWEST,
  high: behind(prefix),
});
const append = (prefix: Buffer) => (key: Buffer) => Buffer.concat([prefix, key]);
const appendSpan =
  (prefix: Buffer) =>
  ({ low, high }: Span): Span => ({
    low: append(prefix)(low),
    high: append(prefix)(high),
  });
