import {
  type FieldChange,
  type HistoryEntry,
  historyEntries,
} from '../../domain/history/history-entry.ts';
import { partners } from '../../domain/partners/partner.ts';
import type { Store } from '../../ports/store.ts';

/** The fields that tell how a relationship has changed. */
export const journeyFields = ['kinds', 'stage', 'level', 'lead'] as const;
export type JourneyField = (typeof journeyFields)[number];

/** What somebody changed at one time. */
export type JourneyStep = Pick<HistoryEntry, 'at' | 'actor'> & { changes: readonly FieldChange[] };

export interface Journey {
  /** Who added the partner, and when; undefined: that is not recorded. */
  added: Pick<HistoryEntry, 'at' | 'actor'> | undefined;
  /** The oldest first. */
  steps: readonly JourneyStep[];
}

/** Reads the recorded changes of a partner's kinds, stage, level and lead. */
export async function readJourney(partner: string, store: Store): Promise<Journey> {
  const query = { index: 'bySubject', where: { subject: partner } } as const;
  const steps: JourneyStep[] = [];
  let added: Journey['added'];
  for await (const entry of store.of(historyEntries).all(query)) {
    const { at, actor, event, collectionName } = entry;
    // The contacts of a partner have entries of their own.
    if (collectionName !== partners.name) continue;
    if (event === 'added') added = { at, actor };
    const changes = entry.changes.filter(({ field }) =>
      journeyFields.some((name) => name === field),
    );
    if (changes.length > 0) steps.push({ at, actor, changes });
  }
  return { added, steps };
}
