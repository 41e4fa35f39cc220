import type { Day } from '../../dates/day.ts';
import { type DeliveryName, deliveryId } from '../deliveries/delivery.ts';

/** The ledger name of a member's brief on a local day. */
export function briefName(member: string, day: Day | null): DeliveryName {
  return { kind: 'brief', subject: member, occurrence: day ?? '', recipient: member };
}

/** The ledger name of a brief that was held back. It differs, so another brief can still come on that day. */
export function heldBriefName(member: string, day: Day | null): DeliveryName {
  return { ...briefName(member, day), occurrence: `held:${day ?? ''}` };
}

/** The ledger ids that a member's brief of a day can have: sent or held back. */
export function briefIds(partnership: string, member: string, day: Day): string[] {
  return [briefName(member, day), heldBriefName(member, day)].map((name) =>
    deliveryId(partnership, name),
  );
}
