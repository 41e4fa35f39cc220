import { listText } from '../../base/text.ts';
import { dayText } from '../../dates/day.ts';
import { everyText } from '../../dates/duration.ts';
import type { PartnerName } from '../../domain/directory/directory.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { withQuiet } from '../../domain/partners/rules.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { nameKey } from '../../names/name-words.ts';
import { getAll, type Store } from '../../ports/store.ts';
import type { KnownRow } from './import-plan.ts';

/** What a row of a file would change about a partner that is in the register. */
export interface PartnerUpdate {
  row: Partner;
  /** What changes, in words. */
  text: string;
}

/**
 * What a file knows of partners in the register and the register does not: a newer day of contact, other names, and
 * details that are empty.
 */
export async function updatesOf(
  known: readonly KnownRow[],
  store: Store,
  partnership: Partnership,
): Promise<PartnerUpdate[]> {
  const ids = [...new Set(known.map(({ id }) => id))];
  const rows = new Map((await getAll(store.of(partners), ids)).map((row) => [row.id, row]));
  const newNames = new Set<string>();
  const updates = new Map<string, PartnerUpdate>();
  for (const one of known) {
    const row = rows.get(one.id);
    // A second row of the same partner, and a name that two rows claim, wait for the next file.
    if (!row || updates.has(row.id)) continue;
    const names = one.newNames.filter((name) => !newNames.has(nameKey(name)));
    const update = updateOf(row, { ...one, newNames: names }, partnership);
    if (!update) continue;
    for (const name of names) newNames.add(nameKey(name));
    updates.set(row.id, update);
  }
  return [...updates.values()];
}

function updateOf(
  row: Partner,
  { draft, newNames }: KnownRow,
  partnership: Partnership,
): PartnerUpdate | undefined {
  const { lastContact, level, sector, kinds, every } = draft;
  const changed = { ...row };
  const texts: string[] = [];
  if (lastContact !== null && (row.lastContact === null || lastContact > row.lastContact)) {
    // It is later than any other, so that it is the last two-way contact too.
    Object.assign(changed, { importedContact: lastContact, lastContact, lastTwoWay: lastContact });
    const before = row.lastContact === null ? 'none so far' : `so far ${dayText(row.lastContact)}`;
    texts.push(`last contact ${dayText(lastContact)} (${before})`);
  }
  if (newNames.length > 0) {
    changed.aliases = [...row.aliases, ...newNames];
    texts.push(`also called ${listText(newNames, 'and')}`);
  }
  if (row.level === null && level !== null) {
    changed.level = level;
    texts.push(level);
  }
  if (row.sector === null && sector !== null) {
    changed.sector = sector;
    texts.push(sector);
  }
  if (row.kinds.length === 0 && kinds.length > 0) {
    changed.kinds = kinds;
    texts.push(kinds.join(', '));
  }
  if (row.every === null && every !== null) {
    changed.every = every;
    texts.push(everyText(every));
  }
  return texts.length === 0
    ? undefined
    : { row: withQuiet(changed, partnership), text: texts.join(' · ') };
}

/** Two partners in the register that are one in the file. */
export type Double = readonly [one: Partner, other: PartnerName];

/** Finds partners that are one in the file and two in the register, unless somebody has said that they are two. */
export async function doublesIn(known: readonly KnownRow[], store: Store): Promise<Double[]> {
  const pairs = known.flatMap(({ id, other }) => (other ? [{ id, other }] : []));
  const ids = [...new Set(pairs.map(({ id }) => id))];
  const rows = new Map((await getAll(store.of(partners), ids)).map((row) => [row.id, row]));
  return pairs.flatMap(({ id, other }): Double[] => {
    const row = rows.get(id);
    return row && !row.distinctFrom?.includes(other.id) ? [[row, other]] : [];
  });
}

/** Saves updates. @returns how many were saved. */
export async function saveUpdates(
  updates: readonly PartnerUpdate[],
  store: Store,
): Promise<number> {
  const saved = await store.of(partners).saveAll(updates.map(({ row }) => row));
  return saved.filter((row) => row !== undefined).length;
}
