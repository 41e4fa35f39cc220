import type { Element } from './element.ts';
import { DOUBLE, INT, LONG } from './types.ts';

/** The number at an element, or undefined when it is none. A long beyond 2^53 loses its last digits. */
export function numberOf(element: Element): number | undefined {
  const { doc, type, at } = element;
  if (type === INT) return doc.readInt32LE(at);
  if (type === DOUBLE) return doc.readDoubleLE(at);
  if (type === LONG) return doc.readInt32LE(at + 4) * 2 ** 32 + doc.readUInt32LE(at);
  return undefined;
}
