import { acceptDocument, sized } from '../bson/accept.ts';
import { document, type Element, elements, find, needle, partOf } from '../bson/element.ts';
import { keyOf } from '../bson/key.ts';
import { OBJECT } from '../bson/types.ts';
import { CommandError, refused } from '../errors.ts';

const ID = needle('_id');

/** Makes the new bytes of a stored document. */
export type Change = (stored: Buffer) => Buffer;

/**
 * Reads an update: a whole document, or `$set` of top-level fields.
 * @throws CommandError 2 naming another operator, 9 for an empty $set, 52 or 57 for a name
 */
export function readChange(update: Buffer): Change {
  const operators = elements(update);
  if (!operators[0]?.name.startsWith('$')) {
    const fields = acceptDocument(update);
    return (stored) => sized(replaced(stored, update, fields));
  }
  for (const { name } of operators)
    if (name !== '$set') throw refused(`The update operator ${name}`);
  const [set, again] = operators;
  if (again) throw refused('A second $set');
  if (set?.type !== OBJECT) throw new CommandError(9, '$set needs an object');
  const fields = acceptDocument(update.subarray(set.at, set.end));
  if (fields.length === 0) throw new CommandError(9, "'$set' is empty");
  return (stored) => sized(withSet(stored, fields));
}

function replaced(stored: Buffer, update: Buffer, fields: readonly Element[]): Buffer {
  const id = find(stored, ID)!;
  for (const field of fields) refuseOtherId(id, field);
  // Mostly the same id stands in front, and there is nothing to put together.
  const sameStart = stored.subarray(4, id.end).equals(update.subarray(4, id.end));
  if (sameStart) return Buffer.from(update);
  const others = fields.filter((field) => field.name !== '_id');
  return document([partOf(id), ...others.map(partOf)]);
}

/** Fields that are there keep their place; new ones follow in the order of their names, as in MongoDB. */
function withSet(stored: Buffer, fields: readonly Element[]): Buffer {
  const kept = elements(stored);
  const set = new Map(fields.map((field) => [field.name, field]));
  for (const field of fields) refuseOtherId(kept[0]!, field);
  const present = kept.map((field) => {
    const given = field.name === '_id' ? undefined : set.get(field.name);
    set.delete(field.name);
    return partOf(given ?? field);
  });
  const added = [...set.values()].sort((a, b) => byName(a.name, b.name));
  return document([...present, ...added.map(partOf)]);
}

function refuseOtherId(id: Element, field: Element): void {
  if (field.name === '_id' && keyOf(field) !== keyOf(id))
    throw new CommandError(66, "The '_id' of a document cannot be changed");
}

/** Names of digits by number, others by bytes. */
function byName(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return Number(a) - Number(b);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
