import { passedOn } from '../core/cards/by-hand-text.ts';
import { followupButtons, followupLine } from '../core/cards/followup-row.ts';
import { type Day, dayOf } from '../core/dates/day.ts';
import type { Directory } from '../core/domain/directory/directory.ts';
import { type Followup, followups } from '../core/domain/followups/followup.ts';
import { reminderAt, withReminderAfterSent } from '../core/domain/followups/series.ts';
import { hearersOf } from '../core/domain/members/by-hand.ts';
import { type Member, zoneOf } from '../core/domain/members/member.ts';
import { isPrivateFrom } from '../core/domain/members/visibility.ts';
import { REPLACE } from '../core/message/invocation.ts';
import type { Reply } from '../core/message/reply.ts';
import { rich } from '../core/message/rich-text.ts';
import { addressOf } from './address.ts';
import type { DueRowHandler } from './due-row-handler.ts';

/**
 * A reminder of one follow-up that has a clock time, sent at that time. One that repeats and is still open gets another
 * at each time of its rule. After a downtime of several such times it gets one.
 */
export const reminderHandler: DueRowHandler<Followup> = {
  name: 'reminder',
  rows: followups,
  repeatWhenUnknown: true,
  dueAt: reminderAt,
  occurrence: (row) => (row.remindAgainAt ?? row.at ?? new Date(0)).getTime().toString(36),
  async composeReply(row, context) {
    const { partnership, directory, now } = context;
    const owner = directory.member(row.who ?? '');
    const member = owner?.active ? hearersOf(owner, row, directory)[0] : undefined;
    if (!owner || !member?.active || isPrivateFrom(member, row, row.createdBy)) return undefined;
    const today = dayOf(now, zoneOf(member, partnership));
    return {
      recipient: member.id,
      address: await addressOf(member, context),
      reply: reminderCard(row, { owner, reader: member }, today, directory),
      items: [row.id],
    };
  },
  advance: withReminderAfterSent,
};

/** The reminder. The reply to one of its buttons replaces it. */
function reminderCard(
  row: Followup,
  { owner, reader }: { owner: Member; reader: Member },
  today: Day,
  directory: Directory,
): Reply {
  const text = row.ours
    ? rich`A reminder: ${followupLine(row, today, directory, { owner: false })}`
    : rich`Has this come? ${followupLine(row, today, directory, { owner: false })}`;
  const buttons = followupButtons(row, { [REPLACE]: 'yes' });
  return { text: passedOn(text, owner, reader), card: [{ kind: 'buttons', buttons }] };
}
