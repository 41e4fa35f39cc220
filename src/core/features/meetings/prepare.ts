import { quoteShort } from '../../base/text.ts';
import * as shared from '../../cards/partner-args.ts';
import { defineCommand } from '../../command/command.ts';
import { nextMeeting } from '../../domain/meetings/read-meetings.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import { WORDS } from '../../message/invocation.ts';
import { type Button, cancelButton, type Reply } from '../../message/reply.ts';
import { commandText, rich } from '../../message/rich-text.ts';
import { StateError } from '../../message/user-error.ts';
import { matchWhole } from '../../names/match.ts';
import { preparationCard } from './preparation-card.ts';
import { readPreparation } from './read-preparation.ts';

/** How people ask before they meet a partner, before its name. */
const beforeMeeting = [
  'i am meeting …',
  'we are meeting …',
  'i am going to meet …',
  'i am seeing …',
  'i am going to see …',
  'what do i need to know about …',
  'what should i know about …',
  'what do i need to know before i meet …',
  'what should i ask …',
];

/** Shows what somebody needs to know before they meet a partner. */
export const prepare = defineCommand({
  name: 'prepare',
  title: 'Before a meeting',
  submit: 'Show',
  summary: 'Before you meet a partner: the last contacts, promises, and what to ask about',
  phrases: [
    'prepare for …',
    'prepare me for …',
    'prepare for a meeting with …',
    'prepare for the meeting with …',
    'prepare for my meeting with …',
    ...beforeMeeting.map((says) => ({ says, needsPartner: true as const })),
  ],
  examples: ['prepare riverside council', 'prepare for oakfield school'],
  args: { with: shared.partner },
  words: ['with'],
  audience: 'actor',
  guard: 'see the register',
  screen: (args, { directory }) => {
    const words = args[WORDS] ?? '';
    const found = matchWhole(words, directory.activePartners);
    const isOther = words !== '' && found.kind === 'none' && found.near.length === 0;
    return isOther ? askWhetherToDo(words) : undefined;
  },
  async run({ args, member, today, zone }, { store, directory }): Promise<Reply> {
    const [preparation, meeting] = await Promise.all([
      readPreparation(args.with.id, zone, store),
      nextMeeting(args.with.id, today, { store, directory }),
    ]);
    if (!preparation)
      throw new StateError(
        rich`I no longer have that partner. See the others with ${commandText('partner list')}.`,
      );
    const viewer = viewerOf(member, directory);
    return preparationCard(preparation, meeting, { viewer, directory, today });
  },
});

/** "Prepare the agenda for friday" is about no partner: it may be something to do. */
function askWhetherToDo(words: string): Reply {
  const toDo: Button = {
    label: 'Something to do',
    command: 'followup add',
    args: { [WORDS]: `prepare ${words}` },
  };
  return {
    text: rich`I don't know a partner called "${quoteShort(words)}". Is it something to do? I've kept your words.`,
    card: [{ kind: 'buttons', buttons: [toDo, cancelButton] }],
  };
}
