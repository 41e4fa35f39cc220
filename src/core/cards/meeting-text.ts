import type { Directory } from '../domain/directory/directory.ts';
import type { Meeting } from '../domain/meetings/meeting.ts';
import { isMeetingHiddenFrom } from '../domain/meetings/read-meetings.ts';
import type { Viewer } from '../domain/members/visibility.ts';
import { FORM } from '../message/invocation.ts';
import type { Block, Button } from '../message/reply.ts';
import { day, type RichText, rich } from '../message/rich-text.ts';

/** When a meeting is, and what it says: `Thu 26 Nov, 11:00 – with Jane`. */
export const meetingText = (row: Pick<Meeting, 'day' | 'time' | 'note'>): RichText =>
  rich`${day(row.day)}${row.time && `, ${row.time}`}${row.note && ` – ${row.note}`}`;

/** Notes a meeting with a partner. */
export const planMeetingButton = ({ id }: { id: string }): Button => ({
  label: 'A date to meet',
  command: 'partner meeting',
  args: { with: `#${id}`, [FORM]: 'yes' },
});

/** Changes a meeting. */
export const changeMeetingButton = ({ id }: { id: string }, label = 'Change'): Button => ({
  label,
  command: 'partner reschedule',
  args: { which: `#${id}`, [FORM]: 'yes' },
});

/** Says that a meeting does not take place, or did not. */
export const meetingOffButton = ({ id }: { id: string }, label: string): Button => ({
  label,
  command: 'partner no-meeting',
  args: { which: `#${id}` },
});

/** The next meeting with a partner, for its story. Somebody from whom its words are hidden sees the day. */
export function nextMeetingBlocks(
  row: Meeting | undefined,
  viewer: Viewer,
  directory: Directory,
): Block[] {
  if (!row) return [];
  if (isMeetingHiddenFrom(viewer, row, directory))
    return [{ kind: 'text', text: rich`Next meeting: ${day(row.day)}` }];
  const who = directory.member(row.by)?.name ?? 'somebody who has left';
  return [
    {
      kind: 'row',
      text: rich`Next meeting: ${meetingText(row)} (${who})`,
      buttons: [changeMeetingButton(row), meetingOffButton(row, 'Called off')],
    },
  ];
}
