import { addToDay, type Day } from '../../core/dates/day.ts';
import { type Partner, partners } from '../../core/domain/partners/partner.ts';
import { namesChanged } from '../../core/domain/partnerships/partnership.ts';
import { type Person, people } from '../../core/domain/people/person.ts';
import { keptUntil, noteRetentions } from '../../core/domain/retention/note-retention.ts';
import { getAll } from '../../core/ports/store.ts';
import { BATCH_SIZE, type BatchResult, type RetentionStep, type StepContext } from './step.ts';

/** How long after somebody left how to reach them is kept. */
const REACHABLE_AFTER_LEAVING = { months: 3 };

/**
 * Removes how to reach people who left three months ago, and people as long after the last contact with their partners as
 * notes are kept.
 */
export const peopleStep: RetentionStep = {
  name: 'people',
  async runBatch(context): Promise<BatchResult> {
    const { store, after, night } = context;
    const rows = store.of(people);
    const range = after === null ? {} : { range: { field: 'id', after } as const };
    const page = await rows.find({ index: 'byId', ...range }, BATCH_SIZE);
    const old = await oldPeople(page.rows, context);
    const unreachable = page.rows.filter((row) => !old.has(row) && isUnreachable(row, night));
    const removed = await Promise.all([...old].map(({ id, version }) => rows.remove(id, version)));
    const cleared = await rows.saveAll(
      unreachable.map((row) => ({ ...row, phone: null, email: null, reach: null })),
    );
    if (removed.some(Boolean)) await namesChanged(store);
    return {
      removed: removed.filter(Boolean).length + cleared.filter(Boolean).length,
      next: page.more ? page.rows.at(-1)?.id : undefined,
    };
  },
};

function isUnreachable({ leftOn, phone, email, reach }: Person, night: Day): boolean {
  const isKept = phone !== null || email !== null || reach !== null;
  return isKept && leftOn !== null && addToDay(leftOn, REACHABLE_AFTER_LEAVING) <= night;
}

/** The people whose partners have had no contact for as long as notes are kept, and who were not kept since then. */
async function oldPeople(
  rows: readonly Person[],
  { store, directory, partnership, night }: StepContext,
): Promise<ReadonlySet<Person>> {
  const partnersOf = (person: Person) =>
    person.positions.map(({ partner }) => directory.partner(partner)?.id ?? partner);
  const ids = [...new Set(rows.flatMap(partnersOf))];
  const [known, plans] = await Promise.all([
    getAll(store.of(partners), ids),
    getAll(store.of(noteRetentions), ids),
  ]);
  const lastContact = new Map(known.map((row: Partner) => [row.id, row.lastContact]));
  const kept = new Map(plans.map(({ id, keepUntil }) => [id, keepUntil]));
  const isOld = (person: Person) =>
    partnersOf(person).every((id) => {
      const last = lastContact.get(id) ?? person.keptOn;
      const since = { lastContact: last > person.keptOn ? last : person.keptOn };
      return keptUntil(since, kept.get(id) ?? null, partnership) <= night;
    });
  return new Set(rows.filter(isOld));
}
