import { idIn } from '../../base/id.ts';
import { undoButton } from '../../cards/changed-reply.ts';
import { by, changesOne, repeat, scope, until, which } from '../../cards/followup-args.ts';
import { repeatsText } from '../../cards/followup-row.ts';
import { promiseText } from '../../cards/promise-text.ts';
import { defineCommand } from '../../command/command.ts';
import { followups } from '../../domain/followups/followup.ts';
import { repeatText } from '../../domain/followups/repeat-text.ts';
import { refusePast } from '../../domain/followups/rules.ts';
import type { RawArgs } from '../../message/invocation.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { pickFollowup, refuseUnlessOpenFor } from '../../parsing/resolve-followup.ts';
import { askScope } from './ask-scope.ts';
import { changeOpen } from './change.ts';
import { differing, type Edit, edited, isOfRule } from './edited.ts';

/** Puts right what was promised, with whom, by when, or how often. */
export const editFollowup = defineCommand({
  name: 'followup edit',
  summary: 'Change a follow-up',
  examples: ['followup edit garden plan by:"14 Dec"', 'followup edit bins repeat:"every friday"'],
  ...changesOne,
  args: {
    which: { kind: 'text', needed: true, summary: which.summary },
    next: { kind: 'text', summary: 'What was promised', ask: 'What was promised?' },
    with: { kind: 'partner', clearable: true, summary: 'The partner it is for', ask: 'Who with?' },
    by: { ...by, clearable: true, summary: 'When it is due; none takes its clock time away' },
    repeat: { ...repeat, clearable: true, ask: 'How often does it come again?' },
    until: { ...until, clearable: true },
    scope,
  },
  async prefill(raw, { store, directory }): Promise<RawArgs> {
    const id = idIn(raw.which);
    const row = id ? await store.of(followups).get(id) : undefined;
    if (!row) return {};
    const partner = row.partner ? directory.partner(row.partner)?.name : '';
    return {
      next: row.title,
      with: partner ?? '',
      by: row.at ? '' : (row.byDay ?? ''),
      repeat: row.series ? repeatText(row.series.repeat) : '',
    };
  },
  async run({ args, member, raw, now, today, receipt }, deps): Promise<Reply> {
    const row = await pickFollowup(args.which, 'followup edit', { member, raw }, deps);
    refuseUnlessOpenFor(row, member, deps.directory);
    const edit: Edit = differing(row, {
      ...(args.next !== undefined && { title: args.next }),
      ...(args.with !== undefined && { partner: args.with?.id ?? null }),
      ...(args.by !== undefined && { due: args.by }),
      ...(args.repeat !== undefined && { repeat: args.repeat }),
      ...(args.until !== undefined && { until: args.until?.day ?? null }),
    });
    if (Object.keys(edit).length === 0) {
      return { text: rich`${bold(row.title)} is as it was. What shall be different?` };
    }
    if (edit.due) refusePast(edit.due, now, today);
    const all = isOfRule(edit) || args.scope === 'all';
    if (row.series && !all && !args.scope) {
      const asked = { command: 'followup edit', row, raw, all: 'This and all that follow' };
      throw askScope(rich`${bold(row.title)} repeats. What is the change for?`, asked, deps);
    }
    const changed = await changeOpen(row.id, member, deps, (open) => ({
      ...edited(open, edit, all, deps),
      // What was asked is not what it is now.
      asked: null,
      askedBy: null,
    }));
    if (changed.at) deps.wake();
    const owner = deps.directory.member(changed.who ?? '');
    const asked = row.asked ? deps.directory.member(row.asked) : undefined;
    const again: Button[] = asked?.active
      ? [
          {
            label: `Ask ${asked.name} again`,
            command: 'followup ask',
            args: { which: `#${row.id}`, who: `#${asked.id}` },
          },
        ]
      : [];
    const keptTime = edit.due && !edit.due.at && changed.at && !edit.repeat;
    const timed = keptTime && ' It keeps its clock time; by:none takes that away.';
    const withdrawn = asked && rich` My question to ${asked.name} no longer stands.`;
    return {
      text: rich`Changed. ${promiseText(changed, owner, member)}${repeatsText(changed, today)}${timed}${withdrawn}`,
      card: [{ kind: 'buttons', buttons: [...again, undoButton(receipt)] }],
    };
  },
});
