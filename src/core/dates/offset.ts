import { DateTime, type Zone } from 'luxon';

const A_DAY = 86_400_000;
/** How finely changes of the clock are looked for (ms): the closest two anywhere since 1940 are a week apart. */
const STEP = 4 * A_DAY;
/** Months (of 32 days, so that a step ends each) that are kept in memory; beyond that they are found again. */
const MONTH = 32 * A_DAY;
const MOST_KEPT = 50_000;

/** From an instant on (ms), clocks are so far ahead of UTC (ms). */
interface Change {
  from: number;
  offset: number;
}

const zones = new Map<string, Zone>();
const months = new Map<string, readonly Change[]>();

/**
 * How far the clocks of `zone` (IANA name) are ahead of UTC at an instant; both in ms. Asking the platform for an
 * offset is slow, so the changes of a zone within a month are found once and kept.
 */
export function offsetAt(instant: number, zone: string): number {
  const month = Math.floor(instant / MONTH);
  const key = `${zone}/${month}`;
  let changes = months.get(key);
  if (!changes) {
    if (months.size >= MOST_KEPT) months.clear();
    changes = changesIn(month * MONTH, zone);
    months.set(key, changes);
  }
  // Nearly always there is but one.
  for (let at = changes.length - 1; at > 0; at--) {
    const change = changes[at] as Change;
    if (change.from <= instant) return change.offset;
  }
  return (changes[0] as Change).offset;
}

/** The offset at the beginning of a month, and each change in it. */
function changesIn(start: number, zone: string): readonly Change[] {
  const ask = askOf(zone);
  let before = ask(start);
  const changes: Change[] = [{ from: start, offset: before }];
  for (let from = start; from < start + MONTH; from += STEP) {
    const offset = ask(from + STEP);
    if (offset === before) continue;
    const change = firstChange(from, from + STEP, ask);
    if (change < start + MONTH) changes.push({ from: change, offset });
    before = offset;
  }
  return changes;
}

/** The first instant (ms) after `from`, up to `to`, at which an offset is no longer what it was; they differ at the ends. */
export function firstChange(from: number, to: number, ask: (instant: number) => number): number {
  const before = ask(from);
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (ask(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function askOf(name: string): (instant: number) => number {
  const zone = zones.get(name) ?? DateTime.fromMillis(0, { zone: name }).zone;
  zones.set(name, zone);
  return (instant) => Math.round(zone.offset(instant) * 60_000);
}
