import { followupButtons, followupLine, followupRow } from '../../cards/followup-row.ts';
import type { Day } from '../../dates/day.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { hearer } from '../../domain/followups/escalation.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { Block } from '../../message/reply.ts';
import { day, rich } from '../../message/rich-text.ts';

/** Something late in its owner's brief; where it will soon be mentioned to a coordinator, they are told so first. */
export function lateRow(row: Followup, today: Day, names: Directory): Block {
  const coordinator = hearer(row, names);
  if (row.raiseOn === null || row.raiseOn <= today || !coordinator)
    return followupRow(row, today, names);
  const line = followupLine(row, today, names, { owner: false });
  return {
    kind: 'row',
    text: rich`${line}. If it is still open on ${day(row.raiseOn)}, I'll mention it to ${coordinator.name}.`,
    buttons: followupButtons(row),
  };
}

/** Something a coordinator hears of: late for long, or with nobody. Without blame. */
export function raisedRow(row: Followup, today: Day, names: Directory): Block {
  const line = followupLine(row, today, names, { owner: true });
  const args = { which: `#${row.id}` };
  return {
    kind: 'row',
    text: row.who === null ? rich`With nobody yet: ${line}` : rich`Could do with a hand: ${line}`,
    buttons: [
      { label: 'Ask someone else', command: 'followup ask', args, style: 'primary' },
      { label: 'Later', command: 'followup later', args },
      { label: 'Done', command: 'followup done', args },
    ],
  };
}
