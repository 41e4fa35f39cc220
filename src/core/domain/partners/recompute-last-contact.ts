import type { Day } from '../../dates/day.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { contacts } from '../contacts/contact.ts';
import type { WriteContext } from '../partnerships/write-context.ts';
import { partners } from './partner.ts';
import { withQuiet } from './rules.ts';

/** Recomputes a partner's last contacts after a contact was changed or undone. */
export async function recomputeLastContact(
  partner: string,
  deps: Pick<WriteContext, 'store' | 'partnership'>,
): Promise<void> {
  const rows = deps.store.of(contacts);
  const [anyKind, repliedTo] = await Promise.all([
    rows.find({ index: 'byPartner', where: { partner }, descending: true }, 1),
    rows.find({ index: 'byTwoWay', where: { partner, twoWay: true }, descending: true }, 1),
  ]);
  const [latest] = anyKind.rows;
  const [twoWay] = repliedTo.rows;
  await updateWithRetry(deps.store.of(partners), partner, (row) =>
    withQuiet(
      {
        ...row,
        lastContact: latestOf(latest?.day, row.importedContact),
        lastTwoWay: latestOf(twoWay?.day, row.importedContact),
      },
      deps.partnership,
    ),
  );
}

function latestOf(logged: Day | undefined, imported: Day | null): Day | null {
  if (!logged) return imported;
  return imported && imported > logged ? imported : logged;
}
