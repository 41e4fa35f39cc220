import { undoButton } from '../../cards/changed-reply.ts';
import { defineCommand } from '../../command/command.ts';
import { addToDay } from '../../dates/day.ts';
import { workingDayFrom } from '../../dates/working-days.ts';
import { gather } from '../../domain/briefs/gather.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { changeMember } from '../../domain/members/change.ts';
import type { Reply } from '../../message/reply.ts';
import { day, rich } from '../../message/rich-text.ts';
import { goingText, moveTo, named } from './move.ts';

/**
 * Not there today: no brief before the next working day, and what falls due until then waits for it, so that
 * nothing looks late to others. What was late already stays so.
 */
export const notIn = defineCommand({
  name: 'today off',
  summary: 'Not in today: what is due waits until the next working day',
  examples: ['today off'],
  args: {},
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ member, now, today, receipt }, deps): Promise<Reply> {
    const { partnership, store } = deps;
    const back = workingDayFrom(addToDay(today, { days: 1 }), partnership);
    const scope = { until: addToDay(back, { days: -1 }), late: false, whole: false };
    const { due } = await gather(member, today, scope, store);
    // First, since it may be refused: the brief may be just going out.
    await changeMember(member.id, deps, (row) => {
      const paused = row.pausedUntil !== null && row.pausedUntil > back ? row.pausedUntil : back;
      return scheduleBrief({ ...row, pausedUntil: paused }, partnership, now);
    });
    const result = await moveTo(back, due, member, deps);
    const { moved } = result;
    const waits = moved.length === 1 ? 'It waits' : 'They wait';
    const waiting = moved.length > 0 && rich` ${waits} until then: ${named(moved)}.`;
    return {
      text: rich`See you on ${day(back)}; no brief before that.${waiting}${goingText(result)}`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});
