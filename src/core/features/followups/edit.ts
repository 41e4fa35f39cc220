import { assignFollowup } from '../../cards/assign.ts';
import {
  by,
  changesOneFollowup,
  repeat,
  scope,
  until,
  which,
  who,
} from '../../cards/followup-args.ts';
import { repeatSentence } from '../../cards/followup-row.ts';
import { interestSentence } from '../../cards/interest-text.ts';
import { promiseAnswer } from '../../cards/promise-text.ts';
import { undoButton } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import { typedWhen } from '../../dates/when.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { repeatText } from '../../domain/followups/repeat-text.ts';
import { ownersFor, refusePast, refuseWhoCannotRead } from '../../domain/followups/rules.ts';
import type { RawArgs } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import {
  assertCanChange,
  followupOfForm,
  resolveFollowup,
} from '../../parsing/resolve-followup.ts';
import { applyEdit, changesRepeat, type FollowupEdit, onlyChanges } from './apply-edit.ts';
import { askScope, changeOpenFollowup } from './change-followup.ts';
import { suggestRepeats } from './start-series.ts';

/** Changes the title, partner, due time or repeat of a follow-up. */
export const editFollowup = defineCommand({
  name: 'followup edit',
  title: 'Change a follow-up',
  summary: 'Change a follow-up',
  examples: ['followup edit garden plan by:"14 Dec"', 'followup edit bins repeat:"every friday"'],
  ...changesOneFollowup,
  args: {
    which: { kind: 'followup', needed: true, summary: which.summary },
    next: {
      kind: 'text',
      summary: 'What was promised',
      ask: 'What was promised?',
      hint: '',
      emptied: rich`What was promised? To take it off the list, use ${commandText('followup cancel')}.`,
    },
    with: {
      kind: 'partner',
      clearable: true,
      summary: 'The partner it is for',
      ask: 'Who with?',
      hint: '',
    },
    by: {
      ...by,
      clearable: true,
      summary: 'For example friday, 14 Dec, or tomorrow 3pm; none removes the clock time',
    },
    repeat: {
      ...repeat,
      clearable: true,
      ask: 'How often does it repeat?',
      hint: 'For example "every monday", or "monthly on the 15th at 9am"',
    },
    who: { ...who, summary: 'Who will do it', hint: '', emptied: 'Who will do it?' },
    until: { ...until, clearable: true },
    scope,
  },
  suggest: { repeat: suggestRepeats },
  async prefill(raw, { zone, ...deps }): Promise<RawArgs> {
    const { directory } = deps;
    const row = await followupOfForm(raw, deps);
    if (!row) return {};
    const partner = row.partner ? directory.partner(row.partner)?.name : '';
    const owner = directory.member(row.who ?? '');
    return {
      next: row.title,
      with: partner ?? '',
      by: typedWhen({ day: row.dueDay ?? '', ...(row.at && { at: row.at }) }, zone),
      repeat: row.series ? repeatText(row.series.repeat) : '',
      who: owner?.active ? `#${owner.id}` : '',
    };
  },
  async run({ args, member, raw, now, today, receipt }, deps): Promise<Reply> {
    const row = await resolveFollowup(args.which, 'followup edit', { member, raw }, deps);
    assertCanChange(row, member, deps);
    const edit: FollowupEdit = onlyChanges(row, {
      ...(args.next !== undefined && { title: args.next }),
      ...(args.with !== undefined && { partner: args.with?.id ?? null }),
      ...(args.by !== undefined && { due: args.by }),
      ...(args.repeat !== undefined && { repeat: args.repeat }),
      ...(args.until !== undefined && { until: args.until?.day ?? null }),
    });
    const owner = deps.directory.member(row.who ?? '');
    const isOther = args.who !== undefined && args.who.id !== owner?.id;
    const given = isOther ? args.who : undefined;
    refuseWhoCannotRead(given, row, deps.directory);
    if (raw.by === '' && row.at === null)
      throw new UserError('When is it due? A follow-up needs a day.', 'by');
    const hasEdit = Object.keys(edit).length > 0;
    if (!hasEdit && (!given || given.id === row.asked)) {
      return { text: rich`Nothing is different about ${bold(row.title)}. What shall I change?` };
    }
    if (edit.due) refusePast(edit.due, now, today);
    const all = changesRepeat(edit) || args.scope === 'all';
    if (row.series && hasEdit && !all && !args.scope) {
      const asked = { command: 'followup edit', row, raw, all: 'This and all that follow' };
      throw askScope(rich`${bold(row.title)} repeats. Which ones shall I change?`, asked, deps);
    }
    const changed = await changeOpenFollowup(row.id, member, deps, (open) => ({
      ...applyEdit(open, edit, all, deps),
      // The request was about something else.
      asked: null,
      askedBy: null,
      ...(given && ownersAfter(open, ownersFor(member, given, deps.directory))),
    }));
    if (changed.at) deps.wake();
    const assigned = given && (await assignFollowup(changed, member, deps));
    const declared = await interestSentence(given, changed.partner, deps);
    const promised = await promiseAnswer(changed, member, deps, assigned);
    const asked = row.asked ? deps.directory.member(row.asked) : undefined;
    const again: Button[] =
      asked?.active && !given
        ? [
            {
              label: `Ask ${asked.name} again`,
              command: 'followup ask',
              args: { which: `#${row.id}`, who: `#${asked.id}` },
            },
          ]
        : [];
    const keptTime = edit.due && !edit.due.at && changed.at && !edit.repeat;
    const timed = keptTime && ' It keeps its clock time; by:none removes it.';
    const withdrawn = asked && rich` I've withdrawn my question to ${asked.name}.`;
    return {
      text: rich`Changed. ${promised.text}${repeatSentence(changed, today)}${timed}${withdrawn}${declared}`,
      card: [{ kind: 'buttons', buttons: [...promised.buttons, ...again, undoButton(receipt)] }],
    };
  },
});

/** The owner after somebody was named. If they are only asked, the owner stays the same until they say yes. */
function ownersAfter(
  { who }: Followup,
  owners: Pick<Followup, 'who' | 'asked' | 'askedBy'>,
): Partial<Followup> {
  return owners.asked ? { ...owners, who } : { ...owners, escalateOn: null };
}
