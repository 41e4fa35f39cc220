import { trusted } from 'mongoose';
import { checkId, checkKind } from '../shared/store/check-values.ts';
import type { Fields, Shape } from '../shared/store/shape.ts';
import { indexOrder } from './indexes.ts';

/** A query of any row type: see `Query` in `core/ports/store.ts`. */
export interface Question {
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

/** What the server is asked: a filter of equality, `$in` and one range on top-level fields, and an order. */
export interface Plan {
  filter: Record<string, unknown>;
  sort: Record<string, 1 | -1>;
}

const operators = { from: '$gte', after: '$gt', to: '$lte', before: '$lt' } as const;
const bounds = ['from', 'after', 'to', 'before'] as const;

/**
 * Turns a question into a filter and an order that the named index answers.
 * @param partnership the tenant, undefined for a global collection.
 * @throws Error naming index and fields, if the index does not answer it; TypeError for a value of the wrong kind.
 */
export function planQuery(shape: Shape, partnership: string | undefined, question: Question): Plan {
  const order = indexOrder(shape, question.index);
  const where = Object.entries(question.where ?? {}).map(
    ([field, value]) => [storedName(field), value] as const,
  );
  const { range } = question;
  const first = order.slice(0, where.length);
  const rangeFits = !range || storedName(range.field) === order[where.length];
  if (!rangeFits || !where.every(([field]) => first.includes(field))) {
    const asked = [...where.map(([field]) => field), ...(range ? [`range on ${range.field}`] : [])];
    throw new Error(
      `${shape.name}: index ${question.index} (${order.map(coreName).join(', ')}) does not answer ${asked.join(', ')}.`,
    );
  }
  const filter: Record<string, unknown> = partnership === undefined ? {} : { partnership };
  for (const [field, value] of where) filter[field] = equality(shape, field, value);
  if (range) filter[storedName(range.field)] = span(shape, range);
  const direction = question.descending ? -1 : 1;
  return { filter, sort: Object.fromEntries(order.map((field) => [field, direction])) };
}

function equality(shape: Shape, field: string, value: unknown): unknown {
  if (!Array.isArray(value)) return checked(shape, field, value);
  return trusted({ $in: value.map((one) => checked(shape, field, one)) });
}

function span(shape: Shape, range: NonNullable<Question['range']>): unknown {
  const used = bounds.filter((bound) => range[bound] !== undefined);
  if (used.length === 0 || used.some((bound) => range[bound] === null)) {
    throw new Error(
      `${shape.name}: a range on ${range.field} needs a bound, and none that is null.`,
    );
  }
  const field = storedName(range.field);
  return trusted(
    Object.fromEntries(
      used.map((bound) => [operators[bound], checked(shape, field, range[bound])]),
    ),
  );
}

/** The value, if it is one of its field's kind. Undefined is refused: it would silently widen the question. */
function checked(shape: Shape, field: string, value: unknown): unknown {
  if (field === '_id') checkId(`${shape.name}.id`, value);
  else checkKind(`${shape.name}.${field}`, shape.fields[field] ?? 'text', value);
  return value;
}

const storedName = (field: string) => (field === 'id' ? '_id' : field);
const coreName = (field: string) => (field === '_id' ? 'id' : field);
