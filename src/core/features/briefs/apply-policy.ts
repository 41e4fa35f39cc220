import { type Day, daysBetween, instantOf } from '../../dates/day.ts';
import { countOf, type Items, type Scope } from '../../domain/briefs/gather.ts';
import type { Delivery } from '../../domain/deliveries/delivery.ts';
import { recentDeliveries } from '../../domain/deliveries/recent-deliveries.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { hearer, raiseDay, raisedName } from '../../domain/followups/escalation.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { BriefRhythm, Member } from '../../domain/members/member.ts';
import { zoneOf } from '../../domain/members/zone.ts';
import { capOf, countUnasked, mondayOf } from '../../domain/notification-policy/cap.ts';
import { isHeld } from '../../domain/notification-policy/hold.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { wasSeenSince } from '../../domain/receipts/seen.ts';
import type { Store, Stores } from '../../ports/store.ts';
import { gatherRaised } from './escalation.ts';
import { ignoredSince, rarer } from './step-back.ts';

/** A coordinator hears again of the same after so many days. */
const RAISE_AGAIN_DAYS = 7;
/** The most that are told in one brief that a coordinator will hear: as many as a brief shows. */
const MOST_TOLD = 3;

/** What a brief tells once courtesy has been minded. */
export interface PolicyResult {
  items: Items;
  /** Those of the late ones whose owner is told now that a coordinator will hear; `raiseOn` is the day. */
  told: Followup[];
  /** Notices that did not fit into the week: told here instead. */
  meanwhile: Delivery[];
  /** How briefs come from now on, if they were ignored. */
  rarer: BriefRhythm | undefined;
}

/** A brief that would be one more than the weekly cap: what waits for the weekly one. */
export interface HeldBack {
  cap: number;
  waiting: Items;
}

/**
 * Minds the courtesies of a brief: who is told what before a coordinator hears, what a coordinator hears of, the
 * weekly cap, and whether the briefs before were ignored.
 * @returns undefined when there is nothing to say, and what is held back where there would be one too many.
 */
export async function applyPolicy(
  member: Member,
  found: Items,
  { today, scope }: { today: Day; scope: Scope },
  scene: {
    store: Store;
    stores: Stores;
    partnership: Partnership;
    directory: Directory;
    now: Date;
  },
): Promise<PolicyResult | HeldBack | undefined> {
  const { store, stores, partnership, directory } = scene;
  const ledger = await recentDeliveries(member.id, store);
  const sent = ledger.filter(({ state }) => state === 'sent');
  // Not the one that is being composed: cut off half-way, it says the same again.
  const briefs = sent.filter((row) => row.kind === 'brief' && row.occurrence !== member.briefDay);
  const cap = capOf(member, partnership);
  const capped = Number.isFinite(cap);
  const zone = zoneOf(member, partnership);
  const monday = instantOf(mondayOf(today), 0, zone);
  const told = found.late.flatMap((row) => {
    const raiseOn = hearer(row, directory) && raiseDay(row, today, partnership);
    return raiseOn ? [{ ...row, raiseOn }] : [];
  });
  const first = told.slice(0, MOST_TOLD);
  const late = scope.whole ? found.late : [];
  const others = late.filter((row) => first.every(({ id }) => id !== row.id));
  const raised = scope.whole ? await gatherRaised(member, today, partnership, scene) : [];
  const held = (row: Delivery) =>
    row.kind === 'notice' &&
    row.state === 'prepared' &&
    row.nextRunAt !== null &&
    isHeld(row.nextRunAt, scene.now);
  const meanwhile = capped && scope.whole ? ledger.filter(held) : [];
  // Requests that have not been heard of come first: a brief shows three.
  const unheard = new Set(meanwhile.map(({ subject }) => subject));
  const asked = found.asked.toSorted(
    (a, b) => Number(unheard.has(b.id)) - Number(unheard.has(a.id)),
  );
  const items = {
    ...found,
    asked,
    late: [...first, ...others],
    raised: raised.filter((row) => !heardLately(row, briefs, today)),
  };
  if (countOf(items) + meanwhile.length === 0) return undefined;
  const waits = !scope.whole && found.due.length + first.length === 0;
  if (capped && waits && countUnasked(sent, monday) >= cap) return { cap, waiting: items };

  const since = ignoredSince(member, briefs);
  const who = { partnership: partnership.id, member: member.id };
  const ignored = since !== undefined && !(await wasSeenSince(stores, { ...who, since }));
  return { items, told: first, meanwhile, rarer: ignored ? rarer(member) : undefined };
}

/** Whether a coordinator's own briefs of the last week have told of it. */
function heardLately(row: Followup, briefs: readonly Delivery[], today: Day): boolean {
  const name = raisedName(row);
  return briefs.some(
    ({ items, occurrence }) =>
      items.includes(name) && daysBetween(occurrence, today) < RAISE_AGAIN_DAYS,
  );
}
