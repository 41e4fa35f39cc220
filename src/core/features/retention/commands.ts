import { collect } from '../../async/collect.ts';
import { idFromReference } from '../../base/id.ts';
import { partner } from '../../cards/partner-args.ts';
import { replyWithUndo } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { addToDay, type Day } from '../../dates/day.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import {
  keptUntil,
  MAX_KEEP_YEARS,
  type NoteRetention,
  noteRetentions,
  nothingPlanned,
  removalDay,
} from '../../domain/retention/note-retention.ts';
import type { RawArgs } from '../../message/invocation.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, commandText, day, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { getAll, insertOnce, type Store, updateWithRetry } from '../../ports/store.ts';
import {
  buttons,
  keptRow,
  MAX_PARTNERS_SHOWN,
  removalRow,
  usualText,
  withoutHidden,
} from './cards.ts';

/** The longest reason, in characters. */
const MAX_REASON_LENGTH = 200;

/** Keeps the notes about a partner longer than usual. */
const keep = defineCommand({
  name: 'keep',
  title: 'Keep notes for longer',
  summary: 'Keep the notes about a partner longer than usual',
  examples: ['keep riverside council until:"1 Jan 2031" reason:"the lease runs until then"'],
  args: {
    with: partner,
    until: {
      kind: 'date',
      tense: 'future',
      needed: true,
      summary: 'Until when; a month before, I ask again',
      ask: 'Until when?',
      hint: 'A month before, I ask again',
    },
    reason: {
      kind: 'text',
      max: MAX_REASON_LENGTH,
      needed: true,
      summary: 'Why they are still needed; coordinators see it',
      ask: 'Why are they still needed?',
      hint: 'Coordinators see what you write',
    },
  },
  words: ['with'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async prefill(raw, { store }): Promise<RawArgs> {
    const id = idFromReference(raw.with);
    const kept = id ? await store.of(noteRetentions).get(id) : undefined;
    return { until: kept?.keepUntil ?? '', reason: kept?.reason ?? '' };
  },
  async run({ args, today, receipt }, { store, partnership }): Promise<Reply> {
    const { until, reason, with: which } = args;
    refuseUntil(until.day, today);
    const row = await store.of(partners).get(which.id);
    if (!row)
      throw new UserError(
        rich`I no longer have that partner. See all with ${commandText('partner list')}.`,
      );
    const rows = store.of(noteRetentions);
    await insertOnce(rows, { ...nothingPlanned, id: row.id });
    await updateWithRetry(rows, row.id, (now) => ({
      ...now,
      keepUntil: until.day,
      reason,
      beforeMerge: null,
    }));
    const longest = keptUntil(row, until.day, partnership);
    const name = bold(row.name);
    return replyWithUndo(
      longest === until.day
        ? rich`I'll keep the notes about ${name} until ${day(until.day)}: ${reason}. A month before, I'll ask again.`
        : rich`The notes about ${name} stay until ${day(longest)} in any case, because of the last contact. I've kept your day and the reason, should that change.`,
      receipt,
    );
  },
});

/** @throws UserError if notes cannot be kept until that day. */
function refuseUntil(until: Day, today: Day): void {
  if (until <= today)
    throw new UserError(rich`${day(until)} isn't in the future. Until when?`, 'until');
  if (until > addToDay(today, { years: MAX_KEEP_YEARS }))
    throw new UserError(
      `I can keep notes for ${MAX_KEEP_YEARS} years at most. Until when?`,
      'until',
    );
}

/** Lists the partners whose notes are about to go, then those whose notes are kept longer. */
const list = defineCommand({
  name: 'keep list',
  summary: 'See whose notes will soon be removed, and whose are kept longer',
  examples: ['keep list'],
  args: {
    after: {
      kind: 'number',
      min: 0,
      max: 1_000_000,
      summary: 'How many were shown before',
      fromButton: true,
    },
  },
  audience: 'actor',
  guard: 'coordinate',
  async run({ args, member, today }, deps): Promise<Reply> {
    const { partnership } = deps;
    const hidden = viewerOf(member, deps.directory).hiddenPartners;
    const start = args.after ?? 0;
    const all = await readAll(today, deps);
    const shown = all.slice(start, start + MAX_PARTNERS_SHOWN);
    const end = start + shown.length;
    const usual = usualText(partnership);
    if (all.length === 0) {
      return { text: rich`No notes are about to be removed, and none are kept longer. ${usual}` };
    }
    if (shown.length === 0) return { text: rich`That was the last of them.` };
    const card = shown.map(({ row: planned, partner, goes }): Block => {
      const row = withoutHidden(planned, hidden);
      return goes ? removalRow(row, partner, today, partnership) : keptRow(row, partner.name);
    });
    const more = { label: 'More', command: 'keep list', args: { after: `${end}` } };
    const going = all.filter(({ goes }) => goes).length;
    return {
      text: rich`${plannedText(going, all.length - going)} ${usual}`,
      card: [...card, ...(end < all.length ? [buttons(more)] : [])],
    };
  },
});

interface Planned {
  row: NoteRetention;
  partner: Partner;
  /** The day on which its notes are removed; undefined while coordinators have not been told. */
  goes: Day | undefined;
}

/** All partners whose words are about to go, the first to go first, then those whose words are kept longer. */
async function readAll(
  today: Day,
  { store, partnership }: Pick<Deps, 'store' | 'partnership'>,
): Promise<Planned[]> {
  const rows = store.of(noteRetentions);
  // Every day is after the empty text.
  const told = await collect(rows.all({ index: 'byTold', range: { field: 'toldOn', after: '' } }));
  const kept = await collect(
    rows.all({ index: 'byKept', range: { field: 'keepUntil', after: today } }),
  );
  const byId = new Map([...told, ...kept].map((row) => [row.id, row]));
  const found = await readPartners([...byId.keys()], store);
  const planned = found.flatMap((partner): Planned[] => {
    const row = byId.get(partner.id);
    if (!row) return [];
    const until = keptUntil(partner, row.keepUntil, partnership);
    // Somebody may have spoken with the partner since.
    const goes = row.toldOn && until === row.plannedFor ? removalDay(until, row.toldOn) : undefined;
    const isKept = until === row.keepUntil;
    return goes || isKept ? [{ row, partner, goes }] : [];
  });
  const order = ({ goes, row, partner }: Planned) =>
    `${goes ?? `later ${row.keepUntil}`} ${partner.name}`;
  return planned.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** How many partners are read at once. */
const BATCH_SIZE = 500;

async function readPartners(ids: readonly string[], store: Store): Promise<Partner[]> {
  const found: Partner[] = [];
  for (let start = 0; start < ids.length; start += BATCH_SIZE) {
    found.push(...(await getAll(store.of(partners), ids.slice(start, start + BATCH_SIZE))));
  }
  return found;
}

function plannedText(going: number, kept: number): string {
  if (kept === 0) return `Notes about ${partnerCount(going)} will be removed.`;
  if (going === 0) return `Notes about ${partnerCount(kept)} are kept longer.`;
  return `Notes about ${partnerCount(going)} will be removed. Notes about ${partnerCount(kept)} are kept longer.`;
}

const partnerCount = (count: number): string => (count === 1 ? '1 partner' : `${count} partners`);

export const retentionCommands = [keep, list];
