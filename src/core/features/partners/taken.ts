import type { Call, Deps } from '../../command/command.ts';
import { partners } from '../../domain/partners/partner.ts';
import { FORM } from '../../message/invocation.ts';
import { Question, UserError } from '../../message/user-error.ts';
import { nameKey } from '../../names/match.ts';
import { Conflict } from '../../ports/store.ts';
import { takenReply } from './cards.ts';
import { factsText } from './facts.ts';
import { holderOf, nameProblem, tidyName } from './names.ts';

/**
 * A name as it will stand.
 * @throws UserError when it is none.
 */
export function checkedName(text: string, arg: string): string {
  const name = tidyName(text);
  const problem = nameProblem(name);
  if (!problem) return name;
  throw new UserError(`${problem} What is it called?`, arg);
}

/**
 * Two partners never share a name. `own` is the id of the one that is to have these.
 * @throws Question that shows the one that stands, and keeps what was typed.
 */
export async function refuseTaken(
  names: readonly string[],
  own: string,
  command: string,
  { raw }: Pick<Call, 'raw'>,
  deps: Deps,
): Promise<void> {
  const taken = names.find((name) => holderOf(name, deps.directory.partners, own));
  const holder = taken && holderOf(taken, deps.directory.partners, own);
  if (holder) await showTaken(taken, holder.id, command, raw, deps);
}

/** Runs a write whose name somebody else may take in this very moment, and then says so. */
export async function unlessTaken<T>(
  name: string,
  command: string,
  { raw }: Pick<Call, 'raw'>,
  deps: Deps,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const where = { key: nameKey(name) };
    const [standing] = await deps.store.of(partners).find({ index: 'byKey', where, limit: 1 });
    if (standing) await showTaken(name, standing.id, command, raw, deps);
    throw error;
  }
}

async function showTaken(
  name: string,
  holder: string,
  command: string,
  raw: Call['raw'],
  { store, directory, partnership }: Deps,
): Promise<void> {
  const standing = await store.of(partners).get(holder);
  if (!standing) return;
  const another = { label: 'Use another name', command, args: { ...raw, [FORM]: 'yes' } };
  const facts = factsText(standing, directory, partnership);
  throw new Question(takenReply(name, standing, facts, another));
}
