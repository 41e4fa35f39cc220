import { document, elements, partOf } from '../bson/element.ts';
import { numberOf } from '../bson/number.ts';
import { BOOLEAN } from '../bson/types.ts';
import { refused } from '../errors.ts';

/** Makes what is sent of a stored document. */
export type Projection = (doc: Buffer) => Buffer;

/**
 * Reads `{ field: 1, ... }` on top-level fields; `_id` comes along unless it is 0.
 * @throws CommandError 2 naming whatever else is asked
 */
export function readProjection(doc: Buffer | undefined): Projection {
  const fields = doc ? elements(doc) : [];
  if (fields.length === 0) return (stored) => stored;
  const names = new Set(['_id']);
  for (const field of fields) {
    const { name, type } = field;
    const wanted = type === BOOLEAN ? field.doc[field.at] : numberOf(field);
    if (name.startsWith('$') || name.includes('.') || name === '')
      throw refused(`The field '${name}' in a projection`);
    if (wanted === 1) names.add(name);
    else if (wanted === 0 && name === '_id' && fields.length > 1) names.delete(name);
    else throw refused(`A projection of '${name}' other than 1`);
  }
  return (stored) => {
    const kept = elements(stored).filter((element) => names.has(element.name));
    return document(kept.map(partOf));
  };
}
