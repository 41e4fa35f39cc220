import { getAll, type Store } from '../../ports/store.ts';
import { followups } from '../followups/followup.ts';
import { isFollowupHiddenFrom, type Viewer } from '../members/visibility.ts';
import type { Delivery } from './delivery.ts';

/** Whether a notice names a promise that is hidden from its reader by now: it may have waited while a tie was made. */
export async function isNoticeHiddenFrom(
  viewer: Viewer,
  { subject, about }: Pick<Delivery, 'subject' | 'about'>,
  store: Store,
): Promise<boolean> {
  const rows = await getAll(store.of(followups), [subject, ...(about ?? [])]);
  return rows.some((row) => isFollowupHiddenFrom(viewer, row));
}
