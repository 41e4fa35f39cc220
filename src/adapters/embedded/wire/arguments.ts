import { type Element, elements } from '../bson/element.ts';
import { numberOf } from '../bson/number.ts';
import { ARRAY, BOOLEAN, LONG, OBJECT, STRING } from '../bson/types.ts';
import { CommandError, refused } from '../errors.ts';
import type { Request } from './message.ts';

/** Fields that any command may carry and that change nothing on a standalone without transactions. */
const ALWAYS = new Set([
  '$db',
  '$clusterTime',
  '$readPreference',
  'lsid',
  'txnNumber',
  'readConcern',
  'writeConcern',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'comment',
  'maxTimeMS',
]);

/** The fields of a command, or of a document within one, read by name and type. */
export class Arguments {
  readonly #fields: Map<string, Element>;
  readonly #lists: Request['lists'];

  constructor(fields: readonly Element[], lists: Request['lists'] = new Map()) {
    this.#fields = new Map(fields.map((field) => [field.name, field]));
    this.#lists = lists;
  }

  static of(doc: Buffer): Arguments {
    return new Arguments(elements(doc));
  }

  /**
   * Refuses every field but these, the command's own and those any command may carry.
   * @throws CommandError 2
   */
  only(where: string, ...names: string[]): void {
    for (const name of [...this.#fields.keys(), ...this.#lists.keys()]) {
      if (name !== where && !ALWAYS.has(name) && !names.includes(name))
        throw refused(`The option '${name}' of ${where}`);
    }
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  element(name: string): Element | undefined {
    return this.#fields.get(name);
  }

  /** @throws CommandError 14 when it is missing or no string */
  text(name: string): string {
    const found = this.#fields.get(name);
    if (found?.type !== STRING) throw mistyped(name, 'a string');
    return found.doc.toString('utf8', found.at + 4, found.end - 1);
  }

  /** A whole number from 0. @throws CommandError 14, 2 */
  count(name: string): number | undefined {
    const found = this.#fields.get(name);
    if (!found) return undefined;
    const value = numberOf(found);
    if (value === undefined) throw mistyped(name, 'a number');
    if (!Number.isSafeInteger(value) || value < 0)
      throw new CommandError(2, `'${name}' must be a whole number, 0 or more`);
    return value;
  }

  /** A boolean; numbers are true unless 0, as in MongoDB. @throws CommandError 14 */
  flag(name: string, otherwise: boolean): boolean {
    const found = this.#fields.get(name);
    if (!found) return otherwise;
    const value = found.type === BOOLEAN ? found.doc[found.at] : numberOf(found);
    if (value === undefined) throw mistyped(name, 'a boolean');
    return value !== 0;
  }

  /** A long, as cursors are named. @throws CommandError 14 */
  long(name: string): bigint {
    const found = this.#fields.get(name);
    if (found?.type !== LONG) throw mistyped(name, 'a long');
    return found.doc.readBigInt64LE(found.at);
  }

  /** An object, as its own bytes. @throws CommandError 14 */
  object(name: string): Buffer | undefined {
    const found = this.#fields.get(name);
    if (!found) return undefined;
    if (found.type !== OBJECT) throw mistyped(name, 'an object');
    return found.doc.subarray(found.at, found.end);
  }

  /** An array, or a list sent beside the command. @throws CommandError 14 when it holds other than objects */
  objects(name: string): readonly Buffer[] {
    const beside = this.#lists.get(name);
    if (beside) return beside;
    return this.array(name).map((item) => {
      if (item.type !== OBJECT) throw mistyped(name, 'an array of objects');
      return item.doc.subarray(item.at, item.end);
    });
  }

  /** @throws CommandError 14 when it is missing or no array */
  array(name: string): Element[] {
    const found = this.#fields.get(name);
    if (found?.type !== ARRAY) throw mistyped(name, 'an array');
    return elements(found.doc, found.at);
  }
}

function mistyped(name: string, what: string): CommandError {
  return new CommandError(14, `The field '${name}' must be ${what}`);
}
