import { listText, quoteShort } from '../../base/text.ts';
import { distinctButton } from '../../cards/merge-buttons.ts';
import { factsText } from '../../cards/partner-facts.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { ONCE, type RawArgs, REPLACE } from '../../message/invocation.ts';
import { type Block, type Button, cancelButton, type Reply } from '../../message/reply.ts';
import { bold, day, joined, type RichText, rich } from '../../message/rich-text.ts';
import type { New } from '../../ports/store.ts';
import type { Table } from './csv.ts';
import type { Plan, PlanContext } from './import-plan.ts';
import type { Remark } from './import-row.ts';
import type { Double, PartnerUpdate } from './import-updates.ts';
import type { FileTable } from './read-file.ts';

/** What an import would do, and what of it is taken. */
export interface ImportPreview extends Pick<PlanContext, 'directory' | 'partnership'> {
  sheet: FileTable['sheet'];
  plan: Plan;
  updates: readonly PartnerUpdate[];
  doubles: readonly Double[];
  table: Omit<Table, 'rows'>;
  takes: { takesAlike: boolean; takesUpdates: boolean };
}

/** How many lines of each sort are shown. The rest are counted. */
const MAX_REMARKS_SHOWN = 10;
/** How many of the new partners are shown. */
const SAMPLE_SIZE = 3;
/** How many partners are offered to be merged. */
const MAX_DOUBLES_SHOWN = 3;
/** How many other columns are offered for the names. */
const MAX_NAME_CHOICES = 2;
/** How many other sheets of a workbook are offered. */
const MAX_SHEET_CHOICES = 3;

/**
 * What an import would do, with a button to do it, and buttons that show it otherwise. The buttons keep the file, and two
 * presses import it once.
 */
export function previewReply(
  preview: ImportPreview,
  args: { file: string; names?: string | undefined },
  receipt: string,
): Reply {
  const { plan, updates, takes, table, sheet } = preview;
  const given: RawArgs = {
    file: args.file,
    ...(args.names === undefined ? {} : { names: args.names }),
    ...(takes.takesAlike ? { alike: 'yes' } : {}),
    ...(takes.takesUpdates ? { updates: 'yes' } : {}),
  };
  const button = (label: string, more: RawArgs): Button => ({
    label,
    command: 'partner import',
    args: { ...given, ...more },
  });
  const otherwise = (label: string, more: RawArgs) => button(label, { ...more, [REPLACE]: 'yes' });
  const updated = takes.takesUpdates ? updates.length : 0;
  const added = plan.good.length;
  const doIt = [
    added > 0 && `add ${partnerCount(added)}`,
    updated > 0 && `update ${partnerCount(updated)}`,
  ].filter((one) => one !== false);
  const label = listText(doIt, 'and');
  const confirm = button(label.charAt(0).toUpperCase() + label.slice(1), {
    confirm: 'yes',
    [ONCE]: receipt,
  });
  const isAlikeLeft = plan.alike.length > 0 && !takes.takesAlike;
  const isUpdateLeft = updates.length > 0 && !takes.takesUpdates;
  const buttons: Button[] = [
    ...(doIt.length > 0 ? [{ ...confirm, style: 'primary' as const }] : []),
    ...(isAlikeLeft ? [otherwise(alikeLabel(plan.alike.length), { alike: 'yes' })] : []),
    ...(isUpdateLeft ? [otherwise('Take what is newer too', { updates: 'yes' })] : []),
    ...table.nameChoices
      .slice(0, MAX_NAME_CHOICES)
      .map((names) => otherwise(`Names from ${quoteShort(names)}`, { names })),
    ...(sheet?.others ?? [])
      .slice(0, MAX_SHEET_CHOICES)
      .map(({ name, file }) => otherwise(`Read ${quoteShort(name)}`, { file })),
  ];
  const ask: Block[] =
    buttons.length > 0 ? [{ kind: 'buttons', buttons: [...buttons, cancelButton] }] : [];
  return {
    text: rich`${summary(preview)} Nothing is added yet.`,
    card: [
      ...sheetNote(sheet),
      ...sample(preview),
      ...remarks(preview),
      ...doubleRows(preview),
      ...ask,
    ],
  };
}

const alikeLabel = (count: number): string =>
  count === 1 ? 'Add the one alike too' : `Add the ${count} alike too`;

/** "43 partners to add, 2 already here, 1 row I can't use." */
function summary({ plan: { good, here, alike, twice, bad }, takes }: ImportPreview): string {
  const parts = [
    `${partnerCount(good.length)} to add`,
    here.length > 0 && `${here.length} already here`,
    alike.length > 0 && !takes.takesAlike && `${alike.length} like another one`,
    twice.length > 0 && `${twice.length} twice in the file`,
    bad.length > 0 && `${bad.length === 1 ? '1 row' : `${bad.length} rows`} I can't use`,
  ];
  return `${parts.filter((part) => part !== false).join(', ')}.`;
}

