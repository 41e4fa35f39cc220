import { trusted } from 'mongoose';
import type { Bound, QueryPlan } from '../shared/store/query-plan.ts';
import { storedName } from './indexes.ts';

/** What the server is asked: a filter of equality, `$in` and one range on top-level fields, and an order. */
export interface QueryFilter {
  filter: Record<string, unknown>;
  sort: Record<string, 1 | -1>;
}

const OPERATORS: Record<Bound, string> = { from: '$gte', after: '$gt', to: '$lte', before: '$lt' };

/**
 * A plan as a filter and an order.
 * @param partnership the tenant, undefined for a global collection.
 */
export function filterOf(
  partnership: string | undefined,
  { equal, range, order, descending }: QueryPlan,
): QueryFilter {
  const filter: Record<string, unknown> = partnership === undefined ? {} : { partnership };
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
