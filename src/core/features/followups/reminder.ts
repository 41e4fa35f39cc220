import type { Day } from '../../dates/day.ts';
import type { Directory } from '../../names/directory.ts';
import type { Reply } from '../../reply.ts';
import { rich } from '../../rich-text.ts';
import { followupButtons, followupLine } from './cards.ts';
import type { Followup } from './store.ts';

/** The message of a follow-up with a clock time, at that time. Its answers take its place. */
export function reminderCard(row: Followup, today: Day, names: Directory): Reply {
  const text = row.ours
    ? rich`A reminder: ${followupLine(row, today, names, { owner: false })}`
    : rich`Has this come? ${followupLine(row, today, names, { owner: false })}`;
  return { text, card: [{ kind: 'buttons', buttons: followupButtons(row, { swap: 'yes' }) }] };
}
