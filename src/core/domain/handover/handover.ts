import { defineCollection, type Row, type Store } from '../../ports/store.ts';
import type { Followup } from '../followups/followup.ts';
import { idsOf, type Member } from '../members/member.ts';
import type { Partner } from '../partners/partner.ts';

/** How long a handover can be undone: a week. */
const UNDO_WINDOW_MS = 7 * 86_400_000;
/** How many handovers of one member are read. */
const MAX_HANDOVERS_READ = 100;

/** A follow-up that was handed over. */
interface HandedFollowup {
  kind: 'followup';
  id: string;
  /** The member who was asked to take it on, or who took it on at once; null: nobody yet. */
  to: string | null;
  was: Pick<Followup, 'who' | 'asked' | 'askedBy' | 'escalateOn'>;
}

/** A partner whose lead was handed over. */
interface HandedLead {
  kind: 'lead';
  id: string;
  /** As for a follow-up. */
  to: string | null;
  was: Pick<Partner, 'lead' | 'leadAsked' | 'leadAskedBy' | 'quietOn' | 'nudgeOn' | 'putOffUntil'>;
}

/** One thing that was handed over, and how it was before. */
export type HandedItem = HandedFollowup | HandedLead;

/** That somebody's tasks were handed over: to one member or several, or to nobody yet. */
export interface Handover extends Row {
  /** The member whose tasks they were. */
  from: string;
  /** The member who handed them over. Until somebody takes on what is with nobody, they look after it. */
  by: string;
  startedAt: Date;
  /** It also recorded that `from` has left, so that undoing it lets them in again. */
  recordsLeaving: boolean;
  items: HandedItem[];
  /** Null: it was not undone. */
  undoneAt: Date | null;
}

export const handovers = defineCollection<Handover>()({
  name: 'handovers',
  scope: 'partnership',
  fields: {
    from: 'text',
    by: 'text',
    startedAt: 'moment',
    recordsLeaving: 'flag',
    items: 'data',
    undoneAt: 'moment',
  },
  indexes: {
    byFrom: { on: ['from', 'startedAt'] },
    byStart: { on: ['startedAt'] },
  },
});

/** Until when a handover can be undone. */
export const handoverUndoUntil = ({ startedAt }: Pick<Handover, 'startedAt'>): Date =>
  new Date(startedAt.getTime() + UNDO_WINDOW_MS);

/** The handovers of a member's tasks that were not undone, the newest first. */
export async function handoversOf(
  member: Pick<Member, 'id' | 'mergedFrom'>,
  store: Store,
): Promise<Handover[]> {
  const found = await Promise.all(
    idsOf(member).map((from) =>
      store
        .of(handovers)
        .find({ index: 'byFrom', where: { from }, descending: true }, MAX_HANDOVERS_READ),
    ),
  );
  return found.flatMap(({ rows }) => rows).filter(({ undoneAt }) => undoneAt === null);
}
