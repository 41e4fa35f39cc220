import { randomInt } from 'node:crypto';
import { derivedId } from '../../base/id.ts';
import type { Deps } from '../../command/command.ts';
import {
  type LinkCode,
  type LinkKind,
  linkAttempts,
  linkCodes,
} from '../../domain/link-codes/link-code.ts';
import type { Member } from '../../domain/members/member.ts';
import { commandText, moment, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { ConflictError, insertOnce, type Stores, updateWithRetry } from '../../ports/store.ts';

/** Letters and digits that are not mistaken for one another: no 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B, U and V. */
const CODE_CHARACTERS = 'ACDEFGHJKMNPQRTWXY34679';

const CODE_LENGTH = 8;

/** How long a code works: ten minutes. */
const CODE_LIFETIME_MS = 600_000;

/** A random code, one of 78 billion. */
function newCode(): string {
  const letters = Array.from(
    { length: CODE_LENGTH },
    () => CODE_CHARACTERS[randomInt(CODE_CHARACTERS.length)],
  );
  return letters.join('');
}

/** A code as it is shown: `ACDE-FGHJ`. */
export function codeText(code: string): string {
  return `${code.slice(0, CODE_LENGTH / 2)}-${code.slice(CODE_LENGTH / 2)}`;
}

/** Reads a typed code. Case, spaces and hyphens do not matter. @returns undefined if it cannot be a code. */
function readCode(text: string): string | undefined {
  const code = text.toUpperCase().replace(/[\s\p{Pd}]/gu, '');
  const isOne =
    code.length === CODE_LENGTH && [...code].every((letter) => CODE_CHARACTERS.includes(letter));
  return isOne ? code : undefined;
}

/** The hash of a code. Only this is stored, so that nobody can read codes from the store. */
function codeHash(code: string): string {
  return derivedId('link code', code);
}

/** How many expired codes are removed at once. */
const MAX_CODES_REMOVED = 50;

/** Gives a member a code that works once, for ten minutes. Their earlier codes stop working. */
export async function issueCode(
  kind: LinkKind,
  { id: member }: Member,
  { stores, partnership, now }: Pick<Deps, 'stores' | 'partnership' | 'now'>,
): Promise<string> {
  const rows = stores.global(linkCodes);
  await removeExpired(now, stores);
  const where = { partnership: partnership.id, member };
  for await (const { id, usedBy } of rows.all({ index: 'byMember', where }))
    if (usedBy === null) await rows.remove(id);
  for (;;) {
    const code = newCode();
    const expiresAt = new Date(now.getTime() + CODE_LIFETIME_MS);
    const facts = {
      kind,
      partnership: partnership.id,
      member,
      expiresAt,
      usedBy: null,
      done: false,
    };
    try {
      await rows.insert({ id: codeHash(code), ...facts });
      return code;
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
    }
  }
}

/** Removes expired codes. */
async function removeExpired(now: Date, stores: Stores): Promise<void> {
  const rows = stores.global(linkCodes);
  const range = { field: 'expiresAt', before: now } as const;
  const old = await rows.find({ index: 'byExpiry', range }, MAX_CODES_REMOVED);
  for (const { id } of old.rows) await rows.remove(id);
}

/** How many wrong codes a member may type within the window. */
const MAX_FAILED_ATTEMPTS = 5;
const ATTEMPT_WINDOW_MS = 3_600_000;

/** The command for each kind of code. */
const commandFor: { readonly [kind in LinkKind]: string } = {
  members: 'link',
  workspaces: 'workspace link',
};

/**
 * Finds the code that was typed. Each attempt is counted before the code is checked, so that many at once do not get
 * around the limit.
 * @throws UserError if the code does not work or is of another kind, or after too many attempts.
 */
export async function findCode(
  typed: string,
  kind: LinkKind,
  by: Pick<Member, 'id'>,
  deps: Pick<Deps, 'store' | 'stores' | 'now'>,
): Promise<LinkCode> {
  const { store, stores, now } = deps;
  const code = readCode(typed);
  if (code === undefined)
    throw new UserError(
      rich`That is not one of my codes: they have eight letters and digits, such as ACDE-3467. For a new one, type ${commandText(commandFor[kind])} where you got the code.`,
      'code',
    );
  const attempts = store.of(linkAttempts);
  await insertOnce(attempts, {
    id: by.id,
    failed: 0,
    resetsAt: new Date(now.getTime() + ATTEMPT_WINDOW_MS),
  });
  await updateWithRetry(attempts, by.id, (row) => {
    if (row.resetsAt <= now)
      return { ...row, failed: 1, resetsAt: new Date(now.getTime() + ATTEMPT_WINDOW_MS) };
    if (row.failed < MAX_FAILED_ATTEMPTS) return { ...row, failed: row.failed + 1 };
    throw new UserError(
      rich`You've typed ${MAX_FAILED_ATTEMPTS} codes that didn't work. Please wait until ${moment(row.resetsAt)}, then try a new one.`,
    );
  });
  const row = await stores.global(linkCodes).get(codeHash(code));
  if (!row || row.expiresAt <= now)
    throw new UserError(
      rich`That code doesn't work, or has expired: codes last ten minutes. For a new one, type ${commandText(commandFor[kind])} where you got this one.`,
      'code',
    );
  await attempts.remove(by.id);
  if (row.kind !== kind)
    throw new UserError(
      rich`That code is for another command: type ${commandText(commandFor[row.kind])}, then the code.`,
      'code',
    );
  return row;
}

/** A code that was used, until it expires. */
export async function usedCode(
  typed: string,
  { stores, now }: Pick<Deps, 'stores' | 'now'>,
): Promise<LinkCode | undefined> {
  const code = readCode(typed);
  const row = code === undefined ? undefined : await stores.global(linkCodes).get(codeHash(code));
  return row && row.usedBy !== null && row.expiresAt > now ? row : undefined;
}

/** @throws UserError if somebody else has used the code. */
export function refuseUsed(code: LinkCode | undefined, taker: string): void {
  if (code && (code.usedBy === null || code.usedBy === taker)) return;
  throw new UserError('Somebody has used that code already. Each code works once.', 'code');
}

/**
 * Reserves a code for its user, so that nobody else can use it, and does the work. If the work fails, the code is free
 * again.
 * @param taker the member or partnership that uses it. The same one can repeat it.
 * @throws UserError if somebody else was faster, or if two use each other's codes at the same time.
 */
export async function withCode<T>(
  { id }: LinkCode,
  taker: { id: string; codes: CodeHolder },
  stores: Stores,
  work: () => Promise<T>,
): Promise<T> {
  const rows = stores.global(linkCodes);
  const row = await updateWithRetry(rows, id, (row) =>
    row.usedBy === null ? { ...row, usedBy: taker.id } : undefined,
  );
  refuseUsed(row, taker.id);
  try {
    await removeUnusedCodes(taker.codes, stores);
    return await work();
  } catch (error) {
    await updateWithRetry(rows, id, (row) =>
      row.usedBy === taker.id ? { ...row, usedBy: null } : undefined,
    );
    throw error;
  }
}

/** The holder of codes: a member, or a whole partnership. */
type CodeHolder = Pick<LinkCode, 'partnership'> & Partial<Pick<LinkCode, 'member'>>;

/** Removes the unused codes of a member or partnership that is being merged. @throws UserError if one is in use. */
async function removeUnusedCodes(where: CodeHolder, stores: Stores): Promise<void> {
  const rows = stores.global(linkCodes);
  for await (const { id, usedBy, done, version } of rows.all({ index: 'byMember', where })) {
    if (done || (usedBy === null && (await rows.remove(id, version)))) continue;
    throw new UserError(
      'The two are being linked with another code right now. Please check again in a minute.',
    );
  }
}

/** Marks a code as done. */
export async function closeCode({ id }: LinkCode, stores: Stores): Promise<void> {
  await updateWithRetry(stores.global(linkCodes), id, (row) =>
    row.done ? undefined : { ...row, done: true },
  );
}
