import { changedReply } from '../../cards/changed-reply.ts';
import * as shared from '../../cards/partner-args.ts';
import { defineCommand } from '../../command/command.ts';
import { followups } from '../../domain/followups/followup.ts';
import { partners } from '../../domain/partners/partner.ts';
import { withQuiet } from '../../domain/partners/rules.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';

/** Puts a partner aside. Nothing is lost: its story stays, and it can come back. */
export const archivePartner = defineCommand({
  name: 'partner archive',
  summary: 'Put a partner in the archive; its story is kept',
  examples: ['partner archive campaign for better transport'],
  args: { with: shared.partner },
  words: ['with'],
  audience: 'actor',
  guard: 'keep the register',
  writes: true,
  async run({ args, receipt }, deps): Promise<Reply> {
    const { store, partnership } = deps;
    const { id, name } = args.with;
    const archived = await updateWithRetry(store.of(partners), id, (row) =>
      withQuiet({ ...row, archived: true }, partnership),
    );
    if (!archived) throw new UserError('That partner is gone. See who is here with partner list.');
    await deps.namesChanged();
    const where = { partner: id, state: 'open' as const };
    const open = await store.of(followups).count({ index: 'byPartner', where });
    const still =
      open === 1 ? ' 1 follow-up is still open.' : ` ${open} follow-ups are still open.`;
    return changedReply(
      rich`${bold(name)} is in the archive: nobody will be reminded to be in touch.${open > 0 && still} Bring it back any time with partner restore.`,
      receipt,
    );
  },
});
