import { type Day, dayOf } from '../../dates/day.ts';
import { briefName } from '../../domain/briefs/delivery-name.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { deliveries } from '../../domain/deliveries/delivery.ts';
import { deliveryId } from '../../domain/deliveries/enqueue-notice.ts';
import { noteIdentity } from '../../domain/identities/identity.ts';
import { type Moved, moveData } from '../../domain/member-merge/move-data.ts';
import { type Member, members } from '../../domain/members/member.ts';
import { isSelf } from '../../domain/members/self.ts';
import { zoneOf } from '../../domain/members/zone.ts';
import { namesChanged } from '../../domain/partnerships/names-version.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { UserError } from '../../message/user-error.ts';
import { type Stores, updateWithRetry } from '../../ports/store.ts';
import { mergedMember } from './merged-member.ts';

/** After so long (ms) it is looked whether anything came meanwhile to a member who is another by now. */
const LOOK_AGAIN = 60_000;

interface Scene {
  stores: Stores;
  partnership: Partnership;
  now: Date;
}

/**
 * Makes a member one with another: from this one step on nothing goes out to them by themselves, and whatever names
 * them means the other. What was theirs is moved after that (see `bringOver`), here and by the sweep.
 * @returns the row as it then is.
 * @throws UserError while their brief is going out, or if they have become somebody else's meanwhile.
 */
export async function retire(from: Member, to: Member, scene: Scene): Promise<Member> {
  const store = scene.stores.forPartnership(scene.partnership.id);
  const retired = await updateWithRetry(store.of(members), from.id, (row) => {
    if (row.unitedWith === to.id) return undefined;
    if (row.unitedWith) throw new UserError('You have been linked meanwhile. See me.');
    if (row.sending)
      throw new UserError('Your brief is just going out. Please try again in a minute.');
    const again = new Date(scene.now.getTime() + LOOK_AGAIN);
    const rest = { briefDay: null, briefDue: again, nextRunAt: again, claim: null };
    return { ...row, ...rest, active: false, unitedWith: to.id };
  });
  await namesChanged(store);
  return retired ?? from;
}

/**
 * Brings over to a member what was another's who is them by now. Each step may be repeated, until nothing is left.
 * @returns what was moved; `isWhole` false: something is just going out, and has to be moved later.
 */
export async function moveMemberData(
  from: Member,
  scene: Scene,
): Promise<{ moved: Moved; isWhole: boolean }> {
  const { stores, partnership, now } = scene;
  const store = stores.forPartnership(partnership.id);
  const rows = store.of(members);
  const to = await memberNow(from, scene);
  const whose = { partnership: partnership.id, member: to.id };
  for (const identity of from.identities) await noteIdentity(stores, identity, whose);
  const after = await briefedOn(from, scene);
  await updateWithRetry(rows, to.id, (row) => {
    const both = mergedMember(row, from);
    if (isSelf(row, from.id)) return from.identities.length > 0 ? both : undefined;
    // While their brief goes out, its schedule is the sweep's.
    return row.sending ? both : scheduleBrief(both, partnership, now, after);
  });
  await updateWithRetry(rows, from.id, (row) =>
    row.identities.length > 0 ? { ...row, identities: [] } : undefined,
  );
  const done = await moveData({ from: from.id, to: to.id }, store);
  await namesChanged(store);
  return done;
}

/** Today, where a brief has come to somebody today: another would be the second. */
async function briefedOn(member: Member, { stores, partnership, now }: Scene): Promise<Day | null> {
  const today = dayOf(now, zoneOf(member, partnership));
  const id = deliveryId(partnership.id, briefName(member.id, today));
  const row = await stores.forPartnership(partnership.id).of(deliveries).get(id);
  return row && row.state !== 'prepared' ? today : null;
}

/** Who a member is now, who was united with another. */
async function memberNow({ unitedWith }: Member, { stores, partnership }: Scene): Promise<Member> {
  const rows = stores.forPartnership(partnership.id).of(members);
  let row = unitedWith ? await rows.get(unitedWith) : undefined;
  while (row?.unitedWith) row = await rows.get(row.unitedWith);
  if (!row) throw new Error('A member is one with nobody.');
  return row;
}

/** What the sweep does with the row of a member who is another by now: what came meanwhile is brought over too. */
export async function recheckRetired(from: Member, scene: Scene): Promise<void> {
  const { isWhole } = await moveMemberData(from, scene);
  if (isWhole) return;
  const briefDue = new Date(scene.now.getTime() + LOOK_AGAIN);
  const rows = scene.stores.forPartnership(scene.partnership.id).of(members);
  await updateWithRetry(rows, from.id, (row) => ({ ...row, briefDue }));
}

/** That row after it was looked at: at rest, unless it has to be again. */
export function rechecked(from: Member, now: Date): Member {
  const again = from.briefDue !== null && from.briefDue > now ? from.briefDue : null;
  return { ...from, briefDue: again, nextRunAt: again, claim: null, sending: null };
}
