import * as shared from '../../cards/partner-args.ts';
import { type Call, defineCommand } from '../../command/command.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import type { RawArgs } from '../../message/invocation.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { type RichText, rich } from '../../message/rich-text.ts';
import { nameKey } from '../../names/match.ts';
import type { Store } from '../../ports/store.ts';
import { partnerRow } from './cards.ts';

/** Partners on one page. */
const PAGE = 10;
/** How many are looked through for those that fit, each time: what a page costs never grows. */
const LOOKED_THROUGH = 1000;

const args = {
  level: shared.level,
  sector: shared.sector,
  kind: shared.kind,
  stage: shared.stage,
  mine: { kind: 'flag', summary: 'Only those you lead' },
  archived: { kind: 'flag', summary: 'Those in the archive' },
  after: { kind: 'text', summary: 'Where the page before ended' },
} as const;

type ListCall = Pick<Call<typeof args>, 'args' | 'member'>;

/** The register from A to Z, whole or those that fit. */
export const listPartners = defineCommand({
  name: 'partner list',
  summary: 'See the partners, A to Z',
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
});

interface Page {
  shown: Partner[];
  /** The key of the last one looked at, when there may be more. */
  end?: string | undefined;
}

async function readPage(call: ListCall, store: Store): Promise<Page> {
  const { after, archived } = call.args;
  const limit = isFiltered(call) ? LOOKED_THROUGH : PAGE + 1;
  const read = await store.of(partners).find({
    index: 'byName',
    where: { archived: archived === true },
    ...(after !== undefined && { range: { field: 'key', after } }),
    limit,
  });
  const fitting = read.filter((row) => fits(row, call));
  const shown = fitting.slice(0, PAGE);
  if (fitting.length > PAGE) return { shown, end: shown.at(-1)?.key };
  return { shown, end: read.length === limit ? read.at(-1)?.key : undefined };
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

/** What was asked for, as the next page's button carries it. */
function given({ after: _, ...rest }: ListCall['args']): RawArgs {
  const said = Object.entries(rest).filter(([, value]) => value !== undefined && value !== false);
  return Object.fromEntries(
    said.map(([name, value]) => [name, value === true ? 'yes' : `${value}`]),
  );
}

async function heading(call: ListCall, store: Store): Promise<RichText> {
  const archived = call.args.archived === true;
  if (call.args.after !== undefined) return rich`Further on:`;
  if (isFiltered(call)) return rich`Those that fit, A to Z:`;
  const count = await store.of(partners).count({ index: 'byName', where: { archived } });
  const where = archived ? 'in the archive' : 'in the register';
  return rich`${count === 1 ? '1 partner' : `${count} partners`} ${where}, A to Z:`;
}

function nothing(call: ListCall): RichText {
  if (call.args.after !== undefined) return rich`That was the last of them.`;
  if (isFiltered(call))
    return rich`No partner fits. Leave something out, or see all with partner list.`;
  if (call.args.archived) return rich`The archive is empty.`;
  return rich`There are no partners yet. Add the first with partner add, or a whole list with partner import.`;
}
