import { setImmediate } from 'node:timers/promises';
import { inBatches } from '../../core/async/collect.ts';
import type { Day } from '../../core/dates/day.ts';
import { contacts } from '../../core/domain/contacts/contact.ts';
import { type Followup, followups } from '../../core/domain/followups/followup.ts';
import { type Partner, partners } from '../../core/domain/partners/partner.ts';
import {
  checkAgainDay,
  isNoticeDue,
  keptUntil,
  type NoteRetention,
  noteRetentions,
  nothingPlanned,
  REMOVED_TITLE,
  recentContactDay,
  removalDay,
  titleCutoff,
} from '../../core/domain/retention/note-retention.ts';
import { getAll, type New } from '../../core/ports/store.ts';
import { BATCH_SIZE, type BatchResult, type RetentionStep, type StepContext } from './step.ts';

type Context = Pick<StepContext, 'store' | 'partnership' | 'night'>;

/** How many partners are reviewed at once. They are few, since each may have many contacts to read. */
const PARTNERS_AT_ONCE = 10;

/**
 * Removes the notes about each partner, and the titles of closed follow-ups with it, long after the last contact. A
 * month before, it records that coordinators have to be told. Another step sends the notice.
 */
export const partnerWordsStep: RetentionStep = {
  name: 'notes',
  async runBatch({ after, ...context }): Promise<BatchResult> {
    const { store, partnership, night } = context;
    const range = after === null ? {} : { range: { field: 'id', after } as const };
    const page = await store.of(partners).find({ index: 'byId', ...range }, BATCH_SIZE);
    const recent = recentContactDay(night, partnership);
    const old = page.rows.filter(
      ({ lastContact, mergedInto }) =>
        !mergedInto && (lastContact === null || lastContact < recent),
    );
    const ids = old.map(({ id }) => id);
    const planned = await getAll(store.of(noteRetentions), ids);
    const plannedOf = new Map(planned.map((row) => [row.id, row]));
    let removed = 0;
    for await (const some of inBatches(old, PARTNERS_AT_ONCE)) {
      const reviews = await Promise.all(
        some.map((partner) => reviewPartner(partner, plannedOf.get(partner.id), context)),
      );
      await savePlans(reviews, context);
      for (const review of reviews) removed += review.removed;
      if (removed >= BATCH_SIZE) return { removed, next: some.at(-1)?.id };
      // Reads block the event loop, so other work runs between two batches.
      await setImmediate();
    }
    return { removed, next: page.more ? page.rows.at(-1)?.id : undefined };
  },
};

/** What tonight did for one partner. */
interface Review {
  /** How many rows were cleared of notes or titles. */
  removed: number;
  /** What is planned for the partner from now on; undefined if the plan stays as it is. */
  plan?: { before: NoteRetention | undefined; after: New<NoteRetention> };
}

/** Does tonight what is due for one partner. */
async function reviewPartner(
  partner: Partner,
  row: NoteRetention | undefined,
  context: Context,
): Promise<Review> {
  const { partnership, night } = context;
  const { id } = partner;
  const until = keptUntil(partner, row?.keepUntil ?? null, partnership);
  if (!isNoticeDue(until, night)) return { removed: 0 };
  const isCurrent = row?.plannedFor === until;
  if (isCurrent && row.toldOn) {
    if (night < removalDay(until, row.toldOn)) return { removed: 0 };
    const removed = await removeWords(id, context);
    const plannedFor = keptUntil(partner, null, partnership);
    const after = { ...nothingPlanned, id, plannedFor, checkAgainOn: checkAgainDay(night) };
    return { removed, plan: { before: row, after } };
  }
  if (isCurrent && row.checkAgainOn && night < row.checkAgainOn) return { removed: 0 };
  const next = (await hasWords(id, checkAgainDay(night), context))
    ? { toldOn: night, checkAgainOn: null }
    : { toldOn: null, checkAgainOn: checkAgainDay(night) };
  const after = { ...(row ?? nothingPlanned), id, ...next, plannedFor: until };
  return { removed: 0, plan: { before: row, after } };
}

/**
 * Saves what is planned. A row that a coordinator has just changed stays as it is, and is reviewed again the next
 * night.
 */
