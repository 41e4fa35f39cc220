import { defineCommand } from '../../command/command.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import type { Reply } from '../../message/reply.ts';
import type { New, Store } from '../../ports/store.ts';
import { readTable } from './csv.ts';
import { addedReply, previewReply } from './import-cards.ts';
import { planImport } from './import-plan.ts';

/** Takes a whole list of partners: first shows what it would do, then does it when asked to. */
export const importPartners = defineCommand({
  name: 'partner import',
  summary: 'Add a list of partners from a CSV file',
  examples: ['partner import'],
  args: {
    file: {
      kind: 'file',
      needed: true,
      max: 1_000_000,
      summary: 'Columns: name, aliases, level, sector, kinds; also last contact, lead, every',
      ask: 'The list, as CSV',
    },
    confirm: { kind: 'flag', summary: 'Add them without asking' },
  },
  audience: 'actor',
  guard: 'keep the register',
  writes: true,
  async run({ args, now, zone, today, receipt }, deps): Promise<Reply> {
    const { store, directory, partnership } = deps;
    const { rows, ignored } = readTable(args.file);
    const idOf = (key: string) => deps.id(`partner ${key}`);
    const plan = planImport(rows, { now, zone, today, directory, partnership, idOf });
    const view = { directory, partnership };
    if (!args.confirm) return previewReply(plan, ignored, view, { file: args.file, receipt });

    const added = await addAll(plan.good, store);
    if (added > 0) await deps.namesChanged();
    return addedReply(added, plan, ignored, receipt);
  },
});

/** Adds partners that may stand already, since the step may be repeated. @returns how many of them now do. */
async function addAll(all: readonly New<Partner>[], store: Store): Promise<number> {
  const rows = store.of(partners);
  const inserted = await rows.insertAll(all);
  if (inserted.length === all.length) return all.length;
  const ids = all.map(({ id }) => id);
  return (await rows.find({ index: 'byId', where: { id: ids }, limit: ids.length })).length;
}
