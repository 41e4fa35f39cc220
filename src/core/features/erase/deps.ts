import { idFromReference } from '../../base/id.ts';
import type { Call, Deps } from '../../command/command.ts';
import { type Erasure, erasures } from '../../domain/erasures/erasure.ts';
import { UserError } from '../../message/user-error.ts';
import type { ErasureRecords } from '../../ports/erasure-records.ts';

/** What the commands of this folder work with. */
export interface EraseCommandDeps extends Deps, Pick<Call, 'member' | 'today'> {
  records: ErasureRecords;
}

/** @throws UserError where nothing can be recorded outside the store. */
export function eraseDeps(
  { member, today }: Pick<Call, 'member' | 'today'>,
  deps: Deps,
): EraseCommandDeps {
  const records = deps.erasureRecords;
  if (!records) throw new UserError("I can't erase anything here.");
  return { ...deps, member, today, records };
}

/** The erasure of a button. @throws UserError if it is no longer there. */
export async function erasureOf(
  which: string | undefined,
  { store }: Pick<Deps, 'store'>,
): Promise<Erasure> {
  const id = idFromReference(which);
  const row = id ? await store.of(erasures).get(id) : undefined;
  if (!row) throw new UserError('That question has expired. Nothing is erased: please ask again.');
  return row;
}

/** The arg of a button that names an erasure. */
export const whichErasure = {
  kind: 'text',
  needed: true,
  summary: 'Which erasure. Its button fills this in',
  fromButton: true,
} as const;
