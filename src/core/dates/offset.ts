import { IANAZone } from 'luxon';

/** Zones change their clocks on whole quarters of an hour (ms): an offset holds for all of one. */
const QUARTER = 900_000;
/** How many quarters are remembered for each zone. */
const MOST_REMEMBERED = 2_000;

const remembered = new Map<string, Map<number, number>>();

/** @returns how far local clocks in `zone` (IANA name) are ahead of UTC at an instant; both in ms. */
export function offsetAt(instant: number, zone: string): number {
  const quarter = Math.floor(instant / QUARTER);
  let quarters = remembered.get(zone);
  if (!quarters || quarters.size > MOST_REMEMBERED) {
    quarters = new Map();
    remembered.set(zone, quarters);
  }
  // Reading a zone's rules takes longer than all else in this file's callers.
  let offset = quarters.get(quarter);
  if (offset === undefined) {
    offset = IANAZone.create(zone).offset(quarter * QUARTER) * 60_000;
    quarters.set(quarter, offset);
  }
  return offset;
}
