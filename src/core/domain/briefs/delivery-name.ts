import type { Day } from '../../dates/day.ts';
import { type DeliveryName, deliveryId } from '../deliveries/enqueue-notice.ts';

/** What names the brief of a member on a local day. */
export function briefName(member: string, day: Day | null): DeliveryName {
  return { kind: 'brief', subject: member, occurrence: day ?? '', recipient: member };
}

/** What names one that was held back: so that another may still come on that day. */
export function heldName(member: string, day: Day | null): DeliveryName {
  return { ...briefName(member, day), occurrence: `held:${day ?? ''}` };
}

/** The ids under which the ledger may know of a member's brief of a day. */
export function briefIds(partnership: string, member: string, day: Day): string[] {
  return [briefName(member, day), heldName(member, day)].map((name) =>
    deliveryId(partnership, name),
  );
}
