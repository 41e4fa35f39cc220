import type { ErasureRecords, Tombstone } from '../../ports/erasure-records.ts';
import type { Row, Store, Stores } from '../../ports/store.ts';
import { erasures, nameHashOf, undecided } from '../erasures/erasure.ts';
import { followups } from '../followups/followup.ts';
import { members } from '../members/member.ts';
import { namesChanged } from '../partnerships/partnership.ts';
import { eraseBatch, withTexts } from './erase-rows.ts';
import type { PersonalData } from './personal-data.ts';
import { collectionOf } from './places.ts';
import { hashOfText, searchByHash } from './search.ts';
import { ERASED } from './texts.ts';

interface RedoDeps {
  stores: Stores;
  personalData: readonly PersonalData[];
  records: Pick<ErasureRecords, 'hash' | 'keyId'>;
  now: Date;
}

/**
 * Does an erasure again, on a store that was restored from a backup. It finds the name by its hashes. Without the key of
 * the hashes, it removes the whole text of each place that was erased.
 */
export async function redoErasure(tombstone: Tombstone, deps: RedoDeps): Promise<void> {
  const { stores, personalData, records, now } = deps;
  const store = stores.forPartnership(tombstone.partnership);
  const active = new Set<string>();
  for await (const row of store.of(members).all({ index: 'byId' }))
    if (row.active) active.add(row.id);
  if (tombstone.keyId !== records.keyId) await removePlaces(tombstone, { store, ...deps });
  const search = searchByHash(tombstone, records, (id) => active.has(id));
  const texts = new Set(tombstone.texts);
  const isTheirs = (text: string) => texts.has(hashOfText(text, records));
  const context = { store, stores, personalData, search, isTheirs };
  for (const declared of withTexts(personalData)) {
    let after: string | undefined | null = null;
    do after = (await eraseBatch(declared, after ?? null, context)).next;
    while (after !== undefined);
  }
  await store.of(erasures).insertAll([finished(tombstone, now)]);
  await namesChanged(store);
}

/** The row of an erasure that was done before the backup was restored. */
function finished({ id, name, member, day, places }: Tombstone, now: Date) {
  return {
    ...undecided,
    id,
    name: [...name],
    nameHash: nameHashOf(name),
    member,
    isPartnerName: false,
    state: 'done' as const,
    askedBy: '',
    askedAt: now,
    day,
    startedAt: now,
    count: places.length,
    places: [],
  };
}

/** Removes the texts of the places of a tombstone, whatever they are now. */
async function removePlaces(
  { places }: Tombstone,
  context: RedoDeps & { store: Store },
): Promise<void> {
  for (const { collection, id, field } of places) {
    const declared = context.personalData.find(
      ({ declaration }) => declaration.name === collection,
    );
    const rows = declared && collectionOf(declared, context);
    for (;;) {
      const row = await rows?.get(id);
      if (!rows || !row) break;
      const value = (row as unknown as Record<string, unknown>)[field];
      const isCopy = declared.fields[field] === 'copy' && collection !== followups.name;
      const { removesRow } = declared;
      if (removesRow === true || removesRow === field || isCopy) {
        if (await rows.remove(id, row.version)) break;
        continue;
      }
      const empty = typeof value === 'string' ? ERASED : Array.isArray(value) ? [] : null;
      const next = { ...row, [field]: empty } as Row;
      if (await rows.save(declared.afterErasing?.(next, row) ?? next)) break;
    }
  }
}
