import { setImmediate } from 'node:timers/promises';
import type { Collection, Row, Stores } from '../../ports/store.ts';
import { closedIdentity, identities, identityId } from '../identities/identity.ts';
import { joinRequestId, joinRequests } from '../join-requests/join-request.ts';
import { type Member, members } from '../members/member.ts';
import { REMOVED_NAME } from '../retention/note-retention.ts';
import { type PersonalData, textFieldsOf } from './personal-data.ts';
import { collectionOf, eraseInRow, type SearchContext } from './places.ts';
import type { NameSearch } from './texts.ts';

/** What is erased, and where. */
export interface EraseContext extends SearchContext {
  search: NameSearch;
  /** Whether a text with only a part of the name is about the person. */
  isTheirs(text: string): boolean;
  /** Called with the rows that are about to be changed, as they were. */
  beforeWriting?(rows: readonly Row[], declared: PersonalData): Promise<void>;
}

/** The declarations of the collections that have texts, in the order in which they are erased. */
export const withTexts = (all: readonly PersonalData[]): PersonalData[] =>
  all.filter((declared) => textFieldsOf(declared).length > 0);

/** How many rows are read at once. */
const BATCH_SIZE = 500;

/**
 * Erases in one part of a collection.
 * @param after the id after which to go on; null: from the first row.
 * @returns `next`: the id after which to go on; undefined: the collection is done. `changed`: how many rows were changed.
 */
export async function eraseBatch(
  declared: PersonalData,
  after: string | null,
  context: EraseContext,
): Promise<{ next: string | undefined; changed: number }> {
  const rows = collectionOf(declared, context);
  let count = 0;
  if (!rows) return { next: undefined, changed: count };
  if (declared.rowsOf) {
    // Their index has no order by id. They are at most the receipts of a month.
    let batch: Row[] = [];
    for await (const row of rows.all(declared.rowsOf(context.store.partnership), BATCH_SIZE)) {
      if (changeOf(row, declared, context) !== undefined) batch.push(row);
      if (batch.length < BATCH_SIZE) continue;
      await eraseAll(batch, rows, declared, context);
      count += batch.length;
      batch = [];
    }
    await eraseAll(batch, rows, declared, context);
    return { next: undefined, changed: count + batch.length };
  }
  const range = after === null ? {} : { range: { field: 'id', after } as const };
  const page = await rows.find({ index: 'byId', ...range }, BATCH_SIZE);
  const changed = page.rows.filter((row) => changeOf(row, declared, context) !== undefined);
  await eraseAll(changed, rows, declared, context);
  await setImmediate();
  return { next: page.more ? page.rows.at(-1)?.id : undefined, changed: changed.length };
}

/** What becomes of a row: it goes (null), it changes, or it stays (undefined). */
function changeOf(
  row: Row,
  declared: PersonalData,
  { search, isTheirs }: Pick<EraseContext, 'search' | 'isTheirs'>,
): Row | null | undefined {
  if (declared.declaration.name === members.name && isTheirRow(row as Member, search.member)) {
    const next = namelessMember(row as Member);
    return next.name === (row as Member).name && (row as Member).identities.length === 0
      ? undefined
      : next;
  }
  return eraseInRow(row, declared, search, isTheirs);
}

async function eraseAll(
  changed: readonly Row[],
  rows: Collection<Row>,
  declared: PersonalData,
  context: EraseContext,
): Promise<void> {
  if (changed.length === 0) return;
  await context.beforeWriting?.(changed, declared);
  // Together, which takes one wait for the disk. A member's row is written with more.
  const together = declared.declaration.name === members.name ? [] : changed;
  const next = together.map((row) => changeOf(row, declared, context));
  const saved = await rows.saveAll(next.filter((row) => row !== null && row !== undefined));
  await Promise.all(
    together.map(({ id, version }, index) => next[index] === null && rows.remove(id, version)),
  );
  const done = new Set(saved.flatMap((row) => row?.id ?? []));
  for (const { id } of changed) if (!done.has(id)) await eraseOne(id, rows, declared, context);
}

/** Erases in one row, again if somebody else changes it meanwhile. */
async function eraseOne(
  id: string,
  rows: Collection<Row>,
  declared: PersonalData,
  context: EraseContext,
): Promise<void> {
  for (;;) {
    const row = await rows.get(id);
    const next = row && changeOf(row, declared, context);
    if (!row || next === undefined) return;
    if (declared.declaration.name === members.name) {
      await removeIdentities(row as Member, context);
    }
    const isDone = next === null ? await rows.remove(id, row.version) : await rows.save(next);
    if (isDone) return;
  }
}

/** Whether a row is the member's, or that of a member who was merged into them. */
const isTheirRow = ({ id, mergedInto }: Member, member: string | null): boolean =>
  member !== null && (id === member || mergedInto === member);

/** A member without a name and anything by which a platform knows them. */
function namelessMember(row: Member): Member {
  return {
    ...row,
    name: REMOVED_NAME,
    identities: [],
    lastSpokeAs: null,
    preferredIdentity: null,
    dmFallback: null,
    access: null,
    refusals: null,
    unreachedSince: null,
    zone: null,
    platformZone: null,
  };
}

/**
 * Removes what leads from the platforms to a member: who their identities are, and their requests to join. A hash stays, so
 * that they stay out.
 */
async function removeIdentities(
  member: Member,
  { store, stores }: { store: SearchContext['store']; stores: Pick<Stores, 'global'> },
): Promise<void> {
  const known = stores.global(identities);
  for (const identity of member.identities) {
    const row = await known.get(identityId(identity));
    const isTheirs = row?.partnership === store.partnership && row.member === member.id;
    // Not removed: they stay out until a coordinator lets them in.
    if (isTheirs) await known.save(closedIdentity(row));
    await store.of(joinRequests).remove(joinRequestId(identity, store.partnership));
  }
}
