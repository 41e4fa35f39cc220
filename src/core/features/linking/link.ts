import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { enqueueNotice } from '../../domain/deliveries/enqueue-notice.ts';
import type { LinkCode } from '../../domain/link-codes/link-code.ts';
import { type Member, members } from '../../domain/members/member.ts';
import { identityFor } from '../../domain/members/written-to.ts';
import { placesOf } from '../../domain/membership/places.ts';
import type { Identity, Place } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { codeCard, isThatYouCard, linkedCard, linkedNotice } from './cards.ts';
import { giveCode } from './give-code.ts';
import { moveMemberData, retire } from './merge-members.ts';
import { closeCode, findCode, refuseTaken, withCode } from './take-code.ts';

const given = {
  code: { kind: 'text', max: 40, summary: 'The code I gave you in the other place' },
  sure: { kind: 'flag', summary: 'Yes, that is me, without asking again' },
} as const;

/**
 * Makes somebody who is known in two places one member: a code given in one is typed in the other. It keeps no answer
 * (a code would be in it) and cannot be undone: `unlink` takes a place away again. Each step may be repeated.
 */
export const link = defineCommand({
  name: 'link',
  summary: 'Be one and the same for me in another place, such as Slack and Discord',
  examples: ['link', 'link ACDE-3467'],
  args: given,
  words: ['code'],
  audience: 'actor',
  guard: 'ask for help',
  changes: true,
  async run({ args, member, place }: Call<typeof given>, deps): Promise<Reply> {
    if (args.code === undefined) return codeCard(await giveCode('members', member, deps));
    const code = await findCode(args.code, 'members', member, deps);
    const giver = giverOf(code, deps);
    if (giver.id === member.id) return again(code, { member, place }, deps);
    refuseTaken(code, member.id);
    refuseSamePlace(giver, member);
    if (code.taken === null && !args.sure)
      return isThatYouCard(giver, await placesOf(giver, deps.stores), args.code);
    const { stores, partnership } = deps;
    const taker = { id: member.id, codes: { partnership: partnership.id, member: member.id } };
    const retired = await withCode(code, taker, stores, () => retire(member, giver, deps));
    return finish(retired, code, { place }, deps);
  },
});

/** Who was given a code. @throws UserError where that is no member of this partnership. */
function giverOf({ partnership, member }: LinkCode, deps: Deps): Member {
  if (partnership !== deps.partnership.id)
    throw new UserError(
      'That code is from a workspace that is not linked with this one. A coordinator has to link the two first: workspace link, in the one that has your partners.',
      'code',
    );
  const giver = deps.directory.member(member);
  if (giver?.active) return giver;
  throw new UserError('Whoever was given that code is no longer here.', 'code');
}

/** One's own code: typed in the same place, or again by somebody who is one by now and had not heard. */
async function again(code: LinkCode, call: Pick<Call, 'member' | 'place'>, deps: Deps) {
  const from = code.taken ? await deps.store.of(members).get(code.taken) : undefined;
  if (from?.unitedWith) return finish(from, code, call, deps);
  throw new UserError('You are the one who has that code. Say it in the other place.', 'code');
}

/** Nobody is known twice in one workspace. @throws UserError */
function refuseSamePlace(giver: Member, member: Member): void {
  const isThere = ({ platform, workspace }: Identity) =>
    giver.identities.some((own) => own.platform === platform && own.workspace === workspace);
  if (!member.identities.some(isThere)) return;
  throw new UserError(
    rich`${bold(giver.name)} is known here already, as somebody else. If that is you, say unlink there first.`,
    'code',
  );
}

/** All that follows once two are one. */
async function finish(
  from: Member,
  code: LinkCode,
  { place }: Pick<Call, 'place'>,
  deps: Deps,
): Promise<Reply> {
  const { stores, store, now } = deps;
  const before = deps.directory.member(code.member);
  const { moved } = await moveMemberData(from, deps);
  const member = before && (await store.of(members).get(before.id));
  if (!before || !member) throw new UserError('Whoever was given that code is no longer here.');
  const places = await placesOf(member, stores);
  const here = places.find(({ identity }) => isAt(place, identity));
  const identity = identityFor(before);
  if (here && identity) {
    const notice = { subject: from.id, occurrence: 'linked', recipient: member.id, at: now };
    const reply = linkedNotice(here, from.name);
    await enqueueNotice({ ...notice, reply, address: { to: 'user', identity } }, deps);
  }
  await closeCode(code, stores);
  deps.wake();
  return linkedCard(member, moved, places);
}

const isAt = ({ platform, workspace }: Place, identity: Identity): boolean =>
  identity.platform === platform && identity.workspace === workspace;
