import { dayOf } from '../../dates/day.ts';
import type { Directory } from '../../names/directory.ts';
import { moment, type RichText, rich } from '../../rich-text.ts';
import { heldUntil, isHeld } from '../courtesy/hold.ts';
import type { Delivery } from '../deliveries/store.ts';
import { zoneOf } from '../members/zone.ts';
import type { Partnership } from '../settings/store.ts';

/** Until when courtesy holds a message back, and why: undefined where it does not. */
export function heldText(
  row: Delivery,
  { names, partnership, now }: { names: Directory; partnership: Partnership; now: Date },
): RichText | undefined {
  const { sweepAt } = row;
  const reader = names.member(row.recipient);
  const waits = row.kind === 'notice' && row.state === 'prepared' && row.tries === 0;
  if (!waits || !reader || !sweepAt || !isHeld(sweepAt, now)) return undefined;
  const until = rich`Held back until ${moment(sweepAt)}`;
  const today = dayOf(now, zoneOf(reader, partnership));
  if (!row.awaited && reader.pausedUntil !== null && reader.pausedUntil > today)
    return rich`${until}: that is when the pause ends.`;
  if (heldUntil(reader, partnership, now, true) > now)
    return rich`${until}: that is when the quiet hours end.`;
  return rich`${until}: the weekly cap of messages that nobody asked for was reached. A weekly brief before that tells of it.`;
}
