import * as shared from '../../cards/partner-args.ts';
import { defineCommand } from '../../command/command.ts';
import { readKnowers } from '../../domain/acquaintances/knowers.ts';
import { nextMeeting } from '../../domain/meetings/read-meetings.ts';
import { isTiedTo, viewerOf } from '../../domain/members/visibility.ts';
import type { Reply } from '../../message/reply.ts';
import { commandText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { readEarlier, readStory } from './story.ts';
import { earlierCard, storyCard } from './story-cards.ts';

/** How people ask what is known of a partner, before its name. */
const aboutPartner = [
  'show …',
  'show me …',
  'tell me about …',
  'what do we know about …',
  'what do you know about …',
  'who is …',
  'who knows …',
  'who do we know at …',
  'who is our contact at …',
  'when did we last speak to …',
  'when did we last speak with …',
  'when did we last talk to …',
  'when did we last hear from …',
  'when did we last see …',
  'when did we last meet …',
  'what did we last say to …',
  'what did we say to …',
  'what did we last hear from …',
  'last contact with …',
  'look up …',
  'info on …',
  'information on …',
  'details of …',
  'details for …',
  'what is happening with …',
  'what is going on with …',
  'how are things with …',
  'how is it going with …',
  'what about …',
  'has anyone spoken to …',
  'has anybody spoken to …',
  'have we spoken to …',
  'has anyone heard from …',
  'have we heard from …',
  'anything about …',
  'what is new with …',
  'do we know …',
];

/** Shows a partner's story: facts, last contacts, open promises, and who knows them. */
export const showPartner = defineCommand({
  name: 'partner show',
  title: "A partner's story",
  submit: 'Show',
  summary: "See a partner's story: facts, contacts, promises, who knows them",
  phrases: aboutPartner.map((says) => ({ says, needsPartner: true as const })),
  examples: ['partner show riverside council', 'partner show oakfield school'],
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
    const [story, knowers, meeting] = await Promise.all([
      readStory(args.with.id, store, directory),
      tied ? undefined : readKnowers(args.with.id, today, { store, directory }),
      nextMeeting(args.with.id, today, { store, directory }),
    ]);
    if (!story)
      throw new UserError(
        rich`I no longer have that partner. See the others with ${commandText('partner list')}.`,
      );
    return storyCard(story, view, { knowers, meeting });
  },
});
