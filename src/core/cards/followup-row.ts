import type { Day } from '../dates/day.ts';
import { daysBetween } from '../dates/day.ts';
import type { Directory } from '../domain/directory/directory.ts';
import type { Followup } from '../domain/followups/followup.ts';
import { seriesText } from '../domain/followups/repeat-text.ts';
import { dueText } from '../domain/followups/rules.ts';
import { comingDay } from '../domain/followups/series.ts';
import { FORM, type RawArgs } from '../message/invocation.ts';
import type { Block, Button } from '../message/reply.ts';
import { bold, day, type RichText, rich } from '../message/rich-text.ts';

/** A follow-up in one line: title, partner, due day, repeat, owner and who was asked. @param options owner: name it */
export function followupLine(
  row: Followup,
  today: Day,
  directory: Directory,
  options: { owner: boolean },
): RichText {
  const partner = row.partner ? directory.partner(row.partner)?.name : undefined;
  const owner = options.owner && row.who ? directory.member(row.who)?.name : undefined;
  const other = row.asked ? directory.member(row.asked) : undefined;
  const asked = other && rich` · asked ${other.name}${!other.active && ', who has left'}`;
  return rich`${bold(row.title)}${partner && rich` · ${partner}`}${row.ours ? undefined : ' · theirs'}${row.dueDay && rich` · ${dueOrLateText(row, row.dueDay, today)}`}${row.series && ` · ${seriesText(row.series.repeat, today)}`}${owner && rich` · ${owner}`}${asked}`;
}

/** The sentence that says how a follow-up repeats; empty if it does not. */
export function repeatSentence({ series }: Pick<Followup, 'series'>, today: Day): RichText {
  return series ? rich` It repeats ${seriesText(series.repeat, today)}.` : [];
}

function dueOrLateText(row: Followup, dueDay: Day, today: Day): RichText {
  const due = dueText({ day: dueDay, at: row.at });
  const late = daysBetween(dueDay, today);
  if (late > 0 && row.series)
    return rich`late since ${day(dueDay)}${comesAgainText(comingDay(row, today), today)}`;
  if (late > 0) return rich`was due ${due}`;
  return late === 0 && !row.at ? rich`due today` : rich`by ${due}`;
}

function comesAgainText(coming: Day | undefined, today: Day): RichText {
  if (coming === undefined) return [];
  return coming === today ? rich`, due again today` : rich`, comes again ${day(coming)}`;
}

/** The buttons of an open follow-up. @param extra more args for each of them */
export function followupButtons(row: Followup, extra: RawArgs = {}): Button[] {
  const args = { which: `#${row.id}`, ...extra };
  const buttons: Button[] = [
    { label: 'Done', command: 'followup done', args, style: 'primary' },
    { label: 'Later', command: 'followup later', args },
    { label: 'Ask someone else', command: 'followup ask', args },
  ];
  if (row.partner) {
    buttons.push({
      label: 'Log',
      command: 'log',
      args: { with: `#${row.partner}`, [FORM]: 'yes' },
    });
  }
  return buttons;
}

/** A follow-up as a row of a list, brief or overview, with its buttons. */
export function followupRow(
  row: Followup,
  today: Day,
  directory: Directory,
  options = { owner: false },
): Block {
  return {
    kind: 'row',
    text: followupLine(row, today, directory, options),
    buttons: followupButtons(row),
  };
}
