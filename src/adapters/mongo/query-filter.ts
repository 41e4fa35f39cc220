import { trusted } from 'mongoose';
import type { Bound, QueryPlan } from '../shared/store/query-plan.ts';
import { type StoredRow, storedName } from './row-codec.ts';

/** A filter of equality, `$in` and one range on top-level fields, and an order. */
export interface Filter {
  filter: Record<string, unknown>;
  sort: Record<string, 1 | -1>;
}

const OPERATORS: Record<Bound, string> = { from: '$gte', after: '$gt', to: '$lte', before: '$lt' };

/**
 * A plan as a filter and an order for MongoDB. Operators are made only here, and marked as trusted. Mongoose treats every
 * other object in a filter as a value (`sanitizeFilter`), and refuses it.
 * @param tenant the part of the filter that names the partnership; empty for a global collection.
 */
export function filterOf(
  { equal, range, order, descending }: QueryPlan,
  tenant: Pick<StoredRow, 'partnership'>,
): Filter {
  const filter: Record<string, unknown> = { ...tenant };
  for (const { field, value } of equal) {
    filter[storedName(field)] = Array.isArray(value) ? trusted({ $in: value }) : value;
  }
  if (range) {
    const bounds = range.bounds.map(([bound, value]) => [OPERATORS[bound], value]);
    filter[storedName(range.field)] = trusted(Object.fromEntries(bounds));
  }
  const direction = descending ? -1 : 1;
  return { filter, sort: Object.fromEntries(order.map((field) => [storedName(field), direction])) };
}
