import { promiseAnswer } from '../../cards/promise-text.ts';
import { undoButton } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import { defaultBy, dueAt } from '../../domain/followups/rules.ts';
import { rich } from '../../message/rich-text.ts';
import { resolveFollowup } from '../../parsing/resolve-followup.ts';
import { changeOpenFollowup } from './change-followup.ts';

/** Takes back that a day or a repeat was read out of a promise: its words stand as typed, and it is due in a week. */
export const justWords = defineCommand({
  name: 'followup words',
  summary: 'Take the day in a promise as words only',
  examples: [],
  args: {
    which: {
      kind: 'text',
      needed: true,
      summary: 'The follow-up. Its button fills this in',
      fromButton: true,
    },
    next: {
      kind: 'text',
      needed: true,
      summary: 'What was typed. Its button fills this in',
      fromButton: true,
    },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, raw, today, receipt }, deps) {
    const row = await resolveFollowup(args.which, 'followup words', { member, raw }, deps);
    const changed = await changeOpenFollowup(row.id, member, deps, (open) => ({
      ...open,
      title: args.next,
      series: null,
      ...dueAt(defaultBy(today, deps.partnership)),
    }));
    const { text, buttons } = await promiseAnswer(changed, member, deps);
    return {
      text: rich`OK, just words. ${text}`,
      card: [{ kind: 'buttons', buttons: [...buttons, undoButton(receipt)] }],
    };
  },
});
