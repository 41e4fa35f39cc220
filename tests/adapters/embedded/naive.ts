import { Binary, ObjectId } from 'bson';

/*
 * MongoDB's order and matching, written down once more and as plainly as can be, over decoded values.
 * https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */

export type Doc = Record<string, unknown>;

/** Where a value's type stands in the order of types. */
function rank(value: unknown): number {
  if (value === undefined || value === null) return 1;
  if (typeof value === 'number') return 2;
  if (typeof value === 'string') return 3;
  if (Array.isArray(value)) return 5;
  if (value instanceof Binary) return 6;
  if (value instanceof ObjectId) return 7;
  if (typeof value === 'boolean') return 8;
  if (value instanceof Date) return 9;
  return 4;
}

/** Below 0, 0 or above 0, as `a` stands before, at or behind `b`. */
export function compare(a: unknown, b: unknown): number {
  const byType = rank(a) - rank(b);
  if (byType !== 0) return byType;
  if (typeof a === 'number') return compareNumbers(a, b as number);
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b as string));
  if (typeof a === 'boolean') return Number(a) - Number(b);
  if (a instanceof Date) return a.getTime() - (b as Date).getTime();
  if (a instanceof ObjectId) return Buffer.compare(a.id, (b as ObjectId).id);
  if (a instanceof Binary) return compareBinary(a, b as Binary);
  if (Array.isArray(a)) return compareLists(a, b as unknown[], compare);
  if (rank(a) === 1) return 0;
  return compareLists(Object.entries(a as Doc), Object.entries(b as Doc), compareFields);
}

function compareNumbers(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareBinary(a: Binary, b: Binary): number {
  return a.length() - b.length() || a.sub_type - b.sub_type || Buffer.compare(a.value(), b.value());
}

function compareLists<T>(a: T[], b: T[], each: (a: T, b: T) => number): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = each(a[i] as T, b[i] as T);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareFields([nameA, a]: [string, unknown], [nameB, b]: [string, unknown]): number {
  return rank(a) - rank(b) || compare(nameA, nameB) || compare(a, b);
}

/** Whether a document passes a filter of equality, $in and ranges. */
export function matches(doc: Doc, filter: Doc): boolean {
  return Object.entries(filter).every(([name, wanted]) => {
    const value = doc[name];
    const candidates = Array.isArray(value) ? [value, ...value] : [value];
    const tests = isOperators(wanted) ? Object.entries(wanted) : [['$eq', wanted] as const];
    return tests.every(([operator, operand]) =>
      candidates.some((candidate) => passes(candidate, operator, operand)),
    );
  });
}

function isOperators(wanted: unknown): wanted is Doc {
  return rank(wanted) === 4 && Object.keys(wanted as Doc)[0]?.startsWith('$') === true;
}

function passes(value: unknown, operator: string, operand: unknown): boolean {
  if (operator === '$in') return (operand as unknown[]).some((one) => compare(value, one) === 0);
  const order = compare(value, operand);
  if (operator === '$eq') return order === 0;
  if (rank(value) !== rank(operand) || Number.isNaN(value)) return false;
  if (operator === '$gt') return order > 0;
  if (operator === '$gte') return order >= 0;
  return operator === '$lt' ? order < 0 : order <= 0;
}

/** Compares two documents by a sort; arrays by their least or greatest element, empty ones first. */
export function bySort(sort: Record<string, 1 | -1>): (a: Doc, b: Doc) => number {
  return (a, b) => {
    for (const [name, direction] of Object.entries(sort)) {
      const one = sortValue(a[name], direction);
      const other = sortValue(b[name], direction);
      const order = one === EMPTY || other === EMPTY ? emptyFirst(one, other) : compare(one, other);
      if (order !== 0) return order * direction;
    }
    return 0;
  };
}

const EMPTY = Symbol('an empty array');

function sortValue(value: unknown, direction: 1 | -1): unknown {
  if (!Array.isArray(value)) return value;
  if (value.length === 0) return EMPTY;
  return [...value].sort(compare).at(direction === 1 ? 0 : -1);
}

function emptyFirst(one: unknown, other: unknown): number {
  return Number(other === EMPTY) - Number(one === EMPTY);
}
