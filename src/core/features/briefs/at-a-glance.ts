import { briefLine, changeMeButton } from '../../cards/own-settings.ts';
import { setUpOffer } from '../../cards/set-up-offer.ts';
import type { Day } from '../../dates/day.ts';
import { followups } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import { partners } from '../../domain/partners/partner.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import type { Block, Button } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import type { Store } from '../../ports/store.ts';

/** What stands beneath one's own things: when briefs come and, for who coordinates, the whole in a line. */
export async function atAGlance(
  member: Member,
  partnership: Partnership,
  today: Day,
  store: Store,
): Promise<Block[]> {
  const mine: Block = {
    kind: 'row',
    text: briefLine(member, partnership, today),
    buttons: [changeMeButton],
  };
  if (!may(member.role, 'coordinate')) return [mine];
  const [late, quiet] = await Promise.all([countLate(today, store), countUnled(today, store)]);
  const text = rich`${bold(partnership.name)}: ${lateText(late)}, ${quietText(quiet)}.`;
  return [
    mine,
    { kind: 'text', text },
    { kind: 'buttons', buttons: overview },
    ...setUpOffer(partnership, member),
  ];
}

const overview: readonly Button[] = [
  { label: 'Digest preview', command: 'digest preview', args: {} },
  { label: 'Members', command: 'members', args: {} },
  { label: 'Settings', command: 'settings', args: {} },
];

function countLate(today: Day, store: Store): Promise<number> {
  const range = { field: 'byDay', from: '', before: today } as const;
  return store.of(followups).count({ index: 'byDay', where: { state: 'open' }, range });
}

/** Those gone quiet whom nobody leads. */
function countUnled(today: Day, store: Store): Promise<number> {
  const range = { field: 'nudgeOn', from: '', to: today } as const;
  const where = { archived: false, lead: null };
  return store.of(partners).count({ index: 'byNudge', where, range });
}

function lateText(count: number): string {
  if (count === 0) return 'nothing is overdue';
  return count === 1 ? '1 follow-up is overdue' : `${count} follow-ups are overdue`;
}

function quietText(count: number): string {
  if (count === 0) return 'nobody without a lead has gone quiet';
  return `${count} without a lead ${count === 1 ? 'has' : 'have'} gone quiet`;
}
