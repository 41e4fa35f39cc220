import { type Day, dayOf, minuteOf } from '../../dates/day.ts';
import type { When } from '../../dates/when.ts';
import type { Followup, Series } from '../../domain/followups/followup.ts';
import { repeatText } from '../../domain/followups/repeat-text.ts';
import { dueAt, keepingClockTime, refusePast } from '../../domain/followups/rules.ts';
import {
  ownerZone,
  type SeriesContext,
  shiftedRepeat,
  whenDueOn,
} from '../../domain/followups/series.ts';
import { day, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { newSeries } from './start-series.ts';

/** The changes to a follow-up. Absent fields stay as they are. */
export interface FollowupEdit {
  title?: string;
  partner?: string | null;
  /** A day alone keeps the clock time; null removes it. */
  due?: When | null;
  /** How often, as it was typed; null: it no longer repeats. */
  repeat?: string | null;
  /** Null: no end. */
  until?: Day | null;
}

/** The part of an edit that changes something. A form sends every field, changed or not. */
export function onlyChanges(row: Followup, edit: FollowupEdit): FollowupEdit {
  const { title, partner, due, repeat, until } = edit;
  const series = row.series?.repeat;
  const moved = due
    ? due.day !== row.dueDay || (due.at && minutesOf(due.at) !== (row.at && minutesOf(row.at)))
    : row.at !== null;
  const current = series ? repeatText(series) : null;
  return {
    ...(title !== undefined && title !== row.title && { title }),
    ...(partner !== undefined && partner !== row.partner && { partner }),
    ...(due !== undefined && moved && { due }),
    ...(repeat !== undefined && repeat !== current && { repeat }),
    ...(until !== undefined && until !== (series?.until ?? null) && { until }),
  };
}

/** A form shows a clock time to the minute. */
const minutesOf = (at: Date): number => Math.floor(at.getTime() / 60_000);

/** Whether an edit changes the repeat itself, which is never for one follow-up only. */
export function changesRepeat({ repeat, until }: FollowupEdit): boolean {
  return repeat !== undefined || until !== undefined;
}

/**
 * The follow-up after an edit. @param all whether the edit is also for the next ones of its series
 * @throws UserError if it would be due in the past, or end before it begins.
 */
export function applyEdit(
  row: Followup,
  edit: FollowupEdit,
  all: boolean,
  context: SeriesContext,
): Followup {
  const { title = row.title, partner = row.partner } = edit;
  const isOther = partner !== row.partner;
  const named = { ...row, title, partner, ...(isOther && { formerPartners: null }) };
  const due = dueAfter(row, edit, context);
  const moved = due && dueAt(due);
  if (edit.repeat === null) return { ...named, ...moved, series: null };
  if (edit.repeat !== undefined)
    return withNewRepeat(named, edit.repeat, { ...edit, due }, context);
  if (!row.series) {
    if (edit.until)
      throw new UserError("It doesn't repeat. Say how often it should, too.", 'until');
    return { ...named, ...moved };
  }
  if (!all) return { ...named, ...moved };
  const whole = applyToSeries(
    { ...named, ...moved },
    { ...row.series, ...seriesFields(edit) },
    edit,
    context,
  );
  refuseEnded(whole);
  return whole;
}

/** Applies the edit to the series too: the next ones move with this one and get the same clock time. */
function applyToSeries(
  row: Followup,
  series: Series,
  edit: FollowupEdit,
  context: SeriesContext,
): Followup {
  const { until = series.repeat.until, due } = edit;
  const repeat = { ...series.repeat, until, ...(due === null && { minute: null }) };
  if (!due) return { ...row, series: { ...series, repeat } };
  return { ...row, ...moveSeries({ ...series, repeat }, due, row, context) };
}

/** The title and partner of an edit, for the next ones of the series. */
function seriesFields({ title, partner }: FollowupEdit): Pick<FollowupEdit, 'title' | 'partner'> {
  return { ...(title !== undefined && { title }), ...(partner !== undefined && { partner }) };
}

/** The new due time. A day alone keeps the clock time. @throws UserError if it is in the past. */
function dueAfter(row: Followup, { due }: FollowupEdit, context: SeriesContext): When | undefined {
  if (due === undefined) return undefined;
  if (due === null) return row.dueDay === null ? undefined : { day: row.dueDay };
  const kept = keepingClockTime(row, due, ownerZone(row.who, context));
  refusePast(kept, context.now, kept.day);
  return kept;
}

/** Sets another repeat. It begins with this follow-up, which moves to the first day that fits. */
function withNewRepeat(
  row: Followup,
  repeat: string,
  {
    due,
    until = row.series?.repeat.until ?? null,
  }: Pick<FollowupEdit, 'until'> & { due: When | undefined },
  context: SeriesContext,
): Followup {
  const zone = ownerZone(row.who, context);
  const ahead = !row.series && row.dueDay !== null && row.dueDay >= dayOf(context.now, zone);
  const current = ahead ? { day: row.dueDay ?? '', ...(row.at && { at: row.at }) } : undefined;
  const bounds = { by: due ?? current, until: until ?? undefined };
  const begun = newSeries(repeat, bounds, row, { now: context.now, zone });
  return begun ? { ...row, ...dueAt(begun.due), series: begun.series } : row;
}

function moveSeries(series: Series, due: When, { who }: Followup, context: SeriesContext) {
  const zone = ownerZone(who, context);
  const minute = due.at ? minuteOf(due.at, zone) : series.repeat.minute;
  const repeat = { ...shiftedRepeat(series.repeat, series.day, due.day), minute };
  return {
    ...dueAt(whenDueOn(due.day, repeat, zone)),
    series: { ...series, repeat, day: due.day },
  };
}

function refuseEnded({ series }: Followup): void {
  const { until = null } = series?.repeat ?? {};
  const next = series?.day ?? '';
  if (until === null || until >= next) return;
  throw new UserError(
    rich`The next one would be on ${day(next)}, and ${day(until)} is before that. Until when should it repeat?`,
    'until',
  );
}
