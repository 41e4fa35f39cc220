import type { When } from '../../args.ts';
import { type Day, dayOf, minuteOf } from '../../dates/day.ts';
import { UserError } from '../../errors.ts';
import { day, rich } from '../../rich-text.ts';
import { repeatText } from './repeat-text.ts';
import { dueAt } from './rules.ts';
import { movedRule, ownerZone, type SeriesScene, whenOn } from './series.ts';
import { newSeries } from './start-series.ts';
import type { Followup, Series } from './store.ts';

/** What is to be changed of a follow-up; what is absent stays. */
export interface Edit {
  title?: string;
  partner?: string | null;
  due?: When;
  /** How often, as it was typed; null: it comes once only. */
  repeat?: string | null;
  /** Null: without an end. */
  until?: Day | null;
}

/** What of an edit differs from what stands: a form sends every box, changed or not. */
export function differing(row: Followup, edit: Edit): Edit {
  const { title, partner, due, repeat, until } = edit;
  const series = row.series?.repeat;
  const moved =
    due && (due.day !== row.byDay || (due.at && due.at.getTime() !== row.at?.getTime()));
  const standing = series ? repeatText(series) : null;
  return {
    ...(title !== undefined && title !== row.title && { title }),
    ...(partner !== undefined && partner !== row.partner && { partner }),
    ...(due && moved && { due }),
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
export function edited(row: Followup, edit: Edit, all: boolean, scene: SeriesScene): Followup {
  const { title = row.title, partner = row.partner, due } = edit;
  const named = { ...row, title, partner };
  if (edit.repeat === null) return { ...named, ...movedTo(due), series: null };
  if (edit.repeat !== undefined) return withRule(named, edit.repeat, edit, scene);
  if (!row.series) {
    if (edit.until)
      throw new UserError('It comes only once. Say how often it repeats too.', 'until');
    return { ...named, ...movedTo(due) };
  }
  if (!all) return { ...named, ...movedTo(due) };
  const series = { ...row.series, ...given(edit) };
  const { until = series.repeat.until } = edit;
  const bounded = { ...series, repeat: { ...series.repeat, until } };
  const whole = due ? movedSeries(bounded, due, row, scene) : { ...named, series: bounded };
  refuseEnded(whole.series);
  return { ...named, ...whole };
}

/** What the next ones are called and with whom, where the edit says so. */
function given({ title, partner }: Edit): Pick<Edit, 'title' | 'partner'> {
  return { ...(title !== undefined && { title }), ...(partner !== undefined && { partner }) };
}

function movedTo(due: When | undefined): Partial<Followup> {
  return due ? dueAt(due) : {};
}

/** Another rule: it begins with this one, which moves to the first day that fits. */
function withRule(
  row: Followup,
  repeat: string,
  { due, until = row.series?.repeat.until ?? null }: Edit,
  scene: SeriesScene,
): Followup {
  const zone = ownerZone(row.who, scene);
  const ahead = !row.series && row.byDay !== null && row.byDay >= dayOf(scene.now, zone);
  const standing = ahead ? { day: row.byDay ?? '', ...(row.at && { at: row.at }) } : undefined;
  const bounds = { by: due ?? standing, until: until ?? undefined };
  const begun = newSeries(repeat, bounds, row, { now: scene.now, zone });
  return begun ? { ...row, ...dueAt(begun.due), series: begun.series } : row;
}

function movedSeries(series: Series, due: When, { who }: Followup, scene: SeriesScene) {
  const zone = ownerZone(who, scene);
  const minute = due.at ? minuteOf(due.at, zone) : series.repeat.minute;
  const repeat = { ...movedRule(series.repeat, series.day, due.day), minute };
  return { ...dueAt(whenOn(due.day, repeat, zone)), series: { ...series, repeat, day: due.day } };
}

function refuseEnded({ repeat: { until }, day: next }: Series): void {
  if (until === null || until >= next) return;
  throw new UserError(
    rich`The next would be on ${day(next)}, and ${day(until)} is before that. Until when shall it go?`,
    'until',
  );
}
