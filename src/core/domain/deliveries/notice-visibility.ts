import { getAll, type Store } from '../../ports/store.ts';
import { followups } from '../followups/followup.ts';
import { isFollowupHiddenFrom, type Viewer } from '../members/visibility.ts';
import type { Delivery } from './delivery.ts';

/**
 * Whether a notice is not for its reader by now, since it may have waited: it names a promise that is hidden from them, or
 * is for coordinators only.
 */
export async function isNoticeHiddenFrom(
  viewer: Viewer,
  { subject, about, forCoordinators }: Pick<Delivery, 'subject' | 'about' | 'forCoordinators'>,
  store: Store,
): Promise<boolean> {
  if (forCoordinators && viewer.role !== 'coordinator') return true;
  const rows = await getAll(store.of(followups), [subject, ...(about ?? [])]);
  return rows.some((row) => isFollowupHiddenFrom(viewer, row));
}
