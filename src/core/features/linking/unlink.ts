import { type Deps, defineCommand } from '../../command/command.ts';
import { refusal } from '../../command/refusal.ts';
import {
  identities,
  identityId,
  isSameIdentity,
  unlinkedIdentity,
} from '../../domain/identities/identity.ts';
import { memberIdOf } from '../../domain/joining/join.ts';
import {
  type LinkedWorkspace,
  linkedWorkspacesMatching,
  linkedWorkspacesOf,
} from '../../domain/joining/linked-workspaces.ts';
import { lossOf } from '../../domain/members/identity-access.ts';
import { type Member, members, newMember } from '../../domain/members/member.ts';
import { withoutRefusal } from '../../domain/members/refusals.ts';
import { may } from '../../domain/members/rights.ts';
import { writeTogether } from '../../domain/unit-of-work/unit-of-work.ts';
import type { Identity, Place } from '../../message/invocation.ts';
import { type Reply, say } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { nameKey } from '../../names/name-words.ts';
import { insertOnce, updateWithRetry } from '../../ports/store.ts';
import { linkedWorkspacesCard } from './cards.ts';

/** Removes a place from a member. Notes stay with the member, and the user in that place gets a new member. */
export const unlink = defineCommand({
  name: 'unlink',
  summary: 'Unlink a place from you, or from somebody else',
  examples: ['unlink', 'unlink discord'],
  args: {
    where: { kind: 'text', max: 100, summary: 'The place, such as Slack or Discord' },
    who: {
      kind: 'member',
      past: true,
      summary: "Whose place it is. Leave empty if it's yours",
    },
  },
  words: ['where'],
  suggest: {
    where: async (typed, { member, stores }) =>
      (await linkedWorkspacesOf(member, stores))
        .filter(({ name }) => nameKey(name).includes(nameKey(typed)))
        .map(({ name }) => ({ value: name, label: name })),
  },
  audience: 'actor',
  guard: 'ask for help',
  writesWithoutReceipt: true,
  async run({ args, member, place }, deps): Promise<Reply> {
    const isOwn = args.who === undefined || args.who.id === member.id;
    if (!isOwn && !may(member.role, 'coordinate')) return refusal.noRight('coordinate');
    const row = await deps.store.of(members).get(args.who?.id ?? member.id);
    if (!row)
      throw new UserError(
        rich`I no longer have that member. See who is here with ${commandText('members')}.`,
      );
    const workspaces = await linkedWorkspacesOf(row, deps.stores);
    const removable = isOwn
      ? workspaces.filter((other) => isLater(other, place, workspaces))
      : workspaces;
    const like = args.where === undefined ? [] : linkedWorkspacesMatching(args.where, workspaces);
    const [chosen] = like;
    if (!chosen || like.length > 1 || workspaces.length < 2)
      return linkedWorkspacesCard(row, workspaces, { isOwn, removable });
    if (isOwn && lossOf(row, chosen.identity))
      throw new UserError(
        rich`You have no access in ${chosen.name} at the moment, so only a coordinator can unlink it.`,
      );
    if (!removable.includes(chosen))
      throw new UserError(
        rich`I knew you in ${chosen.name} before I knew you here, so please unlink it from there, or ask a coordinator.`,
      );
    await removeIdentity(chosen.identity, row, member, deps);
    const whom = isOwn ? rich`you` : bold(row.name);
    return say(
      rich`Done: ${chosen.name} is no longer linked with ${whom}. What was noted stays with ${whom}.`,
    );
  },
});

/**
 * Whether a place was linked after the one where the command was typed, or is the same. Otherwise somebody who got hold
 * of a code could remove the real owner.
 */
function isLater(
  other: LinkedWorkspace,
  { platform, workspace }: Place,
  all: readonly LinkedWorkspace[],
) {
  const here = all.findIndex(
    ({ identity }) => identity.platform === platform && identity.workspace === workspace,
  );
  return here >= 0 && all.indexOf(other) >= here;
}

/** Removes an identity from a member. @param actor the member who asked for it */
function removeIdentity(
  identity: Identity,
  { id, name, mergedFrom }: Member,
  actor: Pick<Member, 'id'>,
  { stores, partnership, now }: Deps,
): Promise<void> {
  return writeTogether(stores, partnership.id, async (unit) => {
    const { store, trackedGlobal, namesChanged, recordHistory } = unit;
    const rows = store.of(members);
    const isOther = (own: Identity | null) => own !== null && !isSameIdentity(own, identity);
    // Also from the members that were merged into this one: otherwise the next step of a merge would add it again.
    for (const each of [...(mergedFrom ?? []), id]) {
      await updateWithRetry(rows, each, (row) => ({
        ...row,
        identities: row.identities.filter(isOther),
        lastSpokeAs: isOther(row.lastSpokeAs) ? row.lastSpokeAs : null,
        preferredIdentity: isOther(row.preferredIdentity) ? row.preferredIdentity : null,
        ...withoutRefusal({ refusals: row.refusals ?? null }, identity),
      }));
    }
    // Says whose the identity was, so that its next member has the same ties (see `addMember`).
    const who = { id: memberIdOf(identity, partnership.id), name, role: 'member' as const };
    const past = newMember({ ...who, identities: [] });
    await insertOnce(rows, { ...past, active: false, mergedInto: id });
    const known = trackedGlobal(identities);
    const row = await known.get(identityId(identity));
    if (row?.member === id) await known.save(unlinkedIdentity(row));
    await recordHistory({ actor: actor.id, at: now, key: `unlink ${id} ${now.toISOString()}` });
    await namesChanged();
  });
}
