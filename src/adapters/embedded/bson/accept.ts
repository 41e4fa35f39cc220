import { isUtf8 } from 'node:buffer';
import { CommandError, refused } from '../errors.ts';
import { type Element, elements, invalid } from './element.ts';
import { numberOf } from './number.ts';
import { ARRAY, BOOLEAN, LONG, OBJECT, rankOf, STRING, typeName } from './types.ts';

/** The largest document, in bytes. https://www.mongodb.com/docs/manual/reference/limits/ */
export const MAX_DOCUMENT = 16 * 1024 * 1024;

/** How deep documents may nest; MongoDB's limit. */
const MAX_DEPTH = 100;

/** The document, unless it is too large. @throws CommandError 10334 */
export function sized(doc: Buffer): Buffer {
  if (doc.length <= MAX_DOCUMENT) return doc;
  const message = `The document has ${doc.length} bytes; ${MAX_DOCUMENT} is the most.`;
  throw new CommandError(10334, message);
}

/**
 * Checks a document that is to be stored, all the way down, and gives its fields.
 * @throws CommandError 10334 too large, 22 broken, 2 a type that is not stored, 52 or 57 a name
 */
export function acceptDocument(doc: Buffer): Element[] {
  const fields = elements(sized(doc));
  const names = new Set(fields.map((field) => field.name));
  if (names.size < fields.length) throw invalid('a field name comes twice');
  for (const field of fields) {
    if (field.name.includes('.'))
      throw new CommandError(57, `The dotted field name '${field.name}' is not stored.`);
    acceptName(field);
    acceptValue(field);
  }
  return fields;
}

/** Checks one value; `depth` counts the documents around it. */
export function acceptValue(element: Element, depth = 1): void {
  const { doc, type, name, at, end } = element;
  if (rankOf(type) === undefined) throw refused(`The type ${typeName(type)} (at field '${name}')`);
  if (type === STRING && (doc[end - 1] !== 0 || !isUtf8(doc.subarray(at + 4, end - 1))))
    throw invalid(`the string '${name}' is not UTF-8`);
  if (type === BOOLEAN && doc[at]! > 1) throw invalid(`the boolean '${name}' is neither`);
  if (type === LONG && !Number.isSafeInteger(numberOf(element)))
    throw refused(`A long beyond 2^53 - 1 (at field '${name}')`);
  if (type !== OBJECT && type !== ARRAY) return;
  if (depth > MAX_DEPTH)
    throw new CommandError(15, `Documents may nest ${MAX_DEPTH} deep (at field '${name}').`);
  for (const inner of elements(doc, at)) {
    acceptName(inner);
    acceptValue(inner, depth + 1);
  }
}

function acceptName(element: Element): void {
  if (element.name.startsWith('$'))
    throw new CommandError(52, `The field name '${element.name}' may not begin with '$'.`);
}
