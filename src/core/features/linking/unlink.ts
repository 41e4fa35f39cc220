import { type Deps, defineCommand } from '../../command/command.ts';
import { refusal } from '../../command/refusal.ts';
import { identities, identityId, isSameIdentity } from '../../domain/identities/identity.ts';
import { type Member, members } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import { type LinkedPlace, placesLike, placesOf } from '../../domain/membership/places.ts';
import type { Identity, Place } from '../../message/invocation.ts';
import { type Reply, say } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { placesCard } from './cards.ts';

/** Takes a place away from a member again. What was noted stays with the member; whoever speaks there begins anew. */
export const unlink = defineCommand({
  name: 'unlink',
  summary: 'Take a place away that was linked with you, or with somebody',
  examples: ['unlink', 'unlink discord'],
  args: {
    where: { kind: 'text', max: 100, summary: 'The place, such as Slack or Discord' },
    who: { kind: 'member', summary: 'Whose it is; yours, if nobody is named' },
  },
  words: ['where'],
  audience: 'actor',
  guard: 'ask for help',
  changes: true,
  async run({ args, member, place }, deps): Promise<Reply> {
    const isOwn = args.who === undefined || args.who.id === member.id;
    if (!isOwn && !may(member.role, 'coordinate')) return refusal.noRight('coordinate');
    const row = await deps.store.of(members).get(args.who?.id ?? member.id);
    if (!row) throw new UserError('That member is gone. See who is here with members.');
    const places = await placesOf(row, deps.stores);
    const removable = isOwn ? places.filter((other) => isLater(other, place, places)) : places;
    const like = args.where === undefined ? [] : placesLike(args.where, places);
    const [chosen] = like;
    if (!chosen || like.length > 1 || places.length < 2)
      return placesCard(row, places, { isOwn, removable });
    if (!removable.includes(chosen))
      throw new UserError(
        rich`You were known in ${chosen.name} before you were known here, so I take that away only if you say so there, or a coordinator does.`,
      );
    await takeAway(chosen.identity, row, deps);
    const whose = isOwn ? rich`you` : bold(row.name);
    return say(
      rich`Done: whoever speaks in ${chosen.name} is not ${whose} any more. What was noted stays with ${whose}.`,
    );
  },
});

/**
 * Whether a place was linked after the one that is spoken from, or is that one: whoever got hold of a code cannot put
 * out the one who gave it.
 */
function isLater(other: LinkedPlace, { platform, workspace }: Place, all: readonly LinkedPlace[]) {
  const here = all.findIndex(
    ({ identity }) => identity.platform === platform && identity.workspace === workspace,
  );
  return here >= 0 && all.indexOf(other) >= here;
}

/** Each step may be repeated. */
async function takeAway(
  identity: Identity,
  { id, formerly }: Member,
  { store, stores, namesChanged }: Deps,
): Promise<void> {
  const rows = store.of(members);
  const isOther = (own: Identity | null) => own !== null && !isSameIdentity(own, identity);
  // Also of those they were before: while not all is brought over, it would come back from there.
  for (const each of [...(formerly ?? []), id]) {
    await updateWithRetry(rows, each, (row) => ({
      ...row,
      identities: row.identities.filter(isOther),
      spoke: isOther(row.spoke) ? row.spoke : null,
      prefers: isOther(row.prefers) ? row.prefers : null,
    }));
  }
  const known = stores.global(identities);
  const row = await known.get(identityId(identity));
  if (row?.member === id) await known.remove(row.id, row.version);
  await namesChanged();
}
