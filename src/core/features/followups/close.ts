import { changesOneFollowup, scope, which } from '../../cards/followup-args.ts';
import { undoButton } from '../../cards/undo-button.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { closed, dueText } from '../../domain/followups/rules.ts';
import { skippedToNext, successor } from '../../domain/followups/series.ts';
import type { Member } from '../../domain/members/member.ts';
import { FORM } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, commandText, day, rich } from '../../message/rich-text.ts';
import { StateError, UserError } from '../../message/user-error.ts';
import { assertCanChange, resolveFollowup } from '../../parsing/resolve-followup.ts';
import { insertOnce, updateWithRetry } from '../../ports/store.ts';
import { askScope, changeOpenFollowup } from './change-followup.ts';

/** Closes a follow-up as done. */
export const markDone = defineCommand({
  name: 'followup done',
  title: 'Tick off a follow-up',
  submit: 'Done',
  summary: 'Say that a follow-up is done',
  phrases: [
    'done …',
    'i have done …',
    'finished …',
    'completed …',
    'tick off …',
    'done',
    'finished',
    'all done',
    'that is done',
    'i have done it',
    'i did it',
  ],
  examples: ['followup done garden plan'],
  ...changesOneFollowup,
  async run({ args, member, raw, receipt }, deps): Promise<Reply> {
    const row = await resolveFollowup(args.which, 'followup done', { member, raw }, deps);
    const { next, last } = await finishFollowup(row.id, member, deps);
    const buttons = [undoButton(receipt)];
    if (row.partner) {
      const logArgs = { with: `#${row.partner}`, [FORM]: 'yes' };
      buttons.unshift({ label: 'Log the contact', command: 'log', args: logArgs });
    }
    const after = next?.dueDay
      ? rich` The next one is due ${dueText({ day: next.dueDay, at: next.at })}.`
      : last && ' That was the last one.';
    return {
      text: rich`Done, thank you: ${bold(row.title)}.${after}`,
      card: [{ kind: 'buttons', buttons }],
    };
  },
});

/** Takes a follow-up off the list without doing it. Of a series, only this one or all. */
export const cancelFollowup = defineCommand({
  name: 'followup cancel',
  title: 'Take it off the list',
  submit: 'Take it off',
  summary: 'Take a follow-up off the list without doing it',
  phrases: [
    'cancel …',
    'cancel my reminder to …',
    'cancel my reminder about …',
    'cancel the reminder to …',
    'cancel the reminder about …',
  ],
  examples: ['followup cancel garden plan'],
  ...changesOneFollowup,
  args: { which, scope },
  async run({ args, member, raw, now, receipt }, deps): Promise<Reply> {
    const row = await resolveFollowup(args.which, 'followup cancel', { member, raw }, deps);
    if (row.series) {
      assertCanChange(row, member, deps);
      if (!args.scope) {
        throw askScope(
          rich`${bold(row.title)} repeats. What shall I take off the list?`,
          { command: 'followup cancel', row, raw, all: 'The whole series' },
          deps,
        );
      }
      if (args.scope === 'one') return skipToNext(row, { member, receipt }, deps);
    }
    await changeOpenFollowup(row.id, member, deps, (open) =>
      closed(open, 'cancelled', { now, by: member.id }),
    );
    const whole = row.series && rich` It will not come again.`;
    return {
      text: rich`Taken off the list: ${bold(row.title)}.${whole}`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});

/**
 * Closes an open follow-up as done, and adds the next of its series.
 * @returns the next one. `last`: true if this was the last of a series.
 * @throws UserError if the member may not close it, if it is closed, or while its reminder is being sent.
 */
async function finishFollowup(
  id: string,
  member: Member,
  deps: Deps,
): Promise<{ next: Followup | undefined; last: boolean }> {
  const rows = deps.store.of(followups);
  const row = await updateWithRetry(rows, id, (open) => {
    assertCanChange(open, member, deps);
    return closed(open, 'done', { now: deps.now, by: member.id });
  });
  if (!row)
    throw new StateError(
      rich`I no longer have that follow-up. See what is open with ${commandText('followup list')}.`,
    );
  const coming = successor(row, deps);
  const next = coming && (await insertOnce(rows, coming));
  if (next?.at) deps.wake();
  return { next, last: row.series !== null && !next };
}

/** Skips the next follow-up of a series. */
export const skipNext = defineCommand({
  name: 'followup skip',
  title: 'Skip the next one',
  submit: 'Skip it',
  summary: 'Skip the next one of a follow-up that repeats',
  examples: ['followup skip bins'],
  ...changesOneFollowup,
  args: { which: { ...which, of: 'repeating' } },
  async run({ args, member, raw, receipt }, deps): Promise<Reply> {
    const row = await resolveFollowup(args.which, 'followup skip', { member, raw }, deps);
    return skipToNext(row, { member, receipt }, deps);
  },
});

/**
 * Moves an open follow-up to the next day of its series, or takes the last one off the list.
 * @throws UserError if it does not repeat.
 */
async function skipToNext(
  row: Followup,
  { member, receipt }: Pick<Call, 'member' | 'receipt'>,
  deps: Deps,
): Promise<Reply> {
  const moved = await changeOpenFollowup(row.id, member, deps, (open) => {
    if (!open.series) {
      throw new UserError(
        rich`${bold(open.title)} doesn't repeat. Put it off with ${commandText('followup later')}, or take it off the list with ${commandText('followup cancel')}.`,
      );
    }
    return skippedToNext(open, deps) ?? closed(open, 'cancelled', { now: deps.now, by: member.id });
  });
  if (moved.at) deps.wake();
  const left = row.series && rich` on ${day(row.series.day)}`;
  const next =
    moved.state === 'open' && moved.dueDay
      ? rich`The next one is due ${dueText({ day: moved.dueDay, at: moved.at })}.`
      : rich`That was the last one.`;
  return {
    text: rich`Skipped: ${bold(row.title)}${left}. ${next}`,
    card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
  };
}
