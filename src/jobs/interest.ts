import { interestFacts } from '../core/cards/interest-text.ts';
import { fewerButton } from '../core/domain/deliveries/enqueue-notice.ts';
import {
  askedInAYear,
  ended,
  type Interest,
  interests,
} from '../core/domain/interests/interest.ts';
import { heldUntil } from '../core/domain/notification-policy/hold.ts';
import { REPLACE } from '../core/message/invocation.ts';
import type { Button, Reply } from '../core/message/reply.ts';
import { bold, rich } from '../core/message/rich-text.ts';
import { addressOf } from './address.ts';
import type { DueRowHandler } from './due-row-handler.ts';

/** Asks a member each year whether an interest they declared is still so. */
export const interestHandler: DueRowHandler<Interest> = {
  name: 'interest',
  rows: interests,
  repeatWhenUnknown: true,
  lowPriority: true,
  dueAt: (row) => (row.endedAt === null ? row.askAt : null),
  occurrence: (row) => (row.askAt ?? new Date(0)).getTime().toString(36),
  async heldUntil(row, { partnership, directory, now }) {
    const member = directory.member(row.member);
    return member?.active ? heldUntil(member, partnership, now) : now;
  },
  async composeReply(row, context) {
    const { directory } = context;
    const member = directory.member(row.member);
    const partner = directory.partner(row.partner);
    if (!member?.active || !partner) return undefined;
    return {
      recipient: member.id,
      address: await addressOf(member, context),
      reply: questionCard(row, partner.name),
      items: [row.id],
    };
  },
  // The interest of somebody who has left ends. It is removed a year later.
  advance: (row, { directory, now }) => ({
    ...(directory.member(row.member)?.active ? askedInAYear(row, now) : ended(row, now)),
    sending: null,
  }),
};

/** The question. The answer to one of its buttons replaces it. */
function questionCard(row: Interest, partner: string): Reply {
  const button = (label: string, still: string): Button => ({
    label,
    command: 'interest still',
    args: { which: `#${row.id}`, still, [REPLACE]: 'yes' },
  });
  return {
    text: rich`You declared an interest in ${bold(partner)} (${interestFacts(row)}). Is it still so?`,
    card: [
      {
        kind: 'buttons',
        buttons: [button('Still so', 'yes'), button('No longer', 'no'), fewerButton],
      },
    ],
  };
}
