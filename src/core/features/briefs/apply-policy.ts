import { type Day, daysBetween, instantOf, mondayOf } from '../../dates/day.ts';
import { type BriefItems, type BriefScope, countItems } from '../../domain/briefs/gather.ts';
import { type Delivery, recentDeliveries } from '../../domain/deliveries/delivery.ts';
import { isNoticeHiddenFrom } from '../../domain/deliveries/notice-visibility.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import {
  escalationDay,
  escalationItem,
  hasOtherCoordinator,
} from '../../domain/followups/escalation.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { type BriefRhythm, type Member, zoneOf } from '../../domain/members/member.ts';
import { type Viewer, viewerOf } from '../../domain/members/visibility.ts';
import { isHeld } from '../../domain/notification-policy/hold.ts';
import { countUnasked, weeklyCapOf } from '../../domain/notification-policy/weekly-cap.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { wasActiveSince } from '../../domain/receipts/activity.ts';
import type { Store, Stores } from '../../ports/store.ts';
import { gatherEscalated } from './gather-escalated.ts';
import { ignoredSince, rarerRhythm } from './ignored-briefs.ts';

/** A coordinator's brief mentions the same follow-up again after so many days. */
const ESCALATE_AGAIN_DAYS = 7;
/** How many late follow-ups get a warning in one brief: as many as a brief shows. */
const MAX_WARNED_PER_BRIEF = 3;

/** What a brief includes after the notification policy was applied. */
export interface PolicyResult {
  items: BriefItems;
  /** The late follow-ups whose owner is warned in this brief; a coordinator hears of them on `escalateOn`. */
  warned: Followup[];
  /** Notices that the weekly cap held back. The brief includes them instead. */
  heldNotices: Delivery[];
  /** The rarer rhythm from now on, if the last briefs were ignored. */
  newRhythm: BriefRhythm | undefined;
}

/** A brief over the weekly cap. Its items wait for the weekly brief. */
export interface HeldBack {
  cap: number;
  waiting: BriefItems;
}

/**
 * Applies the notification policy to a brief: it warns owners before a coordinator hears of late follow-ups, adds what
 * a coordinator has to hear of, keeps to the weekly cap, and finds out whether the last briefs were ignored.
 * @returns undefined if there is nothing to say.
 */
export async function applyPolicy(
  member: Member,
  found: BriefItems,
  { today, scope }: { today: Day; scope: BriefScope },
  context: {
    store: Store;
    stores: Stores;
    partnership: Partnership;
    directory: Directory;
    now: Date;
  },
): Promise<PolicyResult | HeldBack | undefined> {
  const { store, stores, partnership, directory } = context;
  const ledger = await recentDeliveries(member.id, store);
  const sent = ledger.filter(({ state }) => state === 'sent');
  // Without the brief of this occurrence: a repeat after a crash has to come to the same result.
  const briefs = sent.filter((row) => row.kind === 'brief' && row.occurrence !== member.briefDay);
  const cap = weeklyCapOf(member, partnership);
  const capped = Number.isFinite(cap);
  const zone = zoneOf(member, partnership);
  const monday = instantOf(mondayOf(today), 0, zone);
  const toWarn = found.late.flatMap((row) => {
    const escalateOn =
      hasOtherCoordinator(row, directory) && escalationDay(row, today, partnership);
    return escalateOn ? [{ ...row, escalateOn }] : [];
  });
  const warned = toWarn.slice(0, MAX_WARNED_PER_BRIEF);
  const late = scope.whole ? found.late : [];
  const others = late.filter((row) => warned.every(({ id }) => id !== row.id));
  const escalated = scope.whole ? await gatherEscalated(member, today, partnership, context) : [];
  const held = (row: Delivery) =>
    row.kind === 'notice' &&
    row.state === 'prepared' &&
    row.nextRunAt !== null &&
    isHeld(row.nextRunAt, context.now);
  const waiting = capped && scope.whole ? ledger.filter(held) : [];
  const heldNotices = await withoutHidden(waiting, viewerOf(member, directory), store);
  // Requests that were held back come first: a brief shows three things.
  const heldSubjects = new Set(heldNotices.map(({ subject }) => subject));
  const asked = found.asked.toSorted(
    (a, b) => Number(heldSubjects.has(b.id)) - Number(heldSubjects.has(a.id)),
  );
  const items = {
    ...found,
    asked,
    late: [...warned, ...others],
    escalated: escalated.filter((row) => !wasMentionedLately(row, briefs, today)),
  };
  if (countItems(items) + heldNotices.length === 0) return undefined;
  const waits = !scope.whole && found.due.length + warned.length === 0;
  if (capped && waits && countUnasked(sent, monday) >= cap) return { cap, waiting: items };

  const since = ignoredSince(member, briefs);
  const who = { partnership: partnership.id, member: member.id };
  const ignored = since !== undefined && !(await wasActiveSince(stores, { ...who, since }));
  return {
    items,
    warned,
    heldNotices,
    newRhythm: ignored ? rarerRhythm(member) : undefined,
  };
}

/** The notices whose words the member may still see. */
async function withoutHidden(
  notices: readonly Delivery[],
  viewer: Viewer,
  store: Store,
): Promise<Delivery[]> {
  const hidden = await Promise.all(notices.map((row) => isNoticeHiddenFrom(viewer, row, store)));
  return notices.filter((_, index) => !hidden[index]);
}

/** Whether the coordinator's own briefs of the last week mentioned a follow-up. */
function wasMentionedLately(row: Followup, briefs: readonly Delivery[], today: Day): boolean {
  const name = escalationItem(row);
  return briefs.some(
    ({ items, occurrence }) =>
      items.includes(name) && daysBetween(occurrence, today) < ESCALATE_AGAIN_DAYS,
  );
}
