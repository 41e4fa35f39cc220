import { BEHIND, turned } from '../bson/key.ts';
import type { Collection } from '../catalog/collection.ts';
import type { FieldIndex, KeyField } from '../catalog/field-index.ts';
import type { Filter, Test } from './filter.ts';

/** How to read a collection: the ranges of one index that hold every match, and what they spare. */
export interface Plan {
  readonly index: FieldIndex;
  readonly ranges: readonly Range[];
  readonly backwards: boolean;
  /** Each range yields its rows in the order that was asked. */
  readonly sorted: boolean;
}

/** From one key up to, not including, another. */
interface Range {
  readonly from: string;
  readonly to: string;
}

interface Candidate extends Plan {
  readonly score: readonly number[];
}

/** Equalities are multiplied out into at most so many look-ups; the rest is left to the filter. */
const MOST_RANGES = 10_000;

/** The best plan; at worst all rows by `_id`. What a range yields must still pass the filter. */
export function choosePlan(
  collection: Collection,
  filter: Filter,
  sort: readonly KeyField[],
): Plan {
  let best = consider(collection.ids, filter, sort);
  // One row at most: nothing reads less.
  if (best.score[0] === 1 && best.ranges.length === 1) return best;
  for (const index of collection.indexes.slice(1)) {
    // One row has several places in an index over arrays, and this one keeps only one of them.
    if (index.arrays > 0) continue;
    const candidate = consider(index, filter, sort);
    if (isBetter(candidate.score, best.score)) best = candidate;
  }
  return best;
}

function consider(index: FieldIndex, filter: Filter, sort: readonly KeyField[]): Candidate {
  let prefixes = [''];
  let depth = 0;
  for (const field of index.fields) {
    const keys = pointsOf(filter.get(field.name)?.tests);
    if (!keys || (depth > 0 && prefixes.length * keys.length > MOST_RANGES)) break;
    const ends = field.descending ? keys.map(turned) : keys;
    prefixes = prefixes.flatMap((prefix) => ends.map((end) => prefix + end));
    depth++;
  }
  const next = index.fields[depth];
  const bounds = next && boundsOf(filter.get(next.name)?.tests);
  const { from, to } = turn(bounds ?? { from: '', to: BEHIND }, next?.descending === true);
  const ranges = prefixes.map((prefix) => ({ from: prefix + from, to: prefix + to }));
  const order = orderOf(index, depth, filter, sort);
  const one = index.spec.unique && depth >= index.spec.fields.length ? 1 : 0;
  const sorted = order !== undefined;
  const score = [one, depth, sort.length > 0 && sorted ? 1 : 0, bounds ? 1 : 0];
  return { index, ranges, backwards: order === 'backwards', sorted, score };
}

/** The shortest list of keys that a field must be one of. */
function pointsOf(tests: readonly Test[] | undefined): string[] | undefined {
  let shortest: ReadonlySet<string> | undefined;
  for (const test of tests ?? [])
    if ('keys' in test && (!shortest || test.keys.size < shortest.size)) shortest = test.keys;
  return shortest && [...shortest].sort();
}

/** What all ranges on a field have in common. */
function boundsOf(tests: readonly Test[] | undefined): Range | undefined {
  let bounds: Range | undefined;
  for (const test of tests ?? []) {
    if ('keys' in test) continue;
    const from = bounds && bounds.from > test.from ? bounds.from : test.from;
    const to = bounds && bounds.to < test.to ? bounds.to : test.to;
    bounds = { from, to };
  }
  return bounds;
}

/** The same range among keys that are turned round. */
function turn({ from, to }: Range, descending: boolean): Range {
  return descending && from !== '' ? { from: mirror(to), to: mirror(from) } : { from, to };
}

function mirror(bound: string): string {
  return bound.endsWith(BEHIND) ? turned(bound.slice(0, -1)) : turned(bound) + BEHIND;
}

/** Whether an index gives the sort behind its first `depth` fields: as it stands, or backwards. */
function orderOf(
  { fields }: FieldIndex,
  depth: number,
  filter: Filter,
  sort: readonly KeyField[],
): 'forwards' | 'backwards' | undefined {
  // A field with one possible value does not matter to the order. Only the index knows that no
  // array is there, which could hold that value and others.
  const isOpen = ({ name }: KeyField) =>
    !fields.some((field) => field.name === name) || pointsOf(filter.get(name)?.tests)?.length !== 1;
  const wanted = sort.filter(isOpen);
  const given = fields.slice(depth).filter(isOpen);
  if (wanted.some((field, i) => field.name !== given[i]?.name)) return undefined;
  const turns = new Set(wanted.map((field, i) => field.descending !== given[i]?.descending));
  if (turns.size > 1) return undefined;
  return turns.has(true) ? 'backwards' : 'forwards';
}

function isBetter(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, i) => value !== other[i]);
  return at !== -1 && one[at]! > other[at]!;
}
