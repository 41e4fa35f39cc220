import { getAll, type Store } from '../../ports/store.ts';
import { followups } from '../followups/followup.ts';
import { isFollowupHiddenFrom, isTiedTo, type Viewer } from '../members/visibility.ts';
import { people } from '../people/person.ts';
import type { Delivery } from './delivery.ts';

/**
 * Whether a notice is not for its reader by now, since it may have waited: it names a promise or people that are hidden from
 * them, or is for coordinators only; or it asks who comes after somebody, and that is answered.
 */
export async function isNoticeHiddenFrom(
  viewer: Viewer,
  { subject, about, forCoordinators }: Pick<Delivery, 'subject' | 'about' | 'forCoordinators'>,
  store: Store,
): Promise<boolean> {
  if (forCoordinators && viewer.role !== 'coordinator') return true;
  const departed = await getAll(store.of(people), about ?? []);
  const isOver = departed.some(
    (person) => person.leftOn === null || (person.successor ?? null) !== null,
  );
  if (departed.length > 0 && (isOver || isTiedTo(viewer, subject))) return true;
  const rows = await getAll(store.of(followups), [subject, ...(about ?? [])]);
  return rows.some((row) => isFollowupHiddenFrom(viewer, row));
}
