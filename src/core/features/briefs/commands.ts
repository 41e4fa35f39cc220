import { introduction } from '../../cards/introduction.ts';
import { briefScheduleText, changeSettingsButton } from '../../cards/member-settings.ts';
import { setUpOffer } from '../../cards/set-up-offer.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import { countItems, gatherBriefItems } from '../../domain/briefs/gather.ts';
import { followups } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import { isOnLeaveOrJustBack } from '../../domain/members/rules.ts';
import { countQuietPartners } from '../../domain/partners/quiet-partners.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { FORM } from '../../message/invocation.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import type { Store } from '../../ports/store.ts';
import { OVERVIEW_PAGE_SIZE, overviewCard } from './cards.ts';
import { gatherEscalated } from './gather-escalated.ts';
import { meetingQuestions } from './meeting-rows.ts';
import { dayOff, moveAll } from './move.ts';

/** How many days ahead the overview looks. */
const OVERVIEW_DAYS_AHEAD = 6;

/** Shows everything that is waiting for a member now. */
const todayCommand = defineCommand({
  name: 'today',
  summary: 'See everything that is yours: late, due this week, gone quiet',
  phrases: [
    'what do i have to do today',
    'what is on my list',
    'what is on my plate',
    'what have i got on my plate',
    'what is due today',
    'my tasks',
    'anything urgent',
    'is there anything urgent',
    'is there anything for me',
    'is there anything to do',
    'what is happening',
    'what is urgent',
    'what did i say i would do',
    'what have i got on this week',
    'what is on this week',
    'what is due this week',
    'what do i have to do',
    'what have i got to do',
    'what have i got to do today',
    'what have i got on',
    'what have i got on today',
    'what do i need to do',
    'what do i need to do today',
    'what should i do',
    'what should i do today',
    'what should i do next',
    'what am i doing today',
    'what is due',
    'what is on today',
    'what is next',
    'what is mine',
    'what is there to do',
    'what needs doing',
    'what have i promised',
    'what did i promise',
    'anything for me',
    'anything due',
    'anything to do',
    'my list',
    'show my list',
    'show me my list',
    'list',
    'my to do list',
    'to do list',
    'to do',
    'todo',
    'to-do',
    'todo list',
    'tasks',
    'show my tasks',
    'my jobs',
    'jobs',
    'my brief',
    'brief',
    'agenda',
    'my day',
    'show me today',
    'what is new',
    'news',
  ],
  examples: ['today'],
  args: { page: { kind: 'number', min: 1, max: 100, summary: 'Which page', fromButton: true } },
  audience: 'actor',
  guard: 'see the register',
  isList: true,
  async run({ args, member, today }, deps): Promise<Reply> {
    const page = args.page ?? 1;
    const { items, questions, glance, context } = await readOverview({ member, today, page }, deps);
    return overviewCard(items, { member, page, questions, glance }, context);
  },
});

export const HOME_COMMAND = 'today home';

/** What Slack shows as somebody's Home: their overview, and what Convenor is for. */
const homeCommand = defineCommand({
  name: HOME_COMMAND,
  summary: 'Your overview, and what I am for',
  examples: [],
  args: {},
  audience: 'actor',
  guard: 'see the register',
  async run({ member, today }, deps): Promise<Reply> {
    const { items, questions, glance, context } = await readOverview(
      { member, today, page: 1 },
      deps,
    );
    const about = rich`${introduction} Tell me what happened with a button here, or write to me in Messages as to a person.`;
    const actions: Block = { kind: 'buttons', buttons: homeButtons };
    if (countItems(items) > 0) {
      const below: readonly Block[] = [{ kind: 'text', text: about }, actions, ...glance];
      return overviewCard(items, { member, page: 1, questions, glance: below }, context);
    }
    const { text, card = [] } = overviewCard(
      items,
      { member, page: 1, questions, glance },
      context,
    );
    return { text: about, card: [actions, { kind: 'text', text }, ...card] };
  },
});

const homeButtons: readonly Button[] = [
  { label: 'Log a contact', command: 'log', args: { [FORM]: 'yes' }, style: 'primary' },
  { label: 'Add a follow-up', command: 'followup add', args: { [FORM]: 'yes' } },
  { label: 'Help', command: 'help', args: {} },
];

/** What a page of the overview shows. */
async function readOverview(
  { member, today, page }: Pick<Call, 'member' | 'today'> & { page: number },
  deps: Deps,
) {
  const scope = {
    until: addToDay(today, { days: OVERVIEW_DAYS_AHEAD }),
    late: true,
    whole: true,
    mentioned: true as const,
  };
  const { partnership, store, directory } = deps;
  const [found, escalated, questions, glance] = await Promise.all([
    gatherBriefItems(member, today, { ...scope, maxQuiet: page * OVERVIEW_PAGE_SIZE }, deps),
    gatherEscalated(member, today, deps),
    page === 1 ? meetingQuestions(member, today, deps) : [],
    page === 1 ? atAGlance(member, partnership, today, store) : [],
  ]);
  const isBack = isOnLeaveOrJustBack(member, today, partnership);
  const context = { today, directory, partnership, isBack };
  return { items: { ...found, escalated }, questions, glance, context };
}

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
  const [late, quiet] = await Promise.all([
    countLate(today, store),
    countQuietPartners(today, store, { lead: null }),
  ]);
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

export const briefCommands = [todayCommand, homeCommand, moveAll, dayOff];
