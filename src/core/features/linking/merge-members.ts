import { type Day, dayOf } from '../../dates/day.ts';
import { briefName } from '../../domain/briefs/delivery-name.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { deliveries, deliveryId } from '../../domain/deliveries/delivery.ts';
import { isSameIdentity, recordIdentity } from '../../domain/identities/identity.ts';
import { type MovedCounts, moveData } from '../../domain/member-merge/move-data.ts';
import {
  DEFAULT_BRIEF_MINUTE,
  hasIdentity,
  identityToWriteTo,
  isSameMember,
  type Member,
  members,
  zoneOf,
} from '../../domain/members/member.ts';
import { type Role, roles } from '../../domain/members/rights.ts';
import type { Partnership } from '../../domain/partnerships/partnership.ts';
import { writeTogether } from '../../domain/unit-of-work/unit-of-work.ts';
import type { Identity } from '../../message/invocation.ts';
import { commandText, rich } from '../../message/rich-text.ts';
import { BeingSentError, UserError } from '../../message/user-error.ts';
import { type Stores, updateWithRetry } from '../../ports/store.ts';

/** The sweep checks a merged member again after this time, in case something new was addressed to them. */
const RECHECK_AFTER_MS = 60_000;

interface MergeContext {
  stores: Stores;
  partnership: Partnership;
  now: Date;
}

/**
 * Marks a member as merged into another. From this step on they get no messages, and their id leads to the
 * other member. Their data is moved after that, here and by the sweep (see `moveMemberData`).
 * @returns the saved row.
 * @throws UserError while their brief is being sent, or if they were merged into somebody else in the meantime.
 */
export async function markMerged(from: Member, to: Member, context: MergeContext): Promise<Member> {
  return writeTogether(context.stores, context.partnership.id, async ({ store, namesChanged }) => {
    await namesChanged();
    const retired = await updateWithRetry(store.of(members), from.id, (row) => {
      if (row.mergedInto === to.id) return undefined;
      if (row.mergedInto)
        throw new UserError(
          rich`You were linked with somebody else in the meantime. Type ${commandText('me')} to see where I know you.`,
        );
      if (row.sending)
        throw new BeingSentError(
          'Your brief is being sent right now. Please try again in a minute.',
        );
      const again = new Date(context.now.getTime() + RECHECK_AFTER_MS);
      const rest = { briefDay: null, briefDue: again, nextRunAt: again, claim: null };
      return { ...row, ...rest, active: false, mergedInto: to.id };
    });
    return retired ?? from;
  });
}

/**
 * Moves the data of a merged member to the member they were merged into. Each step can be repeated.
 * @returns what was moved. `isWhole`: false if something has to be moved later, because it is being sent now.
 */
export async function moveMemberData(
  from: Member,
  context: MergeContext,
): Promise<{ moved: MovedCounts; isWhole: boolean }> {
  const { stores, partnership } = context;
  const to = await mergeTarget(from, context);
  await moveIdentities(from, to, context);
  return moveData({ from: from.id, to: to.id }, stores.forPartnership(partnership.id));
}

/** Moves what makes somebody known as this member. Together, since an identity always belongs to somebody. */
async function moveIdentities(
  from: Member,
  to: Pick<Member, 'id'>,
  context: MergeContext,
): Promise<void> {
  const { stores, partnership, now } = context;
  const after = await dayOfBriefSent(from, context);
  const whose = { partnership: partnership.id, member: to.id };
  await writeTogether(stores, partnership.id, async (unit) => {
    const { store, trackedGlobal, namesChanged, recordHistory } = unit;
    const rows = store.of(members);
    const stored = { global: trackedGlobal };
    for (const identity of from.identities) await recordIdentity(stored, identity, whose);
    await updateWithRetry(rows, to.id, (row) => {
      const both = mergedMember(row, from);
      if (isSameMember(row, from.id)) return from.identities.length > 0 ? both : undefined;
      // While their brief is being sent, the sweep decides on the schedule.
      return row.sending ? both : scheduleBrief(both, partnership, now, after);
    });
    await updateWithRetry(rows, from.id, (row) =>
      row.identities.length > 0 ? { ...row, identities: [] } : undefined,
    );
    await recordHistory({ actor: to.id, at: now, key: `merge ${from.id} ${now.toISOString()}` });
    await namesChanged();
  });
}

