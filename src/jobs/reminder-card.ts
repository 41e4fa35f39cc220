import { followupButtons, followupLine } from '../core/cards/followup-row.ts';
import type { Day } from '../core/dates/day.ts';
import type { Directory } from '../core/domain/directory/directory.ts';
import type { Followup } from '../core/domain/followups/followup.ts';
import type { Reply } from '../core/message/reply.ts';
import { rich } from '../core/message/rich-text.ts';

/** The message of a follow-up with a clock time, at that time. Its answers take its place. */
export function reminderCard(row: Followup, today: Day, names: Directory): Reply {
  const text = row.ours
    ? rich`A reminder: ${followupLine(row, today, names, { owner: false })}`
    : rich`Has this come? ${followupLine(row, today, names, { owner: false })}`;
  return { text, card: [{ kind: 'buttons', buttons: followupButtons(row, { swap: 'yes' }) }] };
}
