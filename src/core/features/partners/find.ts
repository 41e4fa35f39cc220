import { defineCommand } from '../../command/command.ts';
import type { Directory, PartnerName } from '../../domain/directory/directory.ts';
import { partners } from '../../domain/partners/partner.ts';
import { FORM } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { commandText, rich } from '../../message/rich-text.ts';
import { type NamesFound, searchNames } from '../../names/search.ts';
import { getAll } from '../../ports/store.ts';
import { partnerRow } from './cards.ts';

/** How many partners are shown. */
const MAX_PARTNERS_SHOWN = 10;

/** Finds partners by part of a name, also if it is misspelt. Archived ones come last. */
export const findPartners = defineCommand({
  name: 'partner find',
  title: 'Find a partner',
  submit: 'Find',
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
    const { best, count } = searchPartners(args.text, directory, MAX_PARTNERS_SHOWN);
    if (count === 0) {
      const add = {
        label: 'Add it',
        command: 'partner add',
        args: { name: args.text, [FORM]: 'yes' },
      };
      return {
        text: rich`I can't find "${args.text}". Try fewer words, or see all partners with ${commandText('partner list')}.`,
        card: [{ kind: 'buttons', buttons: [add] }],
      };
    }
    const ids = best.map(({ id }) => id);
    const rows = await getAll(store.of(partners), ids);
    const inOrder = ids.flatMap((id) => rows.filter((row) => row.id === id));
    const more = count - ids.length;
    return {
      text:
        more > 0
          ? rich`These ${MAX_PARTNERS_SHOWN} match best. ${more} more ${more === 1 ? 'matches' : 'match'} too, so another word would help.`
          : rich`I found ${count === 1 ? 'this one' : 'these'}:`,
      card: inOrder.map((row) => partnerRow(row, directory, today)),
    };
  },
});

/** The partners whose name or alias fits the words, best first; archived ones come last. */
export function searchPartners(
  words: string,
  { activePartners, archivedPartners }: Pick<Directory, 'activePartners' | 'archivedPartners'>,
  limit: number,
): NamesFound<PartnerName> {
  const active = searchNames(words, activePartners, limit);
  const archived = searchNames(words, archivedPartners, limit - active.best.length);
  return { best: [...active.best, ...archived.best], count: active.count + archived.count };
}
