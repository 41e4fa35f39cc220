import type { Document } from 'bson';

/** MongoDB's codes and their names: https://www.mongodb.com/docs/manual/reference/error-codes/ */
export const CODES = {
  InternalError: 1,
  BadValue: 2,
  Unauthorized: 13,
  NamespaceNotFound: 26,
  CursorNotFound: 43,
  NamespaceExists: 48,
  CommandNotFound: 59,
  ImmutableField: 66,
  IndexKeySpecsConflict: 86,
  DuplicateKey: 11000,
  OutOfDiskSpace: 14031,
} as const;

/** An error that the client gets: of a whole command, or of one statement in it. */
export class CommandError extends Error {
  readonly code: number;
  /** More fields of the answer, such as `keyPattern`. */
  readonly details: Document;

  constructor(code: number, message: string, details: Document = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }

  /** The answer to a command that failed. */
  reply(): Document {
    const [codeName] = Object.entries(CODES).find(([, code]) => code === this.code) ?? [];
    return { ok: 0, errmsg: this.message, code: this.code, codeName, ...this.details };
  }

  /** The entry in `writeErrors` for the statement at `index`. */
  writeError(index: number): Document {
    return { index, code: this.code, errmsg: this.message, ...this.details };
  }
}

/** The error for something that MongoDB may support and the double does not. */
export function notSupported(what: string): CommandError {
  return new CommandError(
    CODES.BadValue,
    `The double of MongoDB does not support ${what}: it supports only what Convenor sends.`,
  );
}
