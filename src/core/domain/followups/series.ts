import { isDeepStrictEqual } from 'node:util';
import { derivedId } from '../../base/id.ts';
import { addToDay, type Day, dayOf, instantOf, weekdayOf } from '../../dates/day.ts';
import type { When } from '../../dates/when.ts';
import { type New, type Store, updateWithRetry } from '../../ports/store.ts';
import type { Directory } from '../directory/directory.ts';
import { type Member, zoneOf } from '../members/member.ts';
import type { Partnership } from '../partnerships/partnership.ts';
import { type Followup, followups, type Series } from './followup.ts';
import { nextDay, type Repeat, type RepeatRhythm } from './repeat.ts';
import { dueAt, newFollowup } from './rules.ts';

/*
 * A follow-up that repeats comes again on each day of its rule, done or not. One row of a series is open at a time: the
 * first one that was not done. It keeps its day, so it is late once, since that day. On the later days of the rule the
 * brief lists it as due again, and with a clock time it gets another reminder (`remindAgainAt`). Closing it closes the
 * missed ones too: the next row has the first day of the rule after today. If it was put off, the days of the rule
 * before the new day are left out. `until` and `times` count the days of the rule, missed ones too.
 */

/** What the next follow-up of a series is worked out from. */
export interface SeriesContext {
  now: Date;
  partnership: Pick<Partnership, 'zone'>;
  directory: Pick<Directory, 'member'>;
}

/** The zone (IANA name) of a follow-up's days: its owner's, else the partnership's. */
export function ownerZone(who: string | null, { partnership, directory }: SeriesContext): string {
  return zoneOf(directory.member(who ?? ''), partnership);
}

/** The due time on a day of a rule, in the owner's zone (IANA name). */
export function whenDueOn(day: Day, { minute }: Pick<Repeat, 'minute'>, zone: string): When {
  return minute === null ? { day } : { day, at: instantOf(day, minute, zone) };
}

/** The day from `today` on on which an open follow-up falls due (again); undefined if there is none. */
export function comingDay(
  { dueDay, series }: Pick<Followup, 'dueDay' | 'series'>,
  today: Day,
): Day | undefined {
  if (dueDay === null || dueDay >= today) return dueDay ?? undefined;
  if (!series) return undefined;
  return nextDay(series.repeat, latest(series.day, dayBefore(today)));
}

/** When the next reminder of a follow-up is due; null if it gets none. The past: that one was sent, or is being sent. */
export function reminderAt({
  state,
  at,
  remindAgainAt,
}: Pick<Followup, 'state' | 'at' | 'remindAgainAt'>): Date | null {
  return state === 'open' ? (remindAgainAt ?? at) : null;
}

/** The row with its next reminder scheduled: on the next day of its rule, if it has a clock time. */
function withNextReminder(row: Followup, context: SeriesContext): Followup {
  return remindedAt(nextReminder(row, context), row);
}

/**
 * The row after a reminder, with the next one on a later day: its clock time may still be ahead on the same day, if
 * the row now belongs to somebody in another time zone.
 */
export function withReminderAfterSent(row: Followup, context: SeriesContext): Followup {
  const { remindAgainAt: sent, who } = row;
  const sentDay = sent ? dayOf(sent, ownerZone(who, context)) : undefined;
  return remindedAt(nextReminder(row, context, sentDay), row);
}

const remindedAt = (at: Date | null, row: Followup): Followup => ({
  ...row,
  remindAgainAt: at,
  nextRunAt: at,
  claim: null,
  sending: null,
});

/** @param after the day after which it comes, at the earliest. */
function nextReminder(
  { who, dueDay, series }: Followup,
  context: SeriesContext,
  after?: Day,
): Date | null {
  if (!series || series.repeat.minute === null) return null;
  const zone = ownerZone(who, context);
  let found = nextDay(series.repeat, latest(series.day, dayBefore(dueDay ?? series.day)));
  // After a downtime several days of the rule can be over: they get one reminder.
  const today = dayOf(context.now, zone);
  if (found !== undefined && found < today) found = nextDay(series.repeat, dayBefore(today));
  while (found !== undefined) {
    const at = whenDueOn(found, series.repeat, zone).at ?? null;
    if (at && at > context.now && (!after || found > after)) return at;
    found = nextDay(series.repeat, found);
  }
  return null;
}

const dayBefore = (day: Day): Day => addToDay(day, { days: -1 });
const latest = (one: Day, other: Day): Day => (one > other ? one : other);

