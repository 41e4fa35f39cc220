import { cut } from '../../base/cut.ts';
import { idIn } from '../../base/id.ts';
import { changedReply } from '../../cards/changed-reply.ts';
import { defineCommand } from '../../command/command.ts';
import type { Directory, PartnerName } from '../../domain/directory/directory.ts';
import { partners } from '../../domain/partners/partner.ts';
import { withQuiet } from '../../domain/partners/rules.ts';
import { ONCE } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { Question, UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { partnerButtons } from './cards.ts';
import { quietText } from './facts.ts';
import { holderOf } from './names.ts';
import { searchPartners } from './search.ts';

/** How many are offered when the name is not quite one. */
const MOST_OFFERED = 5;

/** Brings a partner back from the archive, with all that is known of it. */
export const restorePartner = defineCommand({
  name: 'partner restore',
  summary: 'Bring a partner back from the archive',
  examples: ['partner restore campaign for better transport'],
  // Archived partners have no place in the `partner` kind, so it is a text.
  args: {
    name: { kind: 'text', needed: true, summary: 'Its name', ask: 'Which partner?' },
  },
  words: ['name'],
  audience: 'actor',
  guard: 'keep the register',
  writes: true,
  async run({ args, today, receipt }, deps): Promise<Reply> {
    const { id } = pickArchived(args.name, receipt, deps.directory);
    const restored = await updateWithRetry(deps.store.of(partners), id, (row) =>
      withQuiet({ ...row, archived: false }, deps.partnership),
    );
    if (!restored) throw new UserError('That partner is gone. See the rest with partner list.');
    await deps.namesChanged();
    return changedReply(
      rich`${bold(restored.name)} is back. ${quietText(restored, today)}`,
      receipt,
      partnerButtons(restored),
    );
  },
});

/**
 * The archived partner that is meant: by a button's `#id`, or by its whole name.
 * @throws Question when the name is not quite one; UserError when nothing is like it.
 */
function pickArchived(text: string, once: string, { partners: all }: Directory): PartnerName {
  const archived = all.filter((partner) => partner.archived);
  const named = archived.find(({ id }) => id === idIn(text)) ?? holderOf(text, archived);
  if (named) return named;
  const standing = all.find(({ id }) => id === idIn(text)) ?? holderOf(text, all);
  if (standing)
    throw new UserError(rich`${bold(standing.name)} is not in the archive: it is here.`);
  const near = searchPartners(text, archived).slice(0, MOST_OFFERED);
  if (near.length === 0) {
    throw new UserError(
      rich`I find nobody like "${cut(text)}" in the archive. See it with partner list archived:yes.`,
      'name',
    );
  }
  const buttons = near.map(({ id, name }) => ({
    label: name,
    command: 'partner restore',
    args: { name: `#${id}`, [ONCE]: once },
  }));
  const cancel = { label: 'Cancel', command: 'cancel', args: {} };
  throw new Question({
    text: rich`Which one shall I bring back?`,
    card: [{ kind: 'buttons', buttons: [...buttons, cancel] }],
  });
}
