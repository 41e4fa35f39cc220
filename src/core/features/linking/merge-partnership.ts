import { collect } from '../../async/collect.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { contacts } from '../../domain/contacts/contact.ts';
import { deliveries } from '../../domain/deliveries/delivery.ts';
import { digests } from '../../domain/digests/digest.ts';
import { directoriesOf } from '../../domain/directory/directory.ts';
import { followups } from '../../domain/followups/followup.ts';
import { recordIdentity } from '../../domain/identities/identity.ts';
import { joinRequests } from '../../domain/join-requests/join-request.ts';
import { memberIdOf } from '../../domain/joining/join.ts';
import { hasIdentity, type Member, members } from '../../domain/members/member.ts';
import { partners } from '../../domain/partners/partner.ts';
import {
  namesChanged,
  type Partnership,
  partnerships,
} from '../../domain/partnerships/partnership.ts';
import { workspaces } from '../../domain/workspaces/workspace.ts';
import { rich, workspaceWord } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import {
  type AnyDeclaration,
  insertOnce,
  type Store,
  type Stores,
  updateWithRetry,
} from '../../ports/store.ts';

interface MergePartnershipContext {
  stores: Stores;
  now: Date;
}

/** A partnership with rows in these collections cannot be merged into another. */
const contents: readonly AnyDeclaration[] = [partners, contacts, followups];
/** Collections whose rows are removed after a merge, since they would still cause messages. */
const leftovers: readonly AnyDeclaration[] = [digests, deliveries, joinRequests, members];

/** Whether nothing was noted in a partnership yet. */
export async function isEmpty(store: Store): Promise<boolean> {
  const found = await Promise.all(
    contents.map((declaration) => store.of(declaration).find({ index: 'byId' }, 1)),
  );
  return found.every(({ rows }) => rows.length === 0);
}

/**
 * Merges an empty partnership into another. From the first step on, everything said there goes to the other one. Then
 * its members and workspaces move (see `moveMergedPartnership`).
 * @returns how many members moved.
 * @throws UserError if it was merged into a third one in the meantime, or is not empty any more.
 */
export async function mergePartnership(
  from: string,
  to: string,
  context: MergePartnershipContext,
): Promise<number> {
  const store = context.stores.forPartnership(from);
  const rows = store.of(partnerships);
  const joined = await updateWithRetry(rows, from, (row) =>
    row.mergedInto ? undefined : { ...row, mergedInto: to, setUpOffer: null },
  );
  if (joined?.mergedInto !== to)
    throw new UserError(rich`This ${workspaceWord} was linked with another one in the meantime.`);
  // Somebody may have noted something in the meantime.
  if (!(await isEmpty(store))) {
    await updateWithRetry(rows, from, (row) => ({ ...row, mergedInto: null }));
    throw new UserError("Somebody has just noted something here, so I haven't linked it.");
  }
  return moveMergedPartnership(joined, context);
}

/**
 * Moves the members and workspaces of a merged partnership, and removes the rows that would still cause messages. Each
 * step can be repeated: after a crash, the next command from there continues it.
 * @returns how many members moved.
 */
export async function moveMergedPartnership(
  { id, mergedInto }: Partnership,
  context: MergePartnershipContext,
): Promise<number> {
  const { stores } = context;
  const to = await followMerges(mergedInto ?? id, stores);
  const store = stores.forPartnership(id);
  let movedCount = 0;
  for await (const member of store.of(members).all({ index: 'byId' })) {
    if (member.mergedInto) continue;
    // Members without access come along without it: otherwise they could join the other partnership.
    await moveMember(member, to, context);
    if (member.active) movedCount++;
  }
  for (const declaration of leftovers) {
    const rows = store.of(declaration);
    for await (const { id: row } of rows.all({ index: 'byId' })) await rows.remove(row);
  }
  await namesChanged(stores.forPartnership(to.id));
  // Last, because until then every command from there comes here and continues the move.
  const spaces = stores.global(workspaces);
  const moved = await collect(spaces.all({ index: 'byPartnership', where: { partnership: id } }));
  for (const { id: space } of moved)
    await updateWithRetry(spaces, space, (row) => ({ ...row, partnership: to.id }));
  return movedCount;
}

async function followMerges(id: string, stores: Stores): Promise<Partnership> {
  const row = await stores.forPartnership(id).of(partnerships).get(id);
  if (!row) throw new Error('A partnership was merged into one that does not exist.');
  return row.mergedInto ? followMerges(row.mergedInto, stores) : row;
}

/** Adds a member to the other partnership with their own settings, and with the role member. */
async function moveMember(
  member: Member,
  to: Partnership,
  { stores, now }: MergePartnershipContext,
): Promise<void> {
  const [first] = member.identities;
  if (!first) return;
  const id = memberIdOf(first, to.id);
  for (const identity of member.identities)
    await recordIdentity(stores, identity, { partnership: to.id, member: id });
  const rows = stores.forPartnership(to.id).of(members);
  const { tiedPartners } = await directoriesOf(stores).of(to);
  const row = {
    ...member,
    id,
    role: 'member' as const,
    tiedTo: [],
    mergedFrom: null,
    // Each may be the second account of a member there who is tied to a partner.
    unidentifiedSince: tiedPartners.size > 0 ? now : null,
  };
  const inserted = await insertOnce(rows, scheduleBrief(row, to, now));
  // They may have become a member there before, by talking to the bot.
  const missing = member.identities.filter((identity) => !hasIdentity(inserted, identity));
  if (missing.length === 0) return;
  await updateWithRetry(rows, id, (row) => ({
    ...row,
    identities: [...row.identities, ...missing.filter((identity) => !hasIdentity(row, identity))],
  }));
}
