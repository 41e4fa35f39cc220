import type { Deps } from '../../command.ts';
import type { Inbound } from '../../inbound.ts';
import { revise } from '../../store.ts';
import { followups } from '../followups/store.ts';
import { withOwners } from '../linking/move-over.ts';
import { partners } from '../partners/store.ts';

/** What has gone back to somebody who was united with another since is the other's. */
export async function settleOwners(
  { written }: Inbound,
  { store, directory }: Pick<Deps, 'store' | 'directory'>,
): Promise<void> {
  const now = (member: string) => directory.member(member)?.id ?? member;
  for (const { collection, id } of written) {
    if (collection === followups.name)
      await revise(store.of(followups), id, (row) => withOwners(row, now));
    if (collection === partners.name)
      await revise(store.of(partners), id, (row) =>
        row.lead === null || now(row.lead) === row.lead
          ? undefined
          : { ...row, lead: now(row.lead) },
      );
  }
}
