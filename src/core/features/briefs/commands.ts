import { briefScheduleText, changeSettingsButton } from '../../cards/member-settings.ts';
import { setUpOffer } from '../../cards/set-up-offer.ts';
import { defineCommand } from '../../command/command.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import { gatherBriefItems } from '../../domain/briefs/gather.ts';
import { followups } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import { partners } from '../../domain/partners/partner.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import type { Store } from '../../ports/store.ts';
import { OVERVIEW_PAGE_SIZE, overviewCard } from './cards.ts';
import { gatherEscalated } from './gather-escalated.ts';
import { dayOff, moveAll } from './move.ts';

/** How many days ahead the overview looks. */
const OVERVIEW_DAYS_AHEAD = 6;

/** Shows everything that is waiting for a member now. */
const todayCommand = defineCommand({
  name: 'today',
  summary: 'See everything that is yours: late, due this week, gone quiet',
  examples: ['today'],
  args: { page: { kind: 'number', min: 1, max: 100, summary: 'Which page' } },
  audience: 'actor',
  guard: 'see the register',
  async run({ args, member, today }, deps): Promise<Reply> {
    const scope = {
      until: addToDay(today, { days: OVERVIEW_DAYS_AHEAD }),
      late: true,
      whole: true,
    };
    const { partnership, store, directory } = deps;
    const page = args.page ?? 1;
    const [found, escalated, glance] = await Promise.all([
      gatherBriefItems(member, today, { ...scope, maxQuiet: page * OVERVIEW_PAGE_SIZE }, store),
      gatherEscalated(member, today, partnership, deps),
      page === 1 ? atAGlance(member, partnership, today, store) : [],
    ]);
    return overviewCard({ ...found, escalated }, { page, glance }, today, directory);
  },
});

/** The blocks below a member's own things: when briefs come and, for coordinators, the state of the partnership. */
async function atAGlance(
  member: Member,
  partnership: Partnership,
  today: Day,
  store: Store,
): Promise<Block[]> {
  const mine: Block = {
    kind: 'row',
    text: briefScheduleText(member, partnership, today),
    buttons: [changeSettingsButton],
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
  const range = { field: 'dueDay', from: '', before: today } as const;
  return store.of(followups).count({ index: 'byDueDay', where: { state: 'open' }, range });
}

/** Counts quiet partners without a lead. */
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
  if (count === 0) return 'no partner without a lead has gone quiet';
  return count === 1
    ? '1 partner without a lead has gone quiet'
    : `${count} partners without a lead have gone quiet`;
}

export const briefCommands = [todayCommand, moveAll, dayOff];
