import * as shared from '../../cards/partner-args.ts';
import { type Call, defineCommand } from '../../command/command.ts';
import { LAST_MERGED_KEY, type Partner, partners } from '../../domain/partners/partner.ts';
import type { RawArgs } from '../../message/invocation.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, commandText, type RichText, rich } from '../../message/rich-text.ts';
import { nameKey } from '../../names/name-words.ts';
import type { Store } from '../../ports/store.ts';
import { partnerRow } from './cards.ts';

/** Partners on one page. */
const PAGE_SIZE = 10;
/** How many partners are read for one page of a filtered list. */
const MAX_ROWS_READ = 1000;

const args = {
  level: shared.level,
  sector: shared.sector,
  kind: shared.kind,
  stage: shared.stage,
  mine: { kind: 'flag', summary: 'Only those you lead' },
  archived: { kind: 'flag', summary: 'Those in the archive' },
  after: { kind: 'text', summary: 'Where the last page ended', fromButton: true },
} as const;

type ListCall = Pick<Call<typeof args>, 'args' | 'member'>;

/** Lists the partners from A to Z, all or those that match. */
export const listPartners = defineCommand({
  name: 'partner list',
  summary: 'See the partners, A to Z',
  phrases: [
    'our partners',
    'who do we work with',
    'list all partners',
    'who do we talk to',
    'who do we know',
    'organisations',
    'our organisations',
    'list organisations',
    'partners',
    'list partners',
    'list the partners',
    'show partners',
    'show all partners',
    'show me all partners',
    'show me the partners',
    'show me our partners',
    'all partners',
    'all our partners',
    'who are our partners',
    'who are we working with',
    'contacts',
    'our contacts',
  ],
  examples: ['partner list', 'partner list level:regional kind:"grant funding"'],
  args,
  audience: 'actor',
  guard: 'see the register',
  async run(call, { store, directory }): Promise<Reply> {
    const page = await readPage(call, store);
    if (page.shown.length === 0 && page.end === undefined) return { text: nothing(call) };
    const more = {
      label: page.shown.length > 0 ? 'More' : 'Look further',
      command: 'partner list',
      args: { ...given(call.args), after: page.end ?? '' },
    };
    const rows = page.shown.map((row) => partnerRow(row, directory, call.today));
    const buttons: Block[] = page.end === undefined ? [] : [{ kind: 'buttons', buttons: [more] }];
    return { text: await heading(call, store), card: [...rows, ...buttons] };
  },
  async inChannel(call, { store, directory }): Promise<Reply> {
    const page = await readPage(call, store);
    // That a partner matches says more of it than its name.
    const isShown = ({ id }: Partner) => !isFiltered(call) || !directory.tiedPartners.has(id);
    const shown = page.shown.filter(isShown);
    if (shown.length === 0) return { text: nothing(call) };
    const names = shown.map(({ name }): Block => ({ kind: 'text', text: rich`• ${bold(name)}` }));
    const more = rich`There are more: see them with ${commandText('partner list')}.`;
    const notes: Block[] = page.end === undefined ? [] : [{ kind: 'note', text: more }];
    return { text: await heading(call, store), card: [...names, ...notes] };
  },
});

interface Page {
  shown: Partner[];
  /** The key of the last partner that was read, if there may be more. */
  end?: string | undefined;
}

async function readPage(call: ListCall, store: Store): Promise<Page> {
  const { after, archived } = call.args;
  const limit = isFiltered(call) ? MAX_ROWS_READ : PAGE_SIZE;
  const query = {
    index: 'byName',
    where: { archived: archived === true },
    range: { field: 'key', after: after ?? LAST_MERGED_KEY },
  } as const;
  const { rows: read, more } = await store.of(partners).find(query, limit);
  const fitting = read.filter((row) => fits(row, call));
  const shown = fitting.slice(0, PAGE_SIZE);
  if (fitting.length > PAGE_SIZE) return { shown, end: shown.at(-1)?.key };
  return { shown, end: more ? read.at(-1)?.key : undefined };
}

function fits(row: Partner, { args, member }: ListCall): boolean {
  const { level, sector, kind, stage, mine } = args;
  return (
    (level === undefined || row.level === level) &&
    (sector === undefined || nameKey(row.sector ?? '').includes(nameKey(sector))) &&
    (kind === undefined || row.kinds.includes(kind)) &&
    (stage === undefined || row.stage === stage) &&
    (!mine || row.lead === member.id)
  );
}

function isFiltered({ args: { level, sector, kind, stage, mine } }: ListCall): boolean {
  return mine === true || [level, sector, kind, stage].some((value) => value !== undefined);
}

/** The filters as args of the button for the next page. */
function given({ after: _, ...rest }: ListCall['args']): RawArgs {
  const filters = Object.entries(rest).filter(
    ([, value]) => value !== undefined && value !== false,
  );
  return Object.fromEntries(
    filters.map(([name, value]) => [name, value === true ? 'yes' : `${value}`]),
  );
}

async function heading(call: ListCall, store: Store): Promise<RichText> {
  const archived = call.args.archived === true;
  if (call.args.after !== undefined) return rich`More partners:`;
  if (isFiltered(call)) return rich`These match, A to Z:`;
  const range = { field: 'key', after: LAST_MERGED_KEY } as const;
  const count = await store.of(partners).count({ index: 'byName', where: { archived }, range });
  const where = archived ? 'in the archive' : 'in the register';
  return rich`${count === 1 ? '1 partner' : `${count} partners`} ${where}, A to Z:`;
}

function nothing(call: ListCall): RichText {
  if (call.args.after !== undefined) return rich`That was the last of them.`;
  if (isFiltered(call))
    return rich`No partner matches. Leave something out, or see all with ${commandText('partner list')}.`;
  if (call.args.archived) return rich`The archive is empty.`;
  return rich`There are no partners yet. Add the first with ${commandText('partner add')}, or a whole list with ${commandText('partner import')}.`;
}
