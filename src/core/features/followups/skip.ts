import { undoButton } from '../../cards/changed-reply.ts';
import { changesOne } from '../../cards/followup-args.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { closed, dueText } from '../../domain/followups/rules.ts';
import { skipped } from '../../domain/followups/series.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, day, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { pickFollowup } from '../../parsing/resolve-followup.ts';
import { changeOpen } from './change.ts';

/** Leaves the next one of a series out. */
export const skipNext = defineCommand({
  name: 'followup skip',
  summary: 'Leave out the next one of a follow-up that repeats',
  examples: ['followup skip bins'],
  ...changesOne,
  async run({ args, member, raw, receipt }, deps): Promise<Reply> {
    const row = await pickFollowup(args.which, 'followup skip', { member, raw }, deps);
    return skip(row, { member, receipt }, deps);
  },
});

/**
 * Moves an open follow-up on to the next day of its rule; the last one is taken off the list.
 * @throws UserError when it does not repeat.
 */
export async function skip(
  row: Followup,
  { member, receipt }: Pick<Call, 'member' | 'receipt'>,
  deps: Deps,
): Promise<Reply> {
  const moved = await changeOpen(row.id, member, deps, (open) => {
    if (!open.series) {
      throw new UserError(
        rich`${bold(open.title)} comes only once. Put it off with followup later, or take it off the list with followup cancel.`,
      );
    }
    return skipped(open, deps) ?? closed(open, 'cancelled', deps.now);
  });
  if (moved.at) deps.wake();
  const left = row.series && rich` on ${day(row.series.day)}`;
  const next =
    moved.state === 'open' && moved.byDay
      ? rich`The next is due ${dueText({ day: moved.byDay, at: moved.at })}.`
      : rich`That was the last of them.`;
  return {
    text: rich`Skipped: ${bold(row.title)}${left}. ${next}`,
    card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
  };
}
