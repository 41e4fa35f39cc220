import type { AnyDeclaration, Declaration, Query, Row } from '../../ports/store.ts';

/**
 * What a field holds of people.
 * - `words`: free words that somebody typed: a text, or a list of texts.
 * - `name`: the name of a person.
 * - `organisation`: the name of an organisation. A person's name can be part of it.
 * - `copy`: a copy of something else, such as a message, a form or a row. Any text inside it can be words or a name.
 * - `member`: the id of a member, or a list of such ids.
 * - `identity`: whom a platform knows by which id: an identity, a list of them, an address, or a plain id of a user.
 */
export type PersonalKind = 'words' | 'name' | 'organisation' | 'copy' | 'member' | 'identity';

/** What one collection holds of people. Each collection has such a declaration. */
export interface PersonalData {
  declaration: AnyDeclaration;
  /** The fields that hold something of people. The other fields hold nothing of them. */
  fields: { readonly [field: string]: PersonalKind };
  /**
   * True: erasing removes a whole row that has the name. The name of a field: it removes a row that has it in this field.
   * Otherwise only the name goes, and the rest of the row stays.
   */
  removesRow: boolean | string;
  /** For a global collection: finds the rows of a partnership. Without it, the rows belong to no partnership. */
  rowsOf?(partnership: string): Query<Row, string>;
  /** What else changes in a row when a name in it is erased. */
  afterErasing?(row: Row, before: Row): Row;
}

interface Options<T extends Row, I extends string> {
  removesRow?: true | Exclude<keyof T & string, keyof Row>;
  rowsOf?(partnership: string): Query<T, I>;
  afterErasing?(row: T, before: T): T;
}

/** Declares what a collection holds of people. */
export function personalData<T extends Row, I extends string>(
  declaration: Declaration<T, I>,
  fields: { readonly [K in Exclude<keyof T & string, keyof Row>]?: PersonalKind },
  { removesRow, ...options }: Options<T, I> = {},
): PersonalData {
  return {
    declaration,
    fields,
    removesRow: removesRow ?? false,
    ...options,
  } as unknown as PersonalData;
}

/** The fields whose text can have a name in it. */
export function textFieldsOf({ fields }: Pick<PersonalData, 'fields'>): string[] {
  return Object.keys(fields).filter((field) =>
    ['words', 'name', 'organisation', 'copy'].includes(fields[field] as PersonalKind),
  );
}
