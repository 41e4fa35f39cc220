import { defineCommand } from '../../command.ts';
import { idIn } from '../../id.ts';
import type { RawArgs } from '../../invocation.ts';
import type { Reply } from '../../reply.ts';
import { rich } from '../../rich-text.ts';
import { promiseText, undoButton } from '../interactions/cards.ts';
import { changeOpen } from './change.ts';
import { pickFollowup } from './pick.ts';
import { dueAt, refusePast } from './rules.ts';
import { by, which } from './shared-args.ts';
import { followups } from './store.ts';

/** Puts right what was promised, with whom, or by when. */
export const editFollowup = defineCommand({
  name: 'followup edit',
  summary: 'Change a follow-up',
  examples: ['followup edit garden plan by:"14 Dec"'],
  args: {
    which: { kind: 'text', needed: true, summary: which.summary },
    next: { kind: 'text', summary: 'What was promised', ask: 'What was promised?' },
    with: { kind: 'partner', clearable: true, summary: 'The partner it is for', ask: 'Who with?' },
    by,
  },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async prefill(raw, { store, directory }): Promise<RawArgs> {
    const row = await store.of(followups).get(idIn(raw.which));
    if (!row) return {};
    const partner = row.partner ? directory.partner(row.partner)?.name : '';
    return { next: row.title, with: partner ?? '', by: row.at ? '' : (row.byDay ?? '') };
  },
  async run({ args, member, raw, now, today, receipt }, deps): Promise<Reply> {
    const row = await pickFollowup(args.which, 'followup edit', { member, raw }, deps);
    const { by: due, next } = args;
    const moved = due && (due.day !== row.byDay || due.at !== undefined);
    if (due && moved) refusePast(due, now, today);
    const partner = args.with === undefined ? {} : { partner: args.with?.id ?? null };
    const changed = await changeOpen(row.id, member, deps, (open) => ({
      ...open,
      title: next ?? open.title,
      ...partner,
      ...(due && moved ? dueAt(due) : {}),
    }));
    if (changed.at) deps.wake();
    const owner = deps.directory.member(changed.who ?? '');
    return {
      text: rich`Changed. ${promiseText(changed, owner, member)}`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});
