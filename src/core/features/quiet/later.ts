import { changedReply } from '../../cards/changed-reply.ts';
import { partner } from '../../cards/partner-args.ts';
import { defineCommand } from '../../command/command.ts';
import { partners } from '../../domain/partners/partner.ts';
import { FORM, REPLACE } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, day, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { putOff } from './rules.ts';

/** Puts the next nudge about a quiet partner off. Only a real contact makes it quiet no longer. */
export const later = defineCommand({
  name: 'quiet later',
  summary: 'Ask about a quiet partner again another time',
  examples: ['quiet later oakfield school by:"in 2 weeks"'],
  args: {
    with: partner,
    by: {
      kind: 'date',
      tense: 'future',
      summary: 'When to ask again',
      ask: 'When shall I ask again?',
    },
  },
  words: ['with'],
  audience: 'actor',
  guard: 'keep partners',
  writes: true,
  async run({ args, today, receipt }, { store }): Promise<Reply> {
    const { by } = args;
    if (!by) return untilWhen(args.with);
    const later = await updateWithRetry(store.of(partners), args.with.id, (row) =>
      putOff(row, by.day, today),
    );
    if (!later) throw new UserError('That partner is gone. See who is quiet with quiet.');
    return changedReply(
      rich`I'll ask about ${bold(later.name)} again on ${day(by.day)}. It counts as quiet all the same.`,
      receipt,
    );
  },
});

/** Asks until when, with the answers that fit most days. */
function untilWhen(partner: { id: string; name: string }): Reply {
  const which = { with: `#${partner.id}` };
  const choice = (label: string, args: Record<string, string>): Button => ({
    label,
    command: 'quiet later',
    args: { ...which, ...args, [REPLACE]: 'yes' },
  });
  return {
    text: rich`When shall I ask about ${bold(partner.name)} again? It counts as quiet all the same.`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          choice('Next week', { by: 'in 1 week' }),
          choice('In a month', { by: 'in 1 month' }),
          choice('A date…', { [FORM]: 'yes' }),
        ],
      },
    ],
  };
}
