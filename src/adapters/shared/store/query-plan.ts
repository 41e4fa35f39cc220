import { checkId, checkKind } from './check-values.ts';
import { type Fields, indexOrder, type Shape } from './shape.ts';

/** A query of core, whatever its row type. */
export interface AnyQuery {
  readonly index: string;
  readonly where?: Fields;
  readonly range?: {
    readonly field: string;
    readonly from?: unknown;
    readonly after?: unknown;
    readonly to?: unknown;
    readonly before?: unknown;
  };
  readonly descending?: boolean;
}

export type Bound = 'from' | 'after' | 'to' | 'before';

/** What a query asks, checked against its index: equality on the first fields, then at most one range, and an order. */
export interface QueryPlan {
  index: string;
  /** Each field with its value, or with a list of values: a row has one of them. */
  equal: readonly { field: string; value: unknown }[];
  range: { field: string; bounds: readonly (readonly [Bound, unknown])[] } | undefined;
  order: readonly string[];
  descending: boolean;
}

const BOUNDS: readonly Bound[] = ['from', 'after', 'to', 'before'];

/**
 * Checks that the named index answers a query.
 * @throws Error naming index and fields, if it does not; TypeError for a value of the wrong kind.
 */
export function planQuery(shape: Shape, query: AnyQuery): QueryPlan {
  const order = indexOrder(shape, query.index);
  const equal = Object.entries(query.where ?? {}).map(([field, value]) => ({ field, value }));
  const { range } = query;
  const first = order.slice(0, equal.length);
  const rangeFits = !range || range.field === order[equal.length];
  if (!rangeFits || !equal.every(({ field }) => first.includes(field))) {
    const asked = [
      ...equal.map(({ field }) => field),
      ...(range ? [`range on ${range.field}`] : []),
    ];
    throw new Error(
      `${shape.name}: index ${query.index} (${order.join(', ')}) does not answer ${asked.join(', ')}.`,
    );
  }
  for (const { field, value } of equal) {
    for (const one of Array.isArray(value) ? value : [value]) checkValue(shape, field, one);
  }
  return {
    index: query.index,
    equal,
    range: range && { field: range.field, bounds: boundsOf(shape, range) },
    order,
    descending: query.descending ?? false,
  };
}

function boundsOf(shape: Shape, range: NonNullable<AnyQuery['range']>): [Bound, unknown][] {
  const used = BOUNDS.filter((bound) => range[bound] !== undefined);
  if (used.length === 0 || used.some((bound) => range[bound] === null)) {
    throw new Error(
      `${shape.name}: a range on ${range.field} needs a bound, and none that is null.`,
    );
  }
  for (const bound of used) checkValue(shape, range.field, range[bound]);
  return used.map((bound) => [bound, range[bound]]);
}

/** Refuses undefined too: it would silently widen the query. */
function checkValue(shape: Shape, field: string, value: unknown): void {
  if (field === 'id') checkId(`${shape.name}.id`, value);
  else checkKind(`${shape.name}.${field}`, shape.fields[field] ?? 'text', value);
}
