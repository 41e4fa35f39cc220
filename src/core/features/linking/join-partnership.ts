import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { contacts } from '../../domain/contacts/contact.ts';
import { deliveries } from '../../domain/deliveries/delivery.ts';
import { digests } from '../../domain/digests/digest.ts';
import { followups } from '../../domain/followups/followup.ts';
import { noteIdentity } from '../../domain/identities/identity.ts';
import { visitors } from '../../domain/join-requests/visitor.ts';
import { type Member, members } from '../../domain/members/member.ts';
import { hasIdentity } from '../../domain/members/written-to.ts';
import { memberIdOf } from '../../domain/membership/join.ts';
import { partners } from '../../domain/partners/partner.ts';
import { namesChanged } from '../../domain/partnerships/names-version.ts';
import { type Partnership, partnerships } from '../../domain/partnerships/partnership.ts';
import { workspaces } from '../../domain/workspaces/workspace.ts';
import { UserError } from '../../message/user-error.ts';
import {
  genericDeclaration,
  insertOnce,
  type Store,
  type Stores,
  updateWithRetry,
} from '../../ports/store.ts';

interface Scene {
  stores: Stores;
  now: Date;
}

/** What keeps a partnership from being joined to another: nothing of it could come along. */
const contents = [partners, contacts, followups].map((declaration) =>
  genericDeclaration(declaration),
);
/** What goes with a partnership that was joined to another: whatever would still happen by itself. */
const leftovers = [digests, deliveries, visitors, members].map((declaration) =>
  genericDeclaration(declaration),
);

/** Whether nothing has been noted in a partnership. */
export async function isEmpty(store: Store): Promise<boolean> {
  const found = await Promise.all(
    contents.map((declaration) => store.of(declaration).find({ index: 'byId', limit: 1 })),
  );
  return found.every((rows) => rows.length === 0);
}

/**
 * Joins a partnership to another: from its first step on whatever is said there is said to the other. Then its
 * workspaces and members move (see `moveIn`).
 * @returns how many members came.
 * @throws UserError where it has been joined to a third meanwhile, or is not empty any more.
 */
export async function joinPartnership(from: string, to: string, scene: Scene): Promise<number> {
  const store = scene.stores.forPartnership(from);
  const rows = store.of(partnerships);
  const joined = await updateWithRetry(rows, from, (row) =>
    row.joined ? undefined : { ...row, joined: to, setUpOffer: null },
  );
  if (joined?.joined !== to) throw new UserError('This workspace has been linked meanwhile.');
  // Somebody may have noted something just before.
  if (!(await isEmpty(store))) {
    await updateWithRetry(rows, from, (row) => ({ ...row, joined: null }));
    throw new UserError('Somebody has just noted something here, so I have linked nothing.');
  }
  return moveJoinedPartnership(joined, scene);
}

/**
 * Moves the members and workspaces of a partnership that was joined to another, and removes what would still happen
 * by itself. Each step may be repeated: cut off half-way, the next thing said there goes on with it.
 * @returns how many members came.
 */
export async function moveJoinedPartnership(
  { id, joined }: Partnership,
  scene: Scene,
): Promise<number> {
  const { stores } = scene;
  const to = await partnershipNow(joined ?? id, stores);
  const store = stores.forPartnership(id);
  let came = 0;
  for await (const page of store.of(members).pages({ index: 'byId' })) {
    for (const member of page) {
      if (!member.active || member.unitedWith) continue;
      await joinAs(member, to, scene);
      came++;
    }
  }
  for (const declaration of leftovers) {
    const rows = store.of(declaration);
    for await (const page of rows.pages({ index: 'byId' }))
      for (const row of page) await rows.remove(row.id);
  }
  await namesChanged(stores.forPartnership(to.id));
  // Last: until then whatever is said there finds its way here, and goes on with this.
  const spaces = stores.global(workspaces);
  for (const { id: space } of await spaces.find({
    index: 'byPartnership',
    where: { partnership: id },
  }))
    await updateWithRetry(spaces, space, (row) => ({ ...row, partnership: to.id }));
  return came;
}

async function partnershipNow(id: string, stores: Stores): Promise<Partnership> {
  const row = await stores.forPartnership(id).of(partnerships).get(id);
  if (!row) throw new Error('A partnership was joined to one that is not there.');
  return row.joined ? partnershipNow(row.joined, stores) : row;
}

/** The same person as a member of the other partnership, with their own settings; their role there is yet to be named. */
async function joinAs(member: Member, to: Partnership, { stores, now }: Scene): Promise<void> {
  const [first] = member.identities;
  if (!first) return;
  const id = memberIdOf(first, to.id);
  for (const identity of member.identities)
    await noteIdentity(stores, identity, { partnership: to.id, member: id });
  const rows = stores.forPartnership(to.id).of(members);
  const row = { ...member, id, role: 'member' as const, tiedTo: [], formerly: null };
  const standing = await insertOnce(rows, scheduleBrief(row, to, now));
  // They may have spoken there before they were brought.
  const missing = member.identities.filter((identity) => !hasIdentity(standing, identity));
  if (missing.length === 0) return;
  await updateWithRetry(rows, id, (row) => ({
    ...row,
    identities: [...row.identities, ...missing.filter((identity) => !hasIdentity(row, identity))],
  }));
}
