import { nameKey } from '../../names/name-words.ts';
import { insertOnce, type New } from '../../ports/store.ts';
import type { WriteContext } from '../partnerships/write-context.ts';
import { type Partner, type PartnerRef, partners } from './partner.ts';

/** A new partner of which only the name is known. @param addedAt null for partners from an imported list */
export function newPartner(id: string, name: string, addedAt: Date | null = null): New<Partner> {
  return {
    id,
    name,
    key: nameKey(name),
    aliases: [],
    level: null,
    sector: null,
    kinds: [],
    stage: 'new',
    lead: null,
    leadAsked: null,
    leadAskedBy: null,
    every: null,
    importedContact: null,
    lastContact: null,
    lastTwoWay: null,
    quietOn: null,
    nudgeOn: null,
    putOffUntil: null,
    addedAt,
    archived: false,
    mergedInto: null,
    mergedAt: null,
    merges: null,
  };
}

/** Adds a partner that was named in a command and is not in the register yet, with its name alone. */
export async function addIfNew(
  partner: PartnerRef,
  deps: Pick<WriteContext, 'store' | 'now' | 'namesChanged'>,
): Promise<void> {
  if (!partner.isNew) return;
  await insertOnce(deps.store.of(partners), newPartner(partner.id, partner.name, deps.now));
  await deps.namesChanged();
}
