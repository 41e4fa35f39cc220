import { dayOf } from '../../dates/day.ts';
import { moment, type RichText, rich } from '../../rich-text.ts';
import { heldUntil } from '../courtesy/hold.ts';
import type { Delivery } from '../deliveries/store.ts';
import { zoneOf } from '../members/zone.ts';
import type { Asker } from './rules.ts';

/** What is looked at again within so long (ms) is on its way; later, it is held back. */
const SOON = 60_000;

/** Whether something that is looked at again at an instant is being held back. */
export function isHeld(sweepAt: Date, now: Date): boolean {
  return sweepAt.getTime() > now.getTime() + SOON;
}

/** Until when courtesy holds a message back, and why: undefined where it does not. */
export function heldText(row: Delivery, asker: Asker): RichText | undefined {
  const { names, partnership, now } = asker;
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
