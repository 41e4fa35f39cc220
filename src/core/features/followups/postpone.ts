import { by, changesOneFollowup, which } from '../../cards/followup-args.ts';
import { mentionAnswer } from '../../cards/promise-text.ts';
import { undoButton } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { dueAt, dueText, keepingClockTime, refusePast } from '../../domain/followups/rules.ts';
import { ownerZone } from '../../domain/followups/series.ts';
import { FORM, type RawArgs, REPLACE } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import {
  assertCanChange,
  followupOfForm,
  resolveFollowup,
} from '../../parsing/resolve-followup.ts';
import { changeOpenFollowup } from './change-followup.ts';

/** Moves a follow-up to another time. Without a time it offers the usual ones. */
export const postponeFollowup = defineCommand({
  name: 'followup later',
  title: 'Put a follow-up off',
  submit: 'Put it off',
  summary: 'Put a follow-up off',
  examples: ['followup later garden plan by:"next week"'],
  ...changesOneFollowup,
  args: {
    which,
    by: { ...by, ask: 'When shall I come back to it?' },
  },
  async prefill(raw, deps) {
    await followupOfForm(raw, deps);
    return {};
  },
  async run({ args, member, raw, now, today, receipt }, deps): Promise<Reply> {
    const row = await resolveFollowup(args.which, 'followup later', { member, raw }, deps);
    assertCanChange(row, member, deps);
    if (!args.by) return askWhen(row, raw);
    const { by } = args;
    const moved = await changeOpenFollowup(row.id, member, deps, (open) => {
      const due = keepingClockTime(open, by, ownerZone(open.who, deps));
      refusePast(due, now, today);
      // "In 20 minutes" is not a clock time to keep for other days.
      const clockTime = by.at && !by.fromNow ? by.at : open.clockTime;
      return { ...open, ...dueAt(due), clockTime };
    });
    if (moved.at) deps.wake();
    const next = moved.who === member.id ? await mentionAnswer(moved, deps) : undefined;
    const isSooner = moved.dueDay !== null && row.dueDay !== null && moved.dueDay < row.dueDay;
    return {
      text: rich`${isSooner ? 'Brought forward' : 'Put off'}: ${bold(row.title)}, now by ${moved.dueDay && dueText({ day: moved.dueDay, at: moved.at })}.${next && rich` ${next.text}`}`,
      card: [{ kind: 'buttons', buttons: [...(next?.buttons ?? []), undoButton(receipt)] }],
    };
  },
});

/** Asks for the time, with buttons for the usual ones. */
function askWhen(row: Followup, raw: RawArgs): Reply {
  const carried = { which: `#${row.id}`, ...(raw[REPLACE] ? { [REPLACE]: raw[REPLACE] } : {}) };
  const choice = (label: string, when: string) => ({
    label,
    command: 'followup later',
    args: { ...carried, by: when },
  });
  const aDate = {
    label: 'A date…',
    command: 'followup later',
    args: { ...carried, [FORM]: 'yes' },
  };
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
