import { idFromReference } from '../../base/id.ts';
import { quoteShort } from '../../base/text.ts';
import { takeApartButton } from '../../cards/merge-buttons.ts';
import * as shared from '../../cards/partner-args.ts';
import { storyButton } from '../../cards/partner-buttons.ts';
import { quietText } from '../../cards/partner-facts.ts';
import { replyWithUndo } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import type { Directory, PartnerName } from '../../domain/directory/directory.ts';
import { followups } from '../../domain/followups/followup.ts';
import { takeApartUntil } from '../../domain/partner-merge/take-apart.ts';
import { MAX_PARTNER_NAME_LENGTH, partners } from '../../domain/partners/partner.ts';
import { withQuiet } from '../../domain/partners/rules.ts';
import { ONCE } from '../../message/invocation.ts';
import { cancelButton, type Reply } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { Question, questionWith, UserError } from '../../message/user-error.ts';
import { nameKey } from '../../names/name-words.ts';
import { completeNames, searchNames } from '../../names/search.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { partnerButtons } from './cards.ts';
import { holderOf } from './names.ts';

/** Puts a partner in the archive. Its story is kept, and it can come back. */
export const archivePartner = defineCommand({
  name: 'partner archive',
  title: 'Archive a partner',
  submit: 'Archive',
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
    if (!archived)
      throw new UserError(
        rich`I no longer have that partner. See the others with ${commandText('partner list')}.`,
      );
    await deps.namesChanged();
    const where = { partner: id, state: 'open' as const };
    const open = await store.of(followups).count({ index: 'byPartner', where });
    const still =
      open === 1 ? ' 1 follow-up is still open.' : ` ${open} follow-ups are still open.`;
    return replyWithUndo(
      rich`${bold(name)} is in the archive now, and nobody will be reminded to be in touch.${open > 0 && still} Bring it back any time with ${commandText('partner restore')}.`,
      receipt,
    );
  },
});

/** How many partners are offered if the name is not exact. */
const MAX_PARTNERS_OFFERED = 5;
const MAX_PARTNERS_SUGGESTED = 25;

/** Brings a partner back from the archive, with all that is known of it. */
export const restorePartner = defineCommand({
  name: 'partner restore',
  title: 'Bring a partner back',
  submit: 'Bring back',
  summary: 'Bring a partner back from the archive',
  examples: ['partner restore campaign for better transport'],
  // A text, since args of kind `partner` do not find archived ones.
  args: {
    name: {
      kind: 'text',
      max: MAX_PARTNER_NAME_LENGTH,
      needed: true,
      summary: 'Its name',
      ask: 'Which partner?',
      hint: '',
    },
  },
  words: ['name'],
  suggest: {
    name: (typed, { directory }) =>
      completeNames(typed, directory.archivedPartners, MAX_PARTNERS_SUGGESTED).map(
        ({ id, name }) => ({ value: `#${id}`, label: name }),
      ),
  },
  audience: 'actor',
  guard: 'keep the register',
  writes: true,
  async run({ args, today, receipt }, deps): Promise<Reply> {
    await askAboutMerged(args.name, deps);
    const { id } = pickArchived(args.name, receipt, deps.directory);
    const restored = await updateWithRetry(deps.store.of(partners), id, (row) =>
      withQuiet({ ...row, archived: false }, deps.partnership),
    );
    if (!restored)
      throw new UserError(
        rich`I no longer have that partner. See the others with ${commandText('partner list')}.`,
      );
    await deps.namesChanged();
    return replyWithUndo(
      rich`${bold(restored.name)} is back. ${quietText(restored, today)}`,
      receipt,
      partnerButtons(restored),
    );
  },
});

/** @throws Question if a partner was merged into another one, so that it is not in the archive. */
async function askAboutMerged(
  text: string,
  { store, directory, now }: Pick<Deps, 'store' | 'directory' | 'now'>,
): Promise<void> {
  const { mergedPartners, archivedPartners, partners: all, partner } = directory;
  const isName = ({ name }: PartnerName) => nameKey(name) === nameKey(text);
  // Another partner may have the name by now.
  if (holderOf(text, archivedPartners) || all.some(isName)) return;
  const merged =
    mergedPartners.find(({ id }) => id === idFromReference(text)) ?? holderOf(text, mergedPartners);
  const into = merged && partner(merged.id);
  if (!into) return;
  const row = await store.of(partners).get(merged.id);
  const isRecent = row?.mergedAt && now <= takeApartUntil(row.mergedAt);
  throw questionWith(
    rich`${bold(merged.name)} was merged into ${bold(into.name)}, with all that was noted about it.`,
    [
      storyButton(into, `Show ${into.name}`),
      ...(isRecent ? [takeApartButton(merged, 'Take it apart')] : []),
    ],
  );
}

/**
 * Finds an archived partner by a button's `#id` or by its whole name.
 * @throws Question if the name is not exact. @throws UserError if nothing is like it.
 */
function pickArchived(text: string, once: string, directory: Directory): PartnerName {
  const { partners: all, archivedPartners: archived } = directory;
  const named = archived.find(({ id }) => id === idFromReference(text)) ?? holderOf(text, archived);
  if (named) return named;
  const current = all.find(({ id }) => id === idFromReference(text)) ?? holderOf(text, all);
  if (current)
    throw new UserError(rich`${bold(current.name)} is not in the archive: it is in the register.`);
  const { best: near } = searchNames(text, archived, MAX_PARTNERS_OFFERED);
  if (near.length === 0) {
    throw new UserError(
      rich`I can't find "${quoteShort(text)}" in the archive. See it with ${commandText('partner list', 'archived:yes')}.`,
      'name',
    );
  }
  const buttons = near.map(({ id, name }) => ({
    label: name,
    command: 'partner restore',
    args: { name: `#${id}`, [ONCE]: once },
  }));
  throw new Question({
    text: rich`Which one shall I bring back?`,
    card: [{ kind: 'buttons', buttons: [...buttons, cancelButton] }],
  });
}
