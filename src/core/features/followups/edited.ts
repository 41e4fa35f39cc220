import { type Day, dayOf, minuteOf } from '../../dates/day.ts';
import type { When } from '../../dates/when.ts';
import type { Followup, Series } from '../../domain/followups/followup.ts';
import { repeatText } from '../../domain/followups/repeat-text.ts';
import { dueAt, movedTo, refusePast } from '../../domain/followups/rules.ts';
import { movedRule, ownerZone, type SeriesContext, whenOn } from '../../domain/followups/series.ts';
import { day, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { newSeries } from './start-series.ts';

/** What is to be changed of a follow-up; what is absent stays. */
export interface Edit {
  title?: string;
  partner?: string | null;
  /** A plain day keeps the clock time; null takes that away. */
  due?: When | null;
  /** How often, as it was typed; null: it comes once only. */
  repeat?: string | null;
  /** Null: without an end. */
  until?: Day | null;
}

/** What of an edit differs from what stands: a form sends every box, changed or not. */
export function differing(row: Followup, edit: Edit): Edit {
  const { title, partner, due, repeat, until } = edit;
  const series = row.series?.repeat;
  const moved = due
    ? due.day !== row.byDay || (due.at && due.at.getTime() !== row.at?.getTime())
    : row.at !== null;
  const standing = series ? repeatText(series) : null;
  return {
    ...(title !== undefined && title !== row.title && { title }),
    ...(partner !== undefined && partner !== row.partner && { partner }),
    ...(due !== undefined && moved && { due }),
    ...(repeat !== undefined && repeat !== standing && { repeat }),
    ...(until !== undefined && until !== (series?.until ?? null) && { until }),
  };
}

/** Whether an edit is of the rule itself: then it is never for just one. */
export function isOfRule({ repeat, until }: Edit): boolean {
  return repeat !== undefined || until !== undefined;
}

/**
 * The follow-up with an edit made. Of a series, `all` changes those that follow too; `one` spares them.
 * @throws UserError where it would be due in the past, or end before it begins.
 */
export function edited(row: Followup, edit: Edit, all: boolean, scene: SeriesContext): Followup {
  const { title = row.title, partner = row.partner } = edit;
  const named = { ...row, title, partner };
  const due = dueAfter(row, edit, scene);
  const moved = due && dueAt(due);
  if (edit.repeat === null) return { ...named, ...moved, series: null };
  if (edit.repeat !== undefined) return withRule(named, edit.repeat, { ...edit, due }, scene);
  if (!row.series) {
    if (edit.until)
      throw new UserError('It comes only once. Say how often it repeats too.', 'until');
    return { ...named, ...moved };
  }
  if (!all) return { ...named, ...moved };
  const whole = ofAll({ ...named, ...moved }, { ...row.series, ...given(edit) }, edit, scene);
  refuseEnded(whole);
  return whole;
}

/** The edit made of the rule too: what follows moves by as much, and has the same clock time. */
function ofAll(row: Followup, series: Series, edit: Edit, scene: SeriesContext): Followup {
  const { until = series.repeat.until, due } = edit;
  const repeat = { ...series.repeat, until, ...(due === null && { minute: null }) };
  if (!due) return { ...row, series: { ...series, repeat } };
  return { ...row, ...movedSeries({ ...series, repeat }, due, row, scene) };
}

/** What the next ones are called and with whom, where the edit says so. */
function given({ title, partner }: Edit): Pick<Edit, 'title' | 'partner'> {
  return { ...(title !== undefined && { title }), ...(partner !== undefined && { partner }) };
}

/** When it is due from now on: on a plain day at the clock time it has. @throws UserError where that has been. */
function dueAfter(row: Followup, { due }: Edit, scene: SeriesContext): When | undefined {
  if (due === undefined) return undefined;
  if (due === null) return row.byDay === null ? undefined : { day: row.byDay };
  const kept = movedTo(row, due, ownerZone(row.who, scene));
  refusePast(kept, scene.now, kept.day);
  return kept;
}

/** Another rule: it begins with this one, which moves to the first day that fits. */
function withRule(
  row: Followup,
  repeat: string,
  {
    due,
    until = row.series?.repeat.until ?? null,
  }: Pick<Edit, 'until'> & { due: When | undefined },
  scene: SeriesContext,
): Followup {
  const zone = ownerZone(row.who, scene);
  const ahead = !row.series && row.byDay !== null && row.byDay >= dayOf(scene.now, zone);
  const standing = ahead ? { day: row.byDay ?? '', ...(row.at && { at: row.at }) } : undefined;
  const bounds = { by: due ?? standing, until: until ?? undefined };
  const begun = newSeries(repeat, bounds, row, { now: scene.now, zone });
  return begun ? { ...row, ...dueAt(begun.due), series: begun.series } : row;
}

function movedSeries(series: Series, due: When, { who }: Followup, scene: SeriesContext) {
  const zone = ownerZone(who, scene);
  const minute = due.at ? minuteOf(due.at, zone) : series.repeat.minute;
  const repeat = { ...movedRule(series.repeat, series.day, due.day), minute };
  return { ...dueAt(whenOn(due.day, repeat, zone)), series: { ...series, repeat, day: due.day } };
}

function refuseEnded({ series }: Followup): void {
  const { until = null } = series?.repeat ?? {};
  const next = series?.day ?? '';
  if (until === null || until >= next) return;
  throw new UserError(
    rich`The next would be on ${day(next)}, and ${day(until)} is before that. Until when shall it go?`,
    'until',
  );
}
