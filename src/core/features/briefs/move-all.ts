import { undoButton } from '../../cards/changed-reply.ts';
import { defineCommand } from '../../command/command.ts';
import { gather, scopeOf } from '../../domain/briefs/gather.ts';
import { refusePast } from '../../domain/followups/rules.ts';
import { FORM, type RawArgs, REPLACE } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { day, rich } from '../../message/rich-text.ts';
import { goingText, moveTo, named } from './move.ts';

/** Moves all that is late or due to another day at once. Without one it offers those that fit most days. */
export const moveAll = defineCommand({
  name: 'today move',
  summary: 'Move all of yours that is late or due to another day',
  examples: ['today move tomorrow', 'today move by:"14 Dec"'],
  args: {
    by: {
      kind: 'date',
      tense: 'future',
      aliases: ['to'],
      summary: 'The day they move to',
      ask: 'To which day?',
    },
  },
  words: ['by'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, raw, now, today, receipt }, deps): Promise<Reply> {
    if (!args.by) return whereTo(raw);
    const to = args.by.day;
    refusePast(args.by, now, today);
    const scope = { ...scopeOf(member, deps.partnership, today), late: true, whole: false };
    const { late, due } = await gather(member, today, scope, deps.store);
    const earlier = [...late, ...due].filter(({ byDay }) => byDay !== null && byDay < to);
    const result = await moveTo(to, earlier, member, deps);
    const { moved } = result;
    if (moved.length === 0) {
      return { text: rich`Nothing of yours is late or due before ${day(to)}.${goingText(result)}` };
    }
    return {
      text: rich`Moved to ${day(to)}: ${named(moved)}.${goingText(result)}`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});

/** The days that fit most, and a date for all others. */
function whereTo(raw: RawArgs): Reply {
  const choice = (label: string, args: RawArgs): Button => ({
    label,
    command: 'today move',
    args: { ...raw, ...args, [REPLACE]: 'yes' },
  });
  const buttons = [
    choice('Tomorrow', { by: 'tomorrow' }),
    choice('Next week', { by: 'in 1 week' }),
    choice('A date…', { [FORM]: 'yes' }),
  ];
  return {
    text: rich`To which day shall I move what is late or due?`,
    card: [{ kind: 'buttons', buttons }],
  };
}
