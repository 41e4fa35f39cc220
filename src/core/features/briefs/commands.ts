import { defineCommand } from '../../command/command.ts';
import { addToDay } from '../../dates/day.ts';
import { gather } from '../../domain/briefs/gather.ts';
import type { Reply } from '../../message/reply.ts';
import { atAGlance } from './at-a-glance.ts';
import { overviewCard } from './cards.ts';
import { gatherRaised } from './escalation.ts';
import { moveAll } from './move-all.ts';
import { notIn } from './not-in.ts';

/** How far ahead one's own overview looks. */
const DAYS_AHEAD = 6;

/** Everything that is mine, now: late, due this week, asked of me, gone quiet. */
const todayCommand = defineCommand({
  name: 'today',
  summary: 'See all that is yours: late, due this week, gone quiet',
  examples: ['today'],
  args: { page: { kind: 'number', min: 1, max: 100, summary: 'Which page' } },
  audience: 'actor',
  guard: 'see the register',
  async run({ args, member, today }, deps): Promise<Reply> {
    const scope = { until: addToDay(today, { days: DAYS_AHEAD }), late: true, whole: true };
    const { partnership, store, directory } = deps;
    const page = args.page ?? 1;
    const [found, raised, glance] = await Promise.all([
      gather(member, today, scope, store),
      gatherRaised(member, today, partnership, deps),
      page === 1 ? atAGlance(member, partnership, today, store) : [],
    ]);
    return overviewCard({ ...found, raised }, { page, glance }, today, directory);
  },
});

export const briefCommands = [todayCommand, moveAll, notIn];
