import { undoButton } from '../../cards/changed-reply.ts';
import { by, changesOne, which } from '../../cards/followup-args.ts';
import { defineCommand } from '../../command/command.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { dueAt, dueText, movedTo, refusePast } from '../../domain/followups/rules.ts';
import { ownerZone } from '../../domain/followups/series.ts';
import type { RawArgs } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { pickFollowup, refuseUnlessOpenFor } from '../../parsing/resolve-followup.ts';
import { changeOpen } from './change.ts';

/** Comes back to it at another time. Without one it offers those that fit most days. */
export const putOff = defineCommand({
  name: 'followup later',
  summary: 'Put a follow-up off',
  examples: ['followup later garden plan by:"next week"'],
  ...changesOne,
  args: {
    which: { kind: 'text', needed: true, summary: which.summary },
    by: { ...by, ask: 'When shall I come back to it?' },
  },
  async run({ args, member, raw, now, today, receipt }, deps): Promise<Reply> {
    const row = await pickFollowup(args.which, 'followup later', { member, raw }, deps);
    refuseUnlessOpenFor(row, member, deps.directory);
    if (!args.by) return whenLater(row, raw);
    const { by } = args;
    const moved = await changeOpen(row.id, member, deps, (open) => {
      const due = movedTo(open, by, ownerZone(open.who, deps));
      refusePast(due, now, today);
      // Twenty minutes later is no clock time of its own, nor is the next minute after a gap.
      const clock = by.at && !by.fromNow ? by.at : open.clock;
      return { ...open, ...dueAt(due), clock };
    });
    if (moved.at) deps.wake();
    return {
      text: rich`Put off: ${bold(row.title)}, now by ${moved.byDay && dueText({ day: moved.byDay, at: moved.at })}.`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});

/** The ways to put it off that fit most days, and a date for all others. */
function whenLater(row: Followup, raw: RawArgs): Reply {
  const swap = { which: `#${row.id}`, ...(raw.swap ? { swap: raw.swap } : {}) };
  const choice = (label: string, when: string) => ({
    label,
    command: 'followup later',
    args: { ...swap, by: when },
  });
  const aDate = { label: 'A date…', command: 'followup later', args: { ...swap, form: 'yes' } };
  return {
    text: rich`When shall I come back to ${bold(row.title)}?`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          choice('In 20 minutes', 'in 20 minutes'),
          choice('Tomorrow', 'tomorrow'),
          choice('Next week', 'in 1 week'),
          aDate,
        ],
      },
    ],
  };
}
