import { defineCommand } from '../../command.ts';
import type { Reply } from '../../reply.ts';
import { bold, rich } from '../../rich-text.ts';
import { undoButton } from '../interactions/cards.ts';
import { changeOpen } from './change.ts';
import { pickFollowup } from './pick.ts';
import { which } from './shared-args.ts';
import type { Followup } from './store.ts';

/** It is done. */
export const closeAsDone = defineCommand({
  name: 'followup done',
  summary: 'Say that a follow-up is done',
  examples: ['followup done garden plan'],
  args: { which },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, raw, now, receipt }, deps): Promise<Reply> {
    const row = await pickFollowup(args.which, 'followup done', { member, raw }, deps);
    await changeOpen(row.id, member, deps, (open) => closed(open, 'done', now));
    const buttons = [undoButton(receipt)];
    if (row.partner) {
      const logArgs = { with: `#${row.partner}`, form: 'yes' };
      buttons.unshift({ label: 'Log the contact', command: 'log', args: logArgs });
    }
    return {
      text: rich`Done, thank you: ${bold(row.title)}.`,
      card: [{ kind: 'buttons', buttons }],
    };
  },
});

/** It will not be done. */
export const closeAsCancelled = defineCommand({
  name: 'followup cancel',
  summary: 'Take a follow-up off the list without doing it',
  examples: ['followup cancel garden plan'],
  args: { which },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, raw, now, receipt }, deps): Promise<Reply> {
    const row = await pickFollowup(args.which, 'followup cancel', { member, raw }, deps);
    await changeOpen(row.id, member, deps, (open) => closed(open, 'cancelled', now));
    return {
      text: rich`Taken off the list: ${bold(row.title)}.`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});

function closed(row: Followup, state: 'done' | 'cancelled', now: Date): Followup {
  return { ...row, state, closedAt: now, asked: null, askedBy: null, sweepAt: null, claim: null };
}
