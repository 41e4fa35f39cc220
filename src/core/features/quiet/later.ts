import { nextNudgeText } from '../../cards/nudge-text.ts';
import { partner } from '../../cards/partner-args.ts';
import { replyWithUndo } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import type { Day } from '../../dates/day.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { FORM, REPLACE } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, commandText, day, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';

/** Puts off the next nudge about a quiet partner. It still counts as quiet until somebody speaks with them. */
export const later = defineCommand({
  name: 'quiet later',
  title: 'Ask me again later',
  summary: 'Ask about a quiet partner again another time',
  examples: ['quiet later oakfield school by:"in 2 weeks"'],
  args: {
    with: partner,
    by: {
      kind: 'date',
      tense: 'future',
      summary: 'When to ask again',
      ask: 'When shall I ask again?',
      hint: 'For example friday, or in 2 weeks',
    },
  },
  words: ['with'],
  audience: 'actor',
  guard: 'keep partners',
  writes: true,
  async run({ args, member, today, receipt }, deps): Promise<Reply> {
    const { by } = args;
    if (!by) return askWhen(args.with);
    const later = await updateWithRetry(deps.store.of(partners), args.with.id, (row) =>
      withNudgeOn(row, by.day, today),
    );
    if (!later)
      throw new UserError(
        rich`I no longer have that partner. For the quiet ones, type ${commandText('quiet')}.`,
      );
    const next = await nextNudgeText(later, member, deps);
    const again = next
      ? rich`I'll ask about ${bold(later.name)} again ${next}; until then it still shows as quiet.`
      : rich`I've put ${bold(later.name)} off until ${day(by.day)}, but nobody gets a brief that would mention it then. It still shows as quiet.`;
    return replyWithUndo(again, receipt);
  },
});

/** Asks for the day, with buttons for the usual ones. */
function askWhen(partner: { id: string; name: string }): Reply {
  const which = { with: `#${partner.id}` };
  const choice = (label: string, args: Record<string, string>): Button => ({
    label,
    command: 'quiet later',
    args: { ...which, ...args, [REPLACE]: 'yes' },
  });
  return {
    text: rich`When shall I ask about ${bold(partner.name)} again? Until then it still shows as quiet.`,
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

/**
 * The partner with its next nudge put off. It still counts as quiet.
 * @throws UserError if there would be no nudge before that day anyway.
 */
export function withNudgeOn(partner: Partner, until: Day, today: Day): Partner {
  const { name, quietOn } = partner;
  if (quietOn === null)
    throw new UserError(
      rich`I don't expect contact with ${bold(name)}, so there is nothing to put off.`,
    );
  if (until <= today)
    throw new UserError(rich`${day(until)} isn't in the future. When shall I ask again?`, 'by');
  if (until < quietOn)
    throw new UserError(
      rich`${bold(name)} goes quiet on ${day(quietOn)} at the earliest, so I wouldn't ask before then anyway.`,
      'by',
    );
  return { ...partner, nudgeOn: until, putOffUntil: until };
}
