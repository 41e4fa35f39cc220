import { getAll, type Row, type Store } from '../../ports/store.ts';
import { type Contact, contacts } from '../contacts/contact.ts';
import { type Followup, followups } from '../followups/followup.ts';
import { isContactHiddenFrom, isFollowupHiddenFrom, type Viewer } from '../members/visibility.ts';
import type { CommandReceipt } from './receipt.ts';

/** Whether the answer of a command is about a contact or a promise that is hidden from somebody by now. */
export async function isAnswerHiddenFrom(
  viewer: Viewer,
  { changes }: Pick<CommandReceipt, 'changes'>,
  store: Store,
): Promise<boolean> {
  const idsIn = (collection: string) =>
    changes.flatMap((change) => (change.collection === collection ? [change.id] : []));
  // A row that the command removed is there as it was before.
  const removed = <T extends Row>(collection: string) =>
    changes.flatMap(({ collection: of, before, after }) =>
      of === collection && before && !after ? [before as T] : [],
    );
  const [noted, promised] = await Promise.all([
    getAll(store.of(contacts), idsIn(contacts.name)),
    getAll(store.of(followups), idsIn(followups.name)),
  ]);
  return (
    [...noted, ...removed<Contact>(contacts.name)].some((row) =>
      isContactHiddenFrom(viewer, row),
    ) ||
    [...promised, ...removed<Followup>(followups.name)].some((row) =>
      isFollowupHiddenFrom(viewer, row),
    )
  );
}