async function savePlans(reviews: readonly Review[], { store }: Context): Promise<void> {
  const rows = store.of(noteRetentions);
  const plans = reviews.flatMap(({ plan }) => plan ?? []);
  await rows.insertAll(plans.filter(({ before }) => !before).map(({ after }) => after));
  await rows.saveAll(
    plans.flatMap(({ before, after }) => (before ? [{ ...before, ...after }] : [])),
  );
}

/** The follow-ups about a partner that were closed long enough before a day, and still have a title. */
async function* oldFollowups(partner: string, day: Day, { store, partnership }: Context) {
  const closedBefore = titleCutoff(day, partnership);
  const query = { index: 'byPartner', where: { partner, state: ['done', 'cancelled'] } } as const;
  for await (const row of store.of(followups).all(query, BATCH_SIZE))
    if (row.closedAt && row.closedAt < closedBefore && hasTitle(row)) yield row;
}

async function* notesOf(partner: string, { store }: Context) {
  const rows = store.of(contacts).all({ index: 'byPartner', where: { partner } }, BATCH_SIZE);
  for await (const row of rows) if (row.note !== null) yield row;
}

/** Whether there are notes or titles about a partner that may be removed on a day. */
async function hasWords(partner: string, day: Day, context: Context): Promise<boolean> {
  for await (const _ of notesOf(partner, context)) return true;
  for await (const _ of oldFollowups(partner, day, context)) return true;
  return false;
}

/**
 * Removes the notes and titles about a partner. A row that somebody changes at the same moment is cleared a month
 * later.
 */
async function removeWords(partner: string, context: Context): Promise<number> {
  const { store, night } = context;
  let removed = 0;
  for await (const batch of inBatches(notesOf(partner, context), BATCH_SIZE)) {
    const saved = await store.of(contacts).saveAll(batch.map((row) => ({ ...row, note: null })));
    removed += saved.filter(Boolean).length;
  }
  for await (const batch of inBatches(oldFollowups(partner, night, context), BATCH_SIZE)) {
    const saved = await store.of(followups).saveAll(batch.map(withoutTitle));
    removed += saved.filter(Boolean).length;
  }
  return removed;
}

const hasTitle = ({ title }: Followup): boolean => title !== REMOVED_TITLE;

const withoutTitle = (row: Followup): Followup => ({ ...row, title: REMOVED_TITLE, series: null });

/** Removes the titles of follow-ups about no partner, long after they were closed. */
export const followupWordsStep: RetentionStep = {
  name: 'followups',
  async runBatch({ store, partnership, night, clearedUntil }): Promise<BatchResult> {
    const until = titleCutoff(night, partnership);
    const range = {
      field: 'closedAt',
      before: until,
      ...(clearedUntil && { from: clearedUntil }),
    } as const;
    if (clearedUntil && clearedUntil >= until) return { removed: 0 };
    const query = { index: 'byClosed', where: { state: ['done', 'cancelled'] }, range } as const;
    let removed = 0;
    for await (const batch of inBatches(store.of(followups).all(query, BATCH_SIZE), BATCH_SIZE)) {
      const old = batch.filter((row) => row.partner === null && hasTitle(row));
      const saved = await store.of(followups).saveAll(old.map(withoutTitle));
      removed += saved.filter(Boolean).length;
    }
    return { removed, clearedUntil: until };
  },
};

/** Removes what is planned for partners that are no longer in the register, or that somebody has spoken with since. */
export const outdatedPlansStep: RetentionStep = {
  name: 'noteRetentions',
  async runBatch({ store, partnership, after }): Promise<BatchResult> {
    const rows = store.of(noteRetentions);
    const range = after === null ? {} : { range: { field: 'id', after } as const };
    const page = await rows.find({ index: 'byId', ...range }, BATCH_SIZE);
    const ids = page.rows.map(({ id }) => id);
    const found = await getAll(store.of(partners), ids);
    const partnerOf = new Map(found.map((partner) => [partner.id, partner]));
    const gone = page.rows.filter(({ id }) => !partnerOf.has(id));
    const other = page.rows.filter((row) => {
      const partner = partnerOf.get(row.id);
      const isTold = partner !== undefined && row.toldOn !== null;
      return isTold && row.plannedFor !== keptUntil(partner, row.keepUntil, partnership);
    });
    await Promise.all(gone.map(({ id, version }) => rows.remove(id, version)));
    await rows.saveAll(other.map((row) => ({ ...row, toldOn: null })));
    return { removed: gone.length, next: page.more ? ids.at(-1) : undefined };
  },
};
