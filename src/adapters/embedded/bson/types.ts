/** BSON type numbers that may be stored. https://bsonspec.org/spec.html */
export const DOUBLE = 0x01;
export const STRING = 0x02;
export const OBJECT = 0x03;
export const ARRAY = 0x04;
export const BINARY = 0x05;
export const OBJECT_ID = 0x07;
export const BOOLEAN = 0x08;
export const DATE = 0x09;
export const NULL = 0x0a;
export const INT = 0x10;
export const LONG = 0x12;

/** Names of all BSON types, for refusals. */
const names: Readonly<Record<number, string>> = {
  [DOUBLE]: 'double',
  [STRING]: 'string',
  [OBJECT]: 'object',
  [ARRAY]: 'array',
  [BINARY]: 'binary data',
  6: 'undefined',
  [OBJECT_ID]: 'ObjectId',
  [BOOLEAN]: 'boolean',
  [DATE]: 'date',
  [NULL]: 'null',
  11: 'regular expression',
  12: 'DBPointer',
  13: 'JavaScript',
  14: 'symbol',
  15: 'JavaScript with scope',
  [INT]: 'int',
  17: 'timestamp',
  [LONG]: 'long',
  19: 'Decimal128',
  127: 'MaxKey',
  255: 'MinKey',
};

/** The rank of an empty array in a sort: below null, as MongoDB has it. */
export const EMPTY_RANK = 1;

/**
 * Where each storable type stands in MongoDB's order of types.
 * https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
const ranks: Readonly<Record<number, number>> = {
  [NULL]: 2,
  [DOUBLE]: 3,
  [INT]: 3,
  [LONG]: 3,
  [STRING]: 4,
  [OBJECT]: 5,
  [ARRAY]: 6,
  [BINARY]: 7,
  [OBJECT_ID]: 8,
  [BOOLEAN]: 9,
  [DATE]: 10,
};

/** The type's name in plain words. */
export function typeName(type: number): string {
  return names[type] ?? `BSON type ${type}`;
}

/** The type's rank from 2 to 10, or undefined for a type that is not stored. */
export function rankOf(type: number): number | undefined {
  return ranks[type];
}
