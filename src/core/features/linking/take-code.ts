import type { Deps } from '../../command/command.ts';
import {
  type Joins,
  type LinkCode,
  linkCodes,
  linkTries,
} from '../../domain/link-codes/link-code.ts';
import type { Member } from '../../domain/members/member.ts';
import { moment, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { insertOnce, type Stores, updateWithRetry } from '../../ports/store.ts';
import { codeHash, readCode } from './code.ts';

/** So many wrong codes in an hour (ms), and no more are tried. */
const MOST_WRONG = 5;
const HOUR = 3_600_000;

/** What is given where a code is asked for. */
const commandFor: { readonly [joins in Joins]: string } = {
  members: 'link',
  workspaces: 'workspace link',
};

/**
 * The code that was typed, if it works. Every try counts before it is looked at, so that many at once are no way
 * around it.
 * @throws UserError where it does not work, is for something else, or too many were tried.
 */
export async function findCode(
  typed: string,
  joins: Joins,
  by: Member,
  deps: Pick<Deps, 'store' | 'stores' | 'now'>,
): Promise<LinkCode> {
  const { store, stores, now } = deps;
  const code = readCode(typed);
  if (code === undefined)
    throw new UserError(
      `That is not one of my codes: they have eight letters and digits, such as ACDE-3467. For a fresh one, say ${commandFor[joins]} in the other place.`,
      'code',
    );
  const tries = store.of(linkTries);
  await insertOnce(tries, { id: by.id, wrong: 0, until: new Date(now.getTime() + HOUR) });
  await updateWithRetry(tries, by.id, (row) => {
    if (row.until <= now) return { ...row, wrong: 1, until: new Date(now.getTime() + HOUR) };
    if (row.wrong < MOST_WRONG) return { ...row, wrong: row.wrong + 1 };
    throw new UserError(
      rich`That makes ${MOST_WRONG} codes that did not work. Please wait until ${moment(row.until)}, then try a fresh one.`,
    );
  });
  const row = await stores.global(linkCodes).get(codeHash(code));
  if (!row || row.until <= now)
    throw new UserError(
      `That code does not work, or not any more: it lasts ten minutes. For a fresh one, say ${commandFor[joins]} in the other place.`,
      'code',
    );
  await tries.remove(by.id);
  if (row.joins !== joins)
    throw new UserError(`That code is for ${commandFor[row.joins]}, then the code.`, 'code');
  return row;
}

/** A code that has been used, as long as it is remembered. */
export async function usedCode(
  typed: string,
  { stores, now }: Pick<Deps, 'stores' | 'now'>,
): Promise<LinkCode | undefined> {
  const code = readCode(typed);
  const row = code === undefined ? undefined : await stores.global(linkCodes).get(codeHash(code));
  return row && row.taken !== null && row.until > now ? row : undefined;
}

/** @throws UserError where somebody else has used a code. */
export function refuseTaken(code: LinkCode | undefined, taker: string): void {
  if (code && (code.taken === null || code.taken === taker)) return;
  throw new UserError('Somebody has used that code already: each works once.', 'code');
}

/**
 * Does something with a code that nobody else can use from here on. Where it cannot be done the code is free again.
 * @param taker who is joined by it; for the same one it may be repeated.
 * @throws UserError where somebody was faster, or two use each other's code: whoever looks second gives way.
 */
export async function withCode<T>(
  { id }: LinkCode,
  taker: { id: string; codes: CodesOf },
  stores: Stores,
  work: () => Promise<T>,
): Promise<T> {
  const rows = stores.global(linkCodes);
  const row = await updateWithRetry(rows, id, (row) =>
    row.taken === null ? { ...row, taken: taker.id } : undefined,
  );
  refuseTaken(row, taker.id);
  try {
    await dropCodes(taker.codes, stores);
    return await work();
  } catch (error) {
    await updateWithRetry(rows, id, (row) =>
      row.taken === taker.id ? { ...row, taken: null } : undefined,
    );
    throw error;
  }
}

/** Whose codes: a member's, or a whole partnership's. */
type CodesOf = Pick<LinkCode, 'partnership'> & Partial<Pick<LinkCode, 'member'>>;

/** Whoever becomes one with somebody gives no codes of their own any more. @throws UserError where one is in use. */
async function dropCodes(where: CodesOf, stores: Stores): Promise<void> {
  const rows = stores.global(linkCodes);
  for (const { id, taken, done, version } of await rows.find({ index: 'byMember', where })) {
    if (done || (taken === null && (await rows.remove(id, version)))) continue;
    throw new UserError(
      'Another code joins the two just now. Please wait a minute, and look again.',
    );
  }
}

/** Says that what a code was for is done. */
export async function closeCode({ id }: LinkCode, stores: Stores): Promise<void> {
  await updateWithRetry(stores.global(linkCodes), id, (row) =>
    row.done ? undefined : { ...row, done: true },
  );
}
