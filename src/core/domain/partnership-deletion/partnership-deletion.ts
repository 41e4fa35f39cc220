import { type DueRow, defineCollection, type New, type Store } from '../../ports/store.ts';

/** How long coordinators have to change their mind, unless a second one agrees (ms): a week. */
const MIND_CHANGE_MS = 7 * 86_400_000;
/** How long everything stays after Convenor was removed from all workspaces (ms): 90 days. */
const KEPT_AFTER_REMOVAL_MS = 90 * 86_400_000;

/** That everything of the partnership will be deleted. There is one row at most. */
export interface PartnershipDeletion extends DueRow {
  /** `asked`: by a coordinator. `uninstalled`: Convenor was removed from all workspaces. */
  reason: 'asked' | 'uninstalled';
  /** The coordinator who asked. */
  askedBy: string | null;
  /** The second coordinator, who agreed. */
  agreedBy: string | null;
  askedAt: Date;
  /** When it begins. */
  deleteAt: Date;
}

export const partnershipDeletions = defineCollection<PartnershipDeletion>()({
  name: 'partnershipDeletions',
  scope: 'partnership',
  fields: {
    reason: 'text',
    askedBy: 'text',
    agreedBy: 'text',
    askedAt: 'moment',
    deleteAt: 'moment',
    nextRunAt: 'moment',
    claim: 'text',
    sending: 'text',
  },
  indexes: {},
});

/** The id of a partnership's row. */
export const deletionId = (partnership: string): string => `deletion-${partnership}`;

/** The deletion that is planned; undefined if none is. */
export const plannedDeletion = (store: Store): Promise<PartnershipDeletion | undefined> =>
  store.of(partnershipDeletions).get(deletionId(store.partnership));

/** A deletion that a coordinator has asked for. */
export function askedDeletion(
  partnership: string,
  askedBy: string,
  now: Date,
): New<PartnershipDeletion> {
  return newDeletion(partnership, { reason: 'asked', askedBy }, MIND_CHANGE_MS, now);
}

/** A deletion because Convenor was removed everywhere. @param removedAt from the last workspace */
export function deletionAfterRemoval(
  partnership: string,
  removedAt: Date,
): New<PartnershipDeletion> {
  const why = { reason: 'uninstalled', askedBy: null } as const;
  return newDeletion(partnership, why, KEPT_AFTER_REMOVAL_MS, removedAt);
}

function newDeletion(
  partnership: string,
  why: Pick<PartnershipDeletion, 'reason' | 'askedBy'>,
  waitMs: number,
  askedAt: Date,
): New<PartnershipDeletion> {
  const deleteAt = new Date(askedAt.getTime() + waitMs);
  return {
    id: deletionId(partnership),
    ...why,
    agreedBy: null,
    askedAt,
    deleteAt,
    nextRunAt: deleteAt,
    claim: null,
    sending: null,
  };
}
