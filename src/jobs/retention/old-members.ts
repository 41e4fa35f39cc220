import { collect } from '../../core/async/collect.ts';
import { contacts } from '../../core/domain/contacts/contact.ts';
import { deliveries } from '../../core/domain/deliveries/delivery.ts';
import { followups } from '../../core/domain/followups/followup.ts';
import { closedIdentity, identities, identityId } from '../../core/domain/identities/identity.ts';
import { type Member, members } from '../../core/domain/members/member.ts';
import { partners } from '../../core/domain/partners/partner.ts';
import { namesChanged } from '../../core/domain/partnerships/partnership.ts';
import { people } from '../../core/domain/people/person.ts';
import { receipts } from '../../core/domain/receipts/receipt.ts';
import { REMOVED_NAME } from '../../core/domain/retention/note-retention.ts';
import { daysBefore } from '../../core/domain/retention/rules.ts';
import type { Write } from '../../core/ports/store.ts';
import type { BatchResult, RetentionStep, StepContext } from './step.ts';

/**
 * How many days a member stays after the last row that refers to them is gone, so that they can come back and `undo`
 * works.
 */
const DAYS_KEPT_UNREFERENCED = 30;

type Context = Pick<StepContext, 'store' | 'stores' | 'now'>;

/**
 * Removes members who have left or were merged into another one, once no row refers to them any more. If other members
 * were merged into them, only their name is removed.
 */
export const membersStep: RetentionStep = {
  name: 'members',
  async runBatch({ store, stores, now }): Promise<BatchResult> {
    const context = { store, stores, now };
    const rows = store.of(members);
    const all = await collect(rows.all({ index: 'byId' }));
    const gone = new Set<string>();
    let renamed = 0;
    for (const row of all) {
      const isStaying = row.active || row.nextRunAt !== null || (await isNamed(row, all, context));
      if (isStaying) {
        if (row.unreferencedSince !== null) await rows.save({ ...row, unreferencedSince: null });
      } else if (row.unreferencedSince === null) {
        await rows.save({ ...row, unreferencedSince: now });
      } else if (row.unreferencedSince <= daysBefore(now, DAYS_KEPT_UNREFERENCED)) {
        const isNeeded = all.some(({ id, mergedInto }) => mergedInto === row.id && !gone.has(id));
        if (!isNeeded && (await removeMember(row, all, context))) gone.add(row.id);
        if (isNeeded && row.name !== REMOVED_NAME) {
          if (await rows.save({ ...row, name: REMOVED_NAME })) renamed++;
        }
      }
    }
    if (gone.size + renamed > 0) await namesChanged(store);
    return { removed: gone.size + renamed };
  },
};

/** Whether a row shows the member's name: under their own id, or that of a member who was merged into them. */
async function isNamed(member: Member, all: readonly Member[], context: Context): Promise<boolean> {
  const ids = [member.id];
  // The rows of a merged member show the name of the one they were merged into.
  if (!member.mergedInto) for (const id of ids) ids.push(...mergedInto(id, all));
  for (const id of ids) if (await isIdNamed(id, context)) return true;
  return false;
}

const mergedInto = (id: string, all: readonly Member[]): string[] =>
  all.filter((row) => row.mergedInto === id).map((row) => row.id);

async function isIdNamed(id: string, { store, stores }: Context): Promise<boolean> {
  const state = ['open', 'done', 'cancelled'] as const;
  const promised = store.of(followups);
  const ledger = store.of(deliveries);
  const found = await Promise.all([
    store.of(contacts).find({ index: 'byMember', where: { by: id } }, 1),
    promised.find({ index: 'byWho', where: { state, who: id } }, 1),
    promised.find({ index: 'byAsked', where: { state, asked: id } }, 1),
    promised.find({ index: 'byAsker', where: { askedBy: id } }, 1),
    promised.find({ index: 'byCreator', where: { createdBy: id } }, 1),
    store.of(partners).find({ index: 'byLead', where: { archived: [true, false], lead: id } }, 1),
    store.of(partners).find({ index: 'byLeadAsked', where: { leadAsked: id } }, 1),
    store.of(partners).find({ index: 'byLeadAsker', where: { leadAskedBy: id } }, 1),
    store.of(people).find({ index: 'byKeeper', where: { keptBy: id } }, 1),
    ledger.find({ index: 'byRecipient', where: { recipient: id } }, 1),
    ledger.find({ index: 'bySubject', where: { subject: id } }, 1),
    stores
      .global(receipts)
      .find({ index: 'byActor', where: { partnership: store.partnership, actor: id } }, 1),
  ]);
  return found.some(({ rows }) => rows.length > 0);
}

/**
 * Removes a member, with their identities, and from the list of the one they were merged into.
 * @returns false if one of the rows was changed in the meantime. Then the next night tries again.
 */
async function removeMember(
  member: Member,
  all: readonly Member[],
  { store, stores }: Context,
): Promise<boolean> {
  const { partnership } = store;
  const writes: Write[] = [];
  for (const identity of member.identities) {
    const row = await stores.global(identities).get(identityId(identity));
    if (row?.partnership !== partnership || row.member !== member.id) continue;
    writes.push({ partnership: undefined, declaration: identities, save: closedIdentity(row) });
  }
  for (const { id } of all.filter(({ mergedFrom }) => mergedFrom?.includes(member.id))) {
    // Another member of this night may have been taken from the list already.
    const row = await store.of(members).get(id);
    if (!row) continue;
    const mergedFrom = row.mergedFrom?.filter((one) => one !== member.id) ?? null;
    writes.push({ partnership, declaration: members, save: { ...row, mergedFrom } as Member });
  }
  writes.push({ partnership, declaration: members, remove: member });
  return (await stores.commit(writes)) === undefined;
}
