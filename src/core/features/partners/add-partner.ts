import * as shared from '../../cards/partner-args.ts';
import { replyWithUndo } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import { newPartner } from '../../domain/partners/new-partner.ts';
import { partners } from '../../domain/partners/partner.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { insertOnce } from '../../ports/store.ts';
import { partnerButtons } from './cards.ts';
import { factsText } from './facts.ts';
import { aliasesOf, askAboutErased, checkedName, refuseTakenNames, unlessTaken } from './names.ts';
/** Adds a partner. Its name is enough. */
export const addPartner = defineCommand({
  name: 'partner add',
  summary: 'Add a partner',
  examples: [
    'partner add Oakfield School level:hyperlocal sector:school every:"6 weeks"',
    'partner add Local Trust kinds:"grant funding, information sharing" lead:@Tom',
  ],
  args: {
    name: {
      kind: 'text',
      needed: true,
      summary: 'What it is called',
      ask: 'What is the partner called?',
    },
    level: { ...shared.level, ask: 'Where does it work?' },
    kinds: shared.kinds,
    lead: shared.lead,
    every: shared.every,
    sector: shared.sector,
    aliases: shared.aliases,
  },
  words: ['name'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run(call, deps): Promise<Reply> {
    const { args, receipt } = call;
    const { store, directory, partnership } = deps;
    const id = deps.id('partner');
    const name = checkedName(args.name, 'name');
    const aliases = aliasesOf(name, args.aliases ?? '');
    for (const alias of aliases) checkedName(alias, 'aliases');
    await refuseTakenNames([name, ...aliases], id, 'partner add', call, deps);
    await askAboutErased([name, ...aliases], 'partner add', call, deps);
    const row = {
      ...newPartner(id, name, deps.now),
      aliases,
      level: args.level ?? null,
      sector: args.sector ?? null,
      kinds: args.kinds ?? [],
      lead: args.lead?.id ?? null,
      every: args.every ?? null,
    };
    const added = await unlessTaken(name, 'partner add', call, deps, () =>
      insertOnce(store.of(partners), row),
    );
    await deps.namesChanged();
    return replyWithUndo(
      rich`Added ${bold(added.name)}: ${factsText(added, directory, partnership)}. Note the next contact with ${bold('log')}, and I'll tell you when it goes quiet.`,
      receipt,
      partnerButtons(added),
    );
  },
});
