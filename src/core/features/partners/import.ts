import { listText } from '../../base/text.ts';
import { assignLead } from '../../cards/assign.ts';
import { undoButton } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import type { Member } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { erasedNames } from '../../domain/personal-data/erased-names.ts';
import type { Button, Reply } from '../../message/reply.ts';
import { commandText, joined, type RichText, rich } from '../../message/rich-text.ts';
import { getAll, type New, type Store } from '../../ports/store.ts';
import { planImport } from './import-plan.ts';
import { type ImportPreview, partnerCount, previewReply, remarks } from './import-preview.ts';
import { doublesIn, saveUpdates, updatesOf } from './import-updates.ts';
import { readFile } from './read-file.ts';

/** Imports a list of partners. First it shows what it would do, then does it after a press. */
export const importPartners = defineCommand({
  name: 'partner import',
  title: 'A list of partners',
  summary: 'Add a list of partners from a spreadsheet',
  phrases: [
    'import my contacts',
    'import our contacts',
    'import our partners',
    'import a list',
    'import a spreadsheet',
    'upload a list',
    'upload our list',
    'upload a spreadsheet',
    'upload our spreadsheet',
    'add a list from excel',
    'add a spreadsheet',
  ],
  examples: ['partner import'],
  args: {
    file: {
      kind: 'file',
      needed: true,
      max: 1_000_000,
      summary: 'Columns: name, aliases, level, sector, kinds; also last contact, lead, every',
      ask: 'The list, as .xlsx or CSV',
    },
    names: {
      kind: 'text',
      summary: 'The header of the column with the names, if it has another one',
    },
    alike: { kind: 'flag', summary: 'Also add partners whose name is like one of another' },
    updates: { kind: 'flag', summary: 'Also take what is newer about partners that are here' },
    confirm: { kind: 'flag', summary: 'Add them without asking' },
  },
  audience: 'actor',
  guard: 'keep the register',
  submit: 'Preview',
  writes: true,
  async run({ args, member, now, zone, today, receipt }, deps): Promise<Reply> {
    const { store, directory, partnership } = deps;
    const read = await readFile(args.file, args.names);
    const { table, sheet } = read;
    const idOf = (key: string) => deps.id(`partner ${key}`);
    const erasedOn = await erasedNames(store, deps.erasureRecords);
    const takes = { takesAlike: args.alike === true, takesUpdates: args.updates === true };
    const known = { directory, partnership, idOf, erasedOn, actor: member };
    const plan = await planImport(table.rows, { now, zone, today, ...known, ...takes });
    const updates = await updatesOf(plan.known, store, partnership);
    const doubles = await doublesIn(plan.known, store);
    const preview = { plan, updates, doubles, table, sheet, takes, directory, partnership };
    if (!args.confirm) return previewReply(preview, { ...args, file: read.file }, receipt);

    const added = await addAll(plan.good, store);
    const updated = takes.takesUpdates ? await saveUpdates(updates, store) : 0;
    if (added + updated > 0) await deps.namesChanged();
    const told = await tellLeads(plan.good, member, deps);
    const asks = added > 0 && may(member.role, 'coordinate') && directory.activeMembers.length > 1;
    return addedReply({ added, updated }, preview, { told, receipt, asks });
  },
});

/** Adds partners. It can be repeated. @returns how many of them are in the register now */
async function addAll(all: readonly New<Partner>[], store: Store): Promise<number> {
  const rows = store.of(partners);
  const inserted = await rows.insertAll(all);
  const others = all.filter((_, index) => !inserted[index]).map(({ id }) => id);
  return all.length - others.length + (await getAll(rows, others)).length;
}

/**
 * Tells each lead of new partners, or asks them, in one message.
 * @returns what there is to say about it.
 */
async function tellLeads(
  all: readonly New<Partner>[],
  actor: Member,
  deps: Deps,
): Promise<RichText> {
  const leadOf = ({ lead, leadAsked }: New<Partner>) => leadAsked ?? lead;
  const answers: RichText[] = [];
  const asked: string[] = [];
  for (const id of new Set(all.flatMap((row) => leadOf(row) ?? []))) {
    const theirs = all.filter((row) => leadOf(row) === id);
    const { text } = await assignLead(theirs, actor, deps);
    answers.push(text);
    if (theirs.some(({ leadAsked }) => leadAsked))
      asked.push(deps.directory.member(id)?.name ?? '');
  }
  const asking = asked.length > 0 && rich` I'm asking ${listText(asked, 'and')} to lead theirs.`;
  return rich`${asking}${joined(answers, '')}`;
}

/** Asks everybody which of the partners they know. */
const askButton: Button = { label: 'Ask who knows them', command: 'knows ask', args: {} };

/** What an import did, and what it left out. */
function addedReply(
  { added, updated }: { added: number; updated: number },
  preview: ImportPreview,
  { told, receipt, asks }: { told: RichText; receipt: string; asks: boolean },
): Reply {
  const card = remarks(preview);
  const did = [
    added > 0 && `Added ${partnerCount(added)}`,
    updated > 0 && `${added > 0 ? 'updated' : 'Updated'} ${partnerCount(updated)}`,
  ].filter((one) => one !== false);
  if (did.length === 0) return { text: rich`There was nothing to add. Nothing has changed.`, card };
  return {
    text: rich`${listText(did, 'and')}.${told} See them with ${commandText('partner list')}.`,
    card: [
      ...card,
      { kind: 'buttons', buttons: [...(asks ? [askButton] : []), undoButton(receipt)] },
    ],
  };
}
