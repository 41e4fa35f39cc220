import { dayOf } from '../../dates/day.ts';
import type { Delivery } from '../../domain/deliveries/delivery.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { zoneOf } from '../../domain/members/zone.ts';
import { heldUntil, isHeld } from '../../domain/notification-policy/hold.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { moment, type RichText, rich } from '../../message/rich-text.ts';

/** Until when courtesy holds a message back, and why: undefined where it does not. */
export function heldText(
  row: Delivery,
  { names, partnership, now }: { names: Directory; partnership: Partnership; now: Date },
): RichText | undefined {
  const { nextRunAt } = row;
  const reader = names.member(row.recipient);
  const waits = row.kind === 'notice' && row.state === 'prepared' && row.tries === 0;
  if (!waits || !reader || !nextRunAt || !isHeld(nextRunAt, now)) return undefined;
  const until = rich`Held back until ${moment(nextRunAt)}`;
  const today = dayOf(now, zoneOf(reader, partnership));
  if (!row.awaited && reader.pausedUntil !== null && reader.pausedUntil > today)
    return rich`${until}: that is when the pause ends.`;
  if (heldUntil(reader, partnership, now, true) > now)
    return rich`${until}: that is when the quiet hours end.`;
  return rich`${until}: the weekly cap of messages that nobody asked for was reached. A weekly brief before that tells of it.`;
}
