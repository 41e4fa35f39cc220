import { listText } from '../../base/text.ts';
import { assignLead } from '../../cards/assign.ts';
import { undoButton } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import type { Member } from '../../domain/members/member.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { erasedNames } from '../../domain/personal-data/erased-names.ts';
import { ONCE, type RawArgs } from '../../message/invocation.ts';
import { type Block, cancelButton, type Reply } from '../../message/reply.ts';
import { bold, joined, type RichText, rich } from '../../message/rich-text.ts';
import { getAll, type New, type Store } from '../../ports/store.ts';
import { readTable } from './csv.ts';
import { factsText } from './facts.ts';
import { type Plan, type PlanContext, planImport } from './import-plan.ts';
import type { Remark } from './import-row.ts';

/** Imports a list of partners. First it shows what it would do, then does it after a press. */
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
  async run({ args, member, now, zone, today, receipt }, deps): Promise<Reply> {
    const { store, directory, partnership } = deps;
    const { rows, ignored } = await readTable(args.file);
    const idOf = (key: string) => deps.id(`partner ${key}`);
    const erasedOn = await erasedNames(store, deps.erasureRecords);
    const known = { directory, partnership, idOf, erasedOn, actor: member };
    const plan = await planImport(rows, { now, zone, today, ...known });
    const view = { directory, partnership };
    if (!args.confirm) return previewReply(plan, ignored, view, { file: args.file, receipt });

    const added = await addAll(plan.good, store);
    if (added > 0) await deps.namesChanged();
    const told = await tellLeads(plan.good, member, deps);
    return addedReply(added, plan, ignored, { told, receipt });
  },
});

/** Adds partners. It can be repeated. @returns how many of them are in the register now */
async function addAll(all: readonly New<Partner>[], store: Store): Promise<number> {
  const rows = store.of(partners);
  const inserted = await rows.insertAll(all);
  const others = all.filter((_, index) => !inserted[index]).map(({ id }) => id);
  return all.length - others.length + (await getAll(rows, others)).length;
}

/** How many lines of each sort are shown. The rest are counted. */
const MAX_REMARKS_SHOWN = 10;

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

/** How many of the new partners are shown. */
const SAMPLE_SIZE = 3;

type PlanView = Pick<PlanContext, 'directory' | 'partnership'>;

/** What an import would do, with a button to do it. The button keeps the file, and two presses import it once. */
function previewReply(
  plan: Plan,
  ignored: readonly string[],
  view: PlanView,
  { file, receipt }: { file: string; receipt: string },
): Reply {
  const count = plan.good.length;
  const args: RawArgs = { file, confirm: 'yes', [ONCE]: receipt };
  const add = { label: `Add ${partnerCount(count)}`, command: 'partner import', args } as const;
  const ask: Block[] =
    count > 0 ? [{ kind: 'buttons', buttons: [{ ...add, style: 'primary' }, cancelButton] }] : [];
  return {
    text: rich`${summary(plan)} Nothing is added yet.`,
    card: [...sample(plan, view), ...remarks(plan, ignored), ...ask],
  };
}

/** What an import did, and what it left out. */
function addedReply(
  added: number,
  plan: Plan,
  ignored: readonly string[],
  { told, receipt }: { told: RichText; receipt: string },
): Reply {
  const card = remarks(plan, ignored);
  if (added === 0) return { text: rich`There was nothing to add. Nothing has changed.`, card };
  return {
    text: rich`Added ${partnerCount(added)}.${told} See them with ${bold('partner list')}.`,
    card: [...card, { kind: 'buttons', buttons: [undoButton(receipt)] }],
  };
}

/** "43 partners to add, 2 already here, 1 row I can't use." */
function summary({ good, here, twice, bad }: Plan): string {
  const parts = [
    `${partnerCount(good.length)} to add`,
    here.length > 0 && `${here.length} already here`,
    twice.length > 0 && `${twice.length} twice in the file`,
    bad.length > 0 && `${bad.length === 1 ? '1 row' : `${bad.length} rows`} I can't use`,
  ];
  return `${parts.filter((part) => part !== false).join(', ')}.`;
}

function sample({ good }: Plan, { directory, partnership }: PlanView): Block[] {
  const lines = good
    .slice(0, SAMPLE_SIZE)
    .map((row) => rich`${bold(row.name)} · ${factsText(row, directory, partnership)}`);
  const more = good.length - lines.length;
  return [
    ...lines.map((text): Block => ({ kind: 'text', text })),
    ...(more > 0 ? [note(rich`And ${more} more like these.`)] : []),
  ];
}

/** Notes about rows that are not added as they are in the file. */
function remarks({ here, twice, bad, notes }: Plan, ignored: readonly string[]): Block[] {
  const named = here.slice(0, MAX_REMARKS_SHOWN).join(', ');
  const hereMore =
    here.length > MAX_REMARKS_SHOWN ? ` and ${here.length - MAX_REMARKS_SHOWN} more` : '';
  return [
    ...lines(bad, "Rows I can't use:"),
    ...lines(twice, 'Twice in the file, so I leave out the second one:'),
    ...lines(notes, 'Please note:'),
    ...(here.length > 0
      ? [note(rich`Already here, so I'll leave them as they are: ${named}${hereMore}.`)]
      : []),
    ...(ignored.length > 0 ? [note(rich`I don't use these columns: ${ignored.join(', ')}.`)] : []),
  ];
}

function lines(remarks: readonly Remark[], title: string): Block[] {
  if (remarks.length === 0) return [];
  const shown = remarks
    .slice(0, MAX_REMARKS_SHOWN)
    .map(({ line, text }) => rich`Line ${line}: ${text}`);
  const more = remarks.length - shown.length;
  const rest = more > 0 ? [rich`And ${more} more.`] : [];
  return [{ kind: 'text', text: joined([rich`${bold(title)}`, ...shown, ...rest], '\n') }];
}

const note = (text: RichText): Block => ({ kind: 'note', text });

/** `1 partner`, `43 partners`. */
function partnerCount(count: number): string {
  return count === 1 ? '1 partner' : `${count} partners`;
}