/** Today, if the member has got a brief today already: then the merged member gets no second one. */
async function dayOfBriefSent(
  member: Member,
  { stores, partnership, now }: MergeContext,
): Promise<Day | null> {
  const today = dayOf(now, zoneOf(member, partnership));
  const id = deliveryId(partnership.id, briefName(member.id, today));
  const row = await stores.forPartnership(partnership.id).of(deliveries).get(id);
  return row && row.state !== 'prepared' ? today : null;
}

/** The member that a merged member is now. */
async function mergeTarget(
  { mergedInto }: Member,
  { stores, partnership }: MergeContext,
): Promise<Member> {
  const rows = stores.forPartnership(partnership.id).of(members);
  let row = mergedInto ? await rows.get(mergedInto) : undefined;
  while (row?.mergedInto) row = await rows.get(row.mergedInto);
  if (!row) throw new Error('A member was merged into one that does not exist.');
  return row;
}

/** What the sweep does with the row of a merged member: it moves what was addressed to them since. */
export async function moveLeftovers(from: Member, context: MergeContext): Promise<void> {
  const { isWhole } = await moveMemberData(from, context);
  if (isWhole) return;
  const briefDue = new Date(context.now.getTime() + RECHECK_AFTER_MS);
  const rows = context.stores.forPartnership(context.partnership.id).of(members);
  await updateWithRetry(rows, from.id, (row) => ({ ...row, briefDue }));
}

/** The row of a merged member after the sweep checked it: not due any more, unless it has to be checked again. */
export function withNextRecheck(from: Member, now: Date): Member {
  const again = from.briefDue !== null && from.briefDue > now ? from.briefDue : null;
  return { ...from, briefDue: again, nextRunAt: again, claim: null, sending: null };
}

/**
 * The member after another one was merged into them. They keep their own settings; the other's fill in the rest. They
 * get the role with more rights, since both are theirs, and the ties of both, so that hidden notes stay hidden. On a
 * repeat only identities, merged ids and ties are added.
 */
function mergedMember(member: Member, other: Member): Member {
  const missing = other.identities.filter((identity) => !hasIdentity(member, identity));
  const mergedFrom = [...(member.mergedFrom ?? []), other.id, ...(other.mergedFrom ?? [])];
  const both = {
    ...member,
    identities: [...member.identities, ...missing],
    access: accessOfBoth(member, other, missing),
    mergedFrom: [...new Set(mergedFrom)],
    keeper: member.identities.length + missing.length > 0 ? null : (member.keeper ?? null),
    tiedTo: [...new Set([...member.tiedTo, ...other.tiedTo])],
  };
  if (isSameMember(member, other.id)) return both;
  return {
    ...both,
    // Messages go where they went so far, until they speak from another place.
    lastSpokeAs: identityToWriteTo(member) ?? null,
    dmFallback: member.dmFallback ?? other.dmFallback ?? null,
    refusals: [...(member.refusals ?? []), ...(other.refusals ?? [])],
    unreachedSince: member.unreachedSince ?? other.unreachedSince ?? null,
    role: wider(member.role, other.role),
    // One of the two is known, so both are.
    unidentifiedSince: other.unidentifiedSince && member.unidentifiedSince,
    zone: member.zone ?? other.zone,
    platformZone: member.platformZone ?? other.platformZone ?? null,
    quietHours: member.quietHours ?? other.quietHours,
    pausedUntil: member.pausedUntil ?? other.pausedUntil,
    briefDays: member.briefDays ?? other.briefDays,
    briefAt: member.briefAt === DEFAULT_BRIEF_MINUTE ? other.briefAt : member.briefAt,
    rhythm: member.rhythm === 'daily' ? other.rhythm : member.rhythm,
    steppedBackAt: member.steppedBackAt ?? other.steppedBackAt,
  };
}

/** What let in the identities that come from another member, and what they have lost, comes with them. */
function accessOfBoth(
  { access }: Member,
  other: Member,
  moved: readonly Identity[],
): Member['access'] {
  const isMoved = (one: Identity) => moved.some((identity) => isSameIdentity(one, identity));
  const theirs = other.access?.filter(isMoved) ?? [];
  if (theirs.length === 0) return access;
  return [...(access ?? []).filter((one) => !isMoved(one)), ...theirs];
}

function wider(one: Role, other: Role): Role {
  return roles.indexOf(other) > roles.indexOf(one) ? other : one;
}
