import { undoButton } from '../../cards/changed-reply.ts';
import { changesOne, scope, which } from '../../cards/followup-args.ts';
import { defineCommand } from '../../command/command.ts';
import { closed, dueText } from '../../domain/followups/rules.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { pickFollowup, refuseUnlessOpenFor } from '../../parsing/resolve-followup.ts';
import { askScope } from './ask-scope.ts';
import { changeOpen } from './change.ts';
import { finish } from './finish.ts';
import { skip } from './skip.ts';

/** It is done. */
export const closeAsDone = defineCommand({
  name: 'followup done',
  summary: 'Say that a follow-up is done',
  examples: ['followup done garden plan'],
  ...changesOne,
  async run({ args, member, raw, receipt }, deps): Promise<Reply> {
    const row = await pickFollowup(args.which, 'followup done', { member, raw }, deps);
    const { next, last } = await finish(row.id, member, deps);
    const buttons = [undoButton(receipt)];
    if (row.partner) {
      const logArgs = { with: `#${row.partner}`, form: 'yes' };
      buttons.unshift({ label: 'Log the contact', command: 'log', args: logArgs });
    }
    const after = next?.byDay
      ? rich` The next is due ${dueText({ day: next.byDay, at: next.at })}.`
      : last && ' That was the last of them.';
    return {
      text: rich`Done, thank you: ${bold(row.title)}.${after}`,
      card: [{ kind: 'buttons', buttons }],
    };
  },
});

/** It will not be done. Of a series: just this one, or none any more. */
export const closeAsCancelled = defineCommand({
  name: 'followup cancel',
  summary: 'Take a follow-up off the list without doing it',
  examples: ['followup cancel garden plan'],
  ...changesOne,
  args: { which, scope },
  async run({ args, member, raw, now, receipt }, deps): Promise<Reply> {
    const row = await pickFollowup(args.which, 'followup cancel', { member, raw }, deps);
    if (row.series) {
      refuseUnlessOpenFor(row, member, deps.directory);
      if (!args.scope) {
        throw askScope(
          rich`${bold(row.title)} repeats. What shall I take off the list?`,
          { command: 'followup cancel', row, raw, all: 'The whole series' },
          deps,
        );
      }
      if (args.scope === 'one') return skip(row, { member, receipt }, deps);
    }
    await changeOpen(row.id, member, deps, (open) => closed(open, 'cancelled', now));
    const whole = row.series && rich` It will not come again.`;
    return {
      text: rich`Taken off the list: ${bold(row.title)}.${whole}`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});
