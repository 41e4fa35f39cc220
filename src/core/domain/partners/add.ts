import { nameKey } from '../../names/match.ts';
import { insertOnce, type New } from '../../ports/store.ts';
import type { WriteContext } from '../partnerships/write-context.ts';
import { type Partner, type PartnerRef, partners } from './partner.ts';

/** A partner with its name alone: everything else unknown. `addedAt`: null for one that comes with a list. */
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
    every: null,
    importedContact: null,
    lastContact: null,
    lastTwoWay: null,
    quietOn: null,
    nudgeOn: null,
    addedAt,
    archived: false,
  };
}

/** Makes sure that a partner named on the spot is in the register, by its name alone. */
export async function addIfNew(
  partner: PartnerRef,
  deps: Pick<WriteContext, 'store' | 'now' | 'namesChanged'>,
): Promise<void> {
  if (!partner.isNew) return;
  await insertOnce(deps.store.of(partners), newPartner(partner.id, partner.name, deps.now));
  await deps.namesChanged();
}