/** The follow-up after an edit, with its next reminder by its rule: the edit can have moved it or changed the rule. */
export function withReminderAfterEdit(
  before: Followup,
  after: Followup,
  context: SeriesContext,
): Followup {
  const isTimed = (after.series?.repeat.minute ?? null) !== null;
  if (after.state !== 'open' || (!isTimed && !after.remindAgainAt)) return after;
  const isOther =
    before.who !== after.who || !isDeepStrictEqual(before.series?.repeat, after.series?.repeat);
  const isOutdated = after.remindAgainAt ? isOther : after.nextRunAt === null;
  return isOutdated ? withNextReminder(after, context) : after;
}

/**
 * Moves the next reminders of a member's repeats to the same day and clock time in the member's zone, which has changed.
 * @param was the zone before (IANA name).
 */
export async function rescheduleRepeats(
  owner: Member,
  was: string,
  { store, partnership, now }: Pick<SeriesContext, 'partnership' | 'now'> & { store: Store },
): Promise<void> {
  const rows = store.of(followups);
  const context = { partnership, now, directory: { member: () => owner } };
  if (zoneOf(owner, partnership) === was) return;
  const open = { state: 'open', who: owner.id } as const;
  for await (const { id, remindAgainAt } of rows.all({ index: 'byWho', where: open })) {
    if (!remindAgainAt) continue;
    await updateWithRetry(rows, id, (row) => {
      if (row.sending || !row.remindAgainAt || row.state !== 'open') return undefined;
      const day = dayOf(row.remindAgainAt, was);
      return remindedAt(nextReminder(row, context, dayBefore(day)), row);
    });
  }
}

/**
 * The next of a series: the first day of its rule that is after today and after this one's day, so that missed ones
 * do not pile up.
 * @returns undefined if it does not repeat, or was the last.
 */
function nextInSeries(row: Followup, context: SeriesContext): Series | undefined {
  if (!row.series) return undefined;
  const { day: was, repeat } = row.series;
  const today = dayOf(context.now, ownerZone(row.who, context));
  const day = nextDay(repeat, latest(was, today));
  if (day === undefined) return undefined;
  const skipped = repeat.skipped.filter((skip) => skip > was);
  return { ...row.series, day, repeat: { ...repeat, skipped } };
}

/** The id of the next one of a series. */
export const successorId = (id: string): string => derivedId('successor', id);

/** The row of the next one. Its id is derived from this row's id, so making it twice gives one row. */
export function successor(row: Followup, context: SeriesContext): New<Followup> | undefined {
  const series = nextInSeries(row, context);
  if (!series) return undefined;
  const { ours, who, createdBy, readers = null, readersCoordinate = null } = row;
  const facts = {
    id: successorId(row.id),
    title: series.title,
    partner: series.partner,
    formerPartners: row.formerPartners ?? null,
    contact: null,
    ours,
    who,
    createdBy,
    createdAt: context.now,
    asked: null,
    askedBy: null,
    readers,
    readersCoordinate,
  };
  return newFollowup(facts, whenDueOn(series.day, series.repeat, ownerZone(who, context)), series);
}

/** The same row moved to the next day of its series. @returns undefined if this was the last day. */
export function skippedToNext(row: Followup, context: SeriesContext): Followup | undefined {
  const next = nextInSeries(row, context);
  if (!next || !row.series) return undefined;
  const repeat = { ...next.repeat, skipped: [...next.repeat.skipped, row.series.day] };
  const when = whenDueOn(next.day, repeat, ownerZone(row.who, context));
  const { title, partner } = next;
  return { ...row, title, partner, ...dueAt(when), series: { ...next, repeat } };
}

/** The rule after one of its days was moved for good: every Monday becomes every Tuesday. */
export function shiftedRepeat(repeat: Repeat, was: Day, to: Day): Repeat {
  return { ...repeat, rhythm: shiftedRhythm(repeat.rhythm, was, to), from: to, skipped: [] };
}

function shiftedRhythm(rhythm: RepeatRhythm, was: Day, to: Day): RepeatRhythm {
  if (rhythm.every === 'day') return rhythm;
  if (rhythm.every === 'week') {
    const others = rhythm.on.filter((day) => day !== weekdayOf(was));
    const on = [...new Set([...others, weekdayOf(to)])].toSorted((a, b) => a - b);
    return { ...rhythm, on };
  }
  const { every, count } = rhythm;
  const date = Number(to.slice(8));
  if ('date' in rhythm) return { every, count, date };
  const isLast = addToDay(to, { weeks: 1 }).slice(5, 7) !== to.slice(5, 7);
  const nth = isLast && (rhythm.nth < 0 || date > 28) ? -1 : Math.ceil(date / 7);
  return { every, count, nth, weekday: weekdayOf(to) };
}
