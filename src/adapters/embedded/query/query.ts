import type { Collection } from '../catalog/collection.ts';
import type { KeyField } from '../catalog/field-index.ts';
import type { Row } from '../catalog/row.ts';
import { type Filter, matches } from './filter.ts';
import { choosePlan } from './plan.ts';
import { sortRows } from './sort.ts';

/** What to read: all that pass the filter, sorted, at most `limit` (Infinity for all). */
export interface Query {
  readonly filter: Filter;
  readonly sort: readonly KeyField[];
  readonly limit: number;
}

/** The rows a query finds. Costs what the chosen ranges hold, cut at `limit` where the index gives the order. */
export function findRows(collection: Collection | undefined, query: Query): Row[] {
  if (!collection) return [];
  const { filter, sort, limit } = query;
  const plan = choosePlan(collection, filter, sort);
  const merges = sort.length > 0 && (!plan.sorted || plan.ranges.length > 1);
  const found: Row[] = [];
  for (const { from, to } of plan.ranges) {
    const end = merges ? found.length + limit : limit;
    for (const row of plan.index.entries.range(from, to, plan.backwards)) {
      if (!matches(filter, row.doc)) continue;
      found.push(row);
      if (plan.sorted && found.length >= end) break;
    }
    if (!merges && found.length >= limit) break;
  }
  return merges ? sortRows(found, sort).slice(0, limit) : found;
}
