import * as shared from '../../cards/partner-args.ts';
import { defineCommand } from '../../command/command.ts';
import { isTiedTo, viewerOf } from '../../domain/members/visibility.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { readEarlier, readStory } from './story.ts';
import { earlierCard, storyCard } from './story-cards.ts';

/** Shows a partner's story: facts, last contacts, open promises, and who knows them. */
export const showPartner = defineCommand({
  name: 'partner show',
  summary: "See a partner's story: facts, contacts, promises, who knows them",
  examples: ['partner show riverside council'],
  args: {
    with: shared.partner,
    before: { kind: 'date', tense: 'past', summary: 'Only contacts before this day' },
  },
  words: ['with'],
  audience: 'actor',
  guard: 'see the register',
  async run({ args, member, today }, { store, directory, partnership }): Promise<Reply> {
    const viewer = viewerOf(member, directory);
    const tied = isTiedTo(viewer, args.with.id);
    const view = { viewer, directory, partnership, today, tied };
    if (args.before) {
      const page = await readEarlier(args.with.id, args.before.day, store);
      return earlierCard(args.with, page, view);
    }
    const story = await readStory(args.with.id, store);
    if (!story)
      throw new UserError(
        rich`I no longer have that partner. See the others with ${bold('partner list')}.`,
      );
    return storyCard(story, view);
  },
});
