import { defineCommand } from '../../command/command.ts';
import { partners } from '../../domain/partners/partner.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { partnerRow } from './cards.ts';
import { searchPartners } from './search.ts';

/** How many are shown: with more it is better to say more. */
const SHOWN = 10;

/** Looks for partners by a part of a name, also a misspelt one. Archived ones come last. */
export const findPartners = defineCommand({
  name: 'partner find',
  summary: 'Find a partner by part of its name',
  examples: ['partner find riverside', 'partner find oakfeild'],
  args: {
    text: {
      kind: 'text',
      needed: true,
      max: 120,
      summary: 'Part of a name, or another name it goes by',
      ask: 'What are you looking for?',
    },
  },
  words: ['text'],
  audience: 'actor',
  guard: 'see the register',
  async run({ args, today }, { store, directory }): Promise<Reply> {
    const found = searchPartners(args.text, directory.partners);
    if (found.length === 0) {
      const add = {
        label: 'Add it',
        command: 'partner add',
        args: { name: args.text, form: 'yes' },
      };
      return {
        text: rich`I find nobody like ${bold(args.text)}. Try fewer words, or see everybody with partner list.`,
        card: [{ kind: 'buttons', buttons: [add] }],
      };
    }
    const ids = found.slice(0, SHOWN).map(({ id }) => id);
    const rows = await store.of(partners).find({ index: 'byId', where: { id: ids } });
    const inOrder = ids.flatMap((id) => rows.filter((row) => row.id === id));
    const more = found.length - ids.length;
    return {
      text:
        more > 0
          ? rich`The ${SHOWN} that fit best; ${more} more do. Another word would help.`
          : rich`${found.length === 1 ? 'This one fits' : 'These fit'}:`,
      card: inOrder.map((row) => partnerRow(row, directory, today)),
    };
  },
});
