import { hiddenText } from '../../cards/hidden-text.ts';
import { partner } from '../../cards/partner-args.ts';
import { defineCommand } from '../../command/command.ts';
import { isTiedTo, viewerOf } from '../../domain/members/visibility.ts';
import { partners } from '../../domain/partners/partner.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { journeyCard } from './cards.ts';
import { readJourney } from './read.ts';

/** Shows how the relationship with a partner has changed. */
const journey = defineCommand({
  name: 'journey',
  title: 'How it has changed',
  summary: "See how a partner's kinds, stage, level and lead have changed",
  phrases: [
    { says: 'how has it changed with …', needsPartner: true },
    { says: 'how have things changed with …', needsPartner: true },
    { says: 'our journey with …', needsPartner: true },
  ],
  examples: ['journey riverside council'],
  args: { with: partner },
  words: ['with'],
  audience: 'actor',
  guard: 'see the register',
  submit: 'Show',
  async run({ args, member, zone }, { store, directory }): Promise<Reply> {
    const { id, name } = args.with;
    const viewer = viewerOf(member, directory);
    if (isTiedTo(viewer, id))
      return {
        text: hiddenText(
          viewer,
          rich`You're part of ${bold(name)}, so how things have changed with it is not shown here.`,
        ),
      };
    const row = await store.of(partners).get(id);
    if (!row)
      throw new UserError(
        rich`I no longer have that partner. See the others with ${commandText('partner list')}.`,
      );
    return journeyCard(row, await readJourney(id, store), { member, directory, zone });
  },
});

export const journeyCommands = [journey];
