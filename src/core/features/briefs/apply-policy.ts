import { type Day, daysBetween, instantOf, mondayOf } from '../../dates/day.ts';
import { type FoldedItems, foldItems } from '../../domain/briefs/brief-items.ts';
import {
  type BriefItems,
  type BriefScope,
  countItems,
  fallsDue,
} from '../../domain/briefs/gather.ts';
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
import { isOnLeaveOrJustBack, JUST_BACK_DAYS, leaveEndOf } from '../../domain/members/rules.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import { isAssignment, stillAssigned } from '../../domain/notices/assigned.ts';
import { isHeld } from '../../domain/notification-policy/hold.ts';
import { countUnasked, weeklyCapOf } from '../../domain/notification-policy/weekly-cap.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import type { Store, Stores } from '../../ports/store.ts';
import { gatherEscalated } from './gather-escalated.ts';
import { rarerRhythm, wereIgnored } from './ignored-briefs.ts';

/** A coordinator's brief mentions the same follow-up again after so many days. */
const ESCALATE_AGAIN_DAYS = 7;
/** How many late follow-ups get a warning in one brief. */
const MAX_WARNED_PER_BRIEF = 3;

/** What a brief includes after the notification policy was applied. */
export interface PolicyResult extends FoldedItems {
  items: BriefItems;
  /** The late follow-ups whose owner is warned in this brief; a coordinator hears of them on `escalateOn`. */
  warned: Followup[];
  /** Notices that the weekly cap held back. The brief includes them instead. */
  heldNotices: Delivery[];
  /** The rarer rhythm from now on, if the last briefs were ignored. */
  newRhythm: BriefRhythm | undefined;
  /** Whether the member is just back from leave: nothing is called late. */
  isBack: boolean;
  /** Whether the brief has everything that is the member's. */
  isWhole: boolean;
}

/** A brief over the weekly cap. Its items wait for the weekly brief. */
export interface HeldBack {
  cap: number;
  waiting: BriefItems;
}

/**
 * Applies the notification policy to a brief: it warns owners before a coordinator hears of late follow-ups, adds what
 * a coordinator has to hear of, keeps to the member's rhythm and to the weekly cap, and finds out whether the last briefs
 * were ignored.
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
  const isBack =
    isOnLeaveOrJustBack(member, today, partnership) || isFirstAfterLeave(member, briefs, today);
  const escalateOnOf = (row: Followup) =>
    isBack || !hasOtherCoordinator(row, directory)
      ? undefined
      : escalationDay(row, today, partnership);
  const warned = (scope.late ? [...found.late, ...found.chase] : [])
    .flatMap((row) => {
      const escalateOn = escalateOnOf(row);
      return escalateOn ? [{ ...row, escalateOn }] : [];
    })
    .slice(0, MAX_WARNED_PER_BRIEF);
  const isDueAgain = (row: Followup) => fallsDue(row, today, scope);
  const withWarnings = (rows: readonly Followup[]) => {
    const isWarned = (row: Followup) => warned.some(({ id }) => id === row.id);
    const own = new Set(rows.map(({ id }) => id));
    const others = rows.filter((row) => !isWarned(row) && (scope.whole || isDueAgain(row)));
    return [...warned.filter(({ id }) => own.has(id)), ...others];
  };
  const escalated = scope.whole ? await gatherEscalated(member, today, context) : [];
  const held = (row: Delivery) =>
    row.kind === 'notice' &&
    row.state === 'prepared' &&
    row.nextRunAt !== null &&
    isHeld(row.nextRunAt, context.now);
  const waiting = capped && scope.whole ? ledger.filter(held) : [];
  const heldNotices = await toldInBrief(waiting, member, context);
  // Requests that were held back come first.
  const heldSubjects = new Set(heldNotices.map(({ subject }) => subject));
  const asked = found.asked.toSorted(
    (a, b) => Number(heldSubjects.has(b.id)) - Number(heldSubjects.has(a.id)),
  );
  const items = {
    ...found,
    asked,
    late: withWarnings(found.late),
    chase: withWarnings(found.chase),
    escalated: escalated.filter((row) => !wasMentionedLately(row, briefs, today)),
  };
  if (countItems(items) + heldNotices.length === 0) return undefined;
  // Outside the whole brief, only what has a day of its own is a reason to write.
  const isDated = ({ dueDay }: Followup) =>
    dueDay !== null && dueDay >= today && dueDay <= scope.until;
  const isDue =
    found.due.length + warned.length > 0 || [...found.late, ...found.chase].some(isDueAgain);
  if (!scope.whole && !isDue && !asked.some(isDated)) return undefined;
  if (capped && !scope.whole && !isDue && countUnasked(sent, monday) >= cap)
    return { cap, waiting: items };

  const dueAgainToday = [...found.late, ...found.chase].filter((row) =>
    fallsDue(row, today, { until: today }),
  );
  const urgent = new Set([...[...warned, ...dueAgainToday].map(({ id }) => id), ...heldSubjects]);
  const ignored = await wereIgnored(member, briefs, { store, stores, partnership });
  return {
    items,
    ...foldItems(items, { briefs, urgent, today }),
    warned,
    heldNotices,
    newRhythm: ignored ? rarerRhythm(member) : undefined,
    isBack,
    isWhole: scope.whole,
  };
}

/** Whether the member has had no brief since their leave ended, a few days ago. */
function isFirstAfterLeave(member: Member, briefs: readonly Delivery[], today: Day): boolean {
  const end = leaveEndOf(member);
  if (end === null || daysBetween(end, today) > JUST_BACK_DAYS) return false;
  return !briefs.some(({ occurrence }) => occurrence >= end);
}

/** The notices that the brief can say instead: the member may still see their words, and what they say is still so. */
async function toldInBrief(
  notices: readonly Delivery[],
  member: Member,
  context: { store: Store; directory: Directory },
): Promise<Delivery[]> {
  const viewer = viewerOf(member, context.directory);
  const isTold = async (row: Delivery) => {
    if (!isAssignment(row)) return !(await isNoticeHiddenFrom(viewer, row, context.store));
    const { followups, partners } = await stillAssigned(row, member, context);
    return followups.length + partners.length > 0;
  };
  const told = await Promise.all(notices.map(isTold));
  return notices.filter((_, index) => told[index]);
}

/** Whether the coordinator's own briefs of the last week mentioned a follow-up. */
function wasMentionedLately(row: Followup, briefs: readonly Delivery[], today: Day): boolean {
  const name = escalationItem(row);
  return briefs.some(
    ({ items, occurrence }) =>
      items.includes(name) && daysBetween(occurrence, today) < ESCALATE_AGAIN_DAYS,
  );
}