/** Which sheet was read, if others have a table too. */
function sheetNote(sheet: FileTable['sheet']): Block[] {
  if (!sheet || sheet.others.length === 0) return [];
  const others = sheet.others.map(({ name }) => `"${quoteShort(name)}"`);
  const are = others.length === 1 ? 'is a list' : 'are lists';
  return [
    note(
      rich`I read the sheet "${quoteShort(sheet.name)}". There ${are} in ${listText(others, 'and')} too.`,
    ),
  ];
}

function sample({ plan: { good }, directory, partnership }: ImportPreview): Block[] {
  const lines = good
    .slice(0, SAMPLE_SIZE)
    .map(
      (row) =>
        rich`${bold(row.name)} · ${factsText(row, directory, partnership)}${historyText(row)}`,
    );
  const more = good.length - lines.length;
  return [
    ...lines.map((text): Block => ({ kind: 'text', text })),
    ...(more > 0 ? [note(rich`And ${more} more like these.`)] : []),
  ];
}

/** Offers to merge partners that are one in the file and two here. */
const doubleRows = ({ doubles }: ImportPreview): Block[] =>
  doubles.slice(0, MAX_DOUBLES_SHOWN).map(([one, other]) => ({
    kind: 'row',
    text: rich`${bold(one.name)} and ${bold(other.name)} are one in the file, and two here.`,
    // The preview stays, so that the list can be added afterwards.
    buttons: [
      {
        label: 'Merge them…',
        command: 'partner merge',
        args: { with: `#${other.id}`, into: `#${one.id}` },
      },
      distinctButton(one, other),
    ],
  }));

/** The other columns of a new partner: its last contact and its other names. */
function historyText({ lastContact, aliases }: New<Partner>): RichText {
  const contact = lastContact !== null && rich` · last contact ${day(lastContact)}`;
  const others = aliases.length > 0 && rich` · also called ${listText(aliases, 'and')}`;
  return rich`${contact}${others}`;
}

/** Notes about rows that are not added as they are in the file. */
export function remarks({ plan, updates, table, takes }: ImportPreview): Block[] {
  const { here, alike, twice, bad, notes } = plan;
  const { ignored, taken, titles } = table;
  const newer = updates.map(({ row, text }) => rich`${bold(row.name)}: ${text}`);
  const alikeTitle = takes.takesAlike
    ? 'Like another one, and added all the same:'
    : `Like another one, so I'll leave ${alike.length === 1 ? 'it' : 'them'} out:`;
  const newerTitle = takes.takesUpdates
    ? 'Newer in the file, which I take:'
    : 'Newer in the file, which I leave:';
  const takesPart = takes.takesUpdates && updates.length > 0;
  const asTheyAre = here.length === 1 ? 'it as it is' : 'them as they are';
  const left = takesPart ? `the rest of ${asTheyAre}` : asTheyAre;
  return [
    ...lines(bad, "Rows I can't use:"),
    ...lines(twice, 'Twice in the file, so I leave out the second one:'),
    ...lines(alike, alikeTitle),
    ...block(newer, newerTitle),
    ...lines(notes, 'Please note:'),
    ...(here.length > 0
      ? [note(rich`Already here, so I'll leave ${left}: ${shownText(here)}.`)]
      : []),
    ...(titles.length > 0
      ? [note(rich`I leave out what stands above the headers: ${shownText(titles)}.`)]
      : []),
    ...(taken.length > 0 ? [note(rich`I read ${listText(taken, 'and')}.`)] : []),
    ...(ignored.length > 0 ? [note(rich`I don't use these columns: ${shownText(ignored)}.`)] : []),
  ];
}

/** The first of some names, and how many more there are. */
function shownText(names: readonly string[]): string {
  const more = names.length - MAX_REMARKS_SHOWN;
  const shown = names.slice(0, MAX_REMARKS_SHOWN).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}

const lines = (all: readonly Remark[], title: string): Block[] =>
  block(
    all.map(({ line, text }) => rich`Line ${line}: ${text}`),
    title,
  );

function block(all: readonly RichText[], title: string): Block[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, MAX_REMARKS_SHOWN);
  const more = all.length - shown.length;
  const rest = more > 0 ? [rich`And ${more} more.`] : [];
  return [{ kind: 'text', text: joined([rich`${bold(title)}`, ...shown, ...rest], '\n') }];
}

const note = (text: RichText): Block => ({ kind: 'note', text });

/** `1 partner`, `43 partners`. */
export function partnerCount(count: number): string {
  return count === 1 ? '1 partner' : `${count} partners`;
}
