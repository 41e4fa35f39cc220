import { acceptValue } from '../bson/accept.ts';
import { type Element, elements, find, type Needle, needle } from '../bson/element.ts';
import { BEHIND, keyOf } from '../bson/key.ts';
import { numberOf } from '../bson/number.ts';
import { ARRAY, OBJECT, rankOf, typeName } from '../bson/types.ts';
import { CommandError, refused } from '../errors.ts';

/** The key of -Infinity: of all numbers, only NaN stands before it. */
const LEAST_NUMBER = '\u0003\u0000\u000f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff';

/** What one field must be: one of these keys, or a key from `from` up to, not including, `to`. */
export type Test =
  | { readonly keys: ReadonlySet<string> }
  | { readonly from: string; readonly to: string };

/** A filter made ready: for each field the tests that must all hold. */
export type Filter = ReadonlyMap<string, FieldTests>;

/** The tests of one field, with its name as it stands in BSON. */
interface FieldTests {
  readonly needle: Needle;
  readonly tests: Test[];
}

/**
 * Reads a filter: equality, $eq, $in, $gt, $gte, $lt and $lte on top-level fields.
 * @throws CommandError 2 naming whatever else is asked
 */
export function readFilter(doc: Buffer): Filter {
  const filter = new Map<string, FieldTests>();
  for (const element of elements(doc)) {
    const { name, type } = element;
    if (name.startsWith('$')) throw refused(`The operator ${name}`);
    if (name.includes('.')) throw refused(`The dotted path '${name}' in a filter`);
    const inner = type === OBJECT ? elements(element.doc, element.at) : [];
    const operators = inner[0]?.name.startsWith('$');
    const tests = operators ? inner.map(readOperator) : [equals([element])];
    const known = filter.get(name);
    if (known) known.tests.push(...tests);
    else filter.set(name, { needle: needle(name), tests });
  }
  return filter;
}

/** Says whether a stored document passes. */
export function matches(filter: Filter, doc: Buffer): boolean {
  for (const { needle, tests } of filter.values()) {
    const keys = candidates(find(doc, needle));
    for (const test of tests) if (!keys.some((key) => passes(test, key))) return false;
  }
  return true;
}

/** The keys by which a value may match: its own and, for an array, its elements'. */
function candidates(value: Element | undefined): string[] {
  const own = keyOf(value);
  return value?.type === ARRAY ? [own, ...elements(value.doc, value.at).map(keyOf)] : [own];
}

function passes(test: Test, key: string): boolean {
  return 'keys' in test ? test.keys.has(key) : key >= test.from && key < test.to;
}

function equals(operands: readonly Element[]): Test {
  for (const operand of operands) acceptValue(operand);
  return { keys: new Set(operands.map(keyOf)) };
}

function readOperator(operand: Element): Test {
  const { name } = operand;
  switch (name) {
    case '$eq':
      return equals([operand]);
    case '$in':
      if (operand.type !== ARRAY) throw new CommandError(2, '$in needs an array');
      return equals(elements(operand.doc, operand.at));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return readRange(name, operand);
    default:
      throw refused(`The operator ${name}`);
  }
}

/** A range holds only values of its operand's own kind, as MongoDB has it; NaN is in none. */
function readRange(name: '$gt' | '$gte' | '$lt' | '$lte', operand: Element): Test {
  acceptValue(operand);
  const { type } = operand;
  const number = numberOf(operand);
  if (type === OBJECT || type === ARRAY) throw refused(`${name} with ${typeName(type)}`);
  if (Number.isNaN(number)) throw refused(`${name} with NaN`);
  const key = keyOf(operand);
  const kind = String.fromCharCode(rankOf(type)!);
  const least = number === undefined ? kind : LEAST_NUMBER;
  if (name === '$gt') return { from: key + BEHIND, to: kind + BEHIND };
  if (name === '$gte') return { from: key, to: kind + BEHIND };
  return { from: least, to: name === '$lt' ? key : key + BEHIND };
}
