import { dayOf } from '../core/dates/day.ts';
import { type Followup, followups } from '../core/domain/followups/followup.ts';
import { zoneOf } from '../core/domain/members/zone.ts';
import { addressOf } from './address.ts';
import type { DueRowHandler } from './due-row-handler.ts';
import { reminderCard } from './reminder-card.ts';

/** Follow-ups with a clock time: reminded on their own, at that time. */
export const remind: DueRowHandler<Followup> = {
  name: 'reminder',
  rows: followups,
  repeatWhenUnknown: true,
  dueAt: (row) => (row.state === 'open' ? row.at : null),
  occurrence: (row) => (row.at ?? new Date(0)).getTime().toString(36),
  async composeReply(row, { store, partnership, directory, now }) {
    const member = directory.member(row.who ?? '');
    if (!member) return undefined;
    const today = dayOf(now, zoneOf(member, partnership));
    return {
      recipient: member.id,
      address: await addressOf(member, store),
      reply: reminderCard(row, today, directory),
      items: [row.id],
    };
  },
  advance: (row) => ({ ...row, nextRunAt: null, claim: null, sending: null }),
};
