import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { enqueueNotice } from '../../domain/deliveries/enqueue-notice.ts';
import { linkedWorkspacesOf } from '../../domain/joining/linked-workspaces.ts';
import type { LinkCode } from '../../domain/link-codes/link-code.ts';
import { identityToWriteTo, type Member, members } from '../../domain/members/member.ts';
import type { WorkspaceRef } from '../../domain/workspaces/workspace.ts';
import type { Identity } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { codeCard, confirmLinkCard, linkedCard, linkedNotice } from './cards.ts';
import { closeCode, findCode, issueCode, refuseUsed, withCode } from './codes.ts';
import { markMerged, moveMemberData } from './merge-members.ts';

export const LINK_COMMAND = 'link';

const given = {
  code: { kind: 'text', max: 40, summary: 'The code I gave you in your other chat' },
  sure: { kind: 'flag', summary: 'Yes, that is me, without asking again', fromButton: true },
} as const;

/**
 * Merges two members who are the same person in two places: a code from one place is typed in the other. There is no
 * receipt, since the code would be in it, and no undo: `unlink` removes a place again. Each step can be repeated.
 */
export const link = defineCommand({
  name: LINK_COMMAND,
  summary: 'Link your accounts in two places, such as Slack and Discord',
  examples: ['link', 'link ACDE-3467'],
  args: given,
  words: ['code'],
  audience: 'actor',
  guard: 'ask for help',
  writesWithoutReceipt: true,
  async run({ args, member, place }: Call<typeof given>, deps): Promise<Reply> {
    if (args.code === undefined) return codeCard(await issueCode('members', member, deps));
    const typed = { code: args.code, sure: args.sure === true };
    return linkByCode(typed, { taker: member, place, join: async () => member }, deps);
  },
});

type LinkDeps = Pick<Deps, 'stores' | 'store' | 'partnership' | 'directory' | 'now' | 'wake'>;

/** Who typed a code, and where. */
interface CodeTaker {
  taker: Pick<Member, 'id' | 'identities'>;
  place: WorkspaceRef;
  /** Their own member, which is made if they are not one yet. */
  join(): Promise<Member>;
}

/** Merges the member who typed a code into the member who got it, after they have said that they are the same person. */
export async function linkByCode(
  typed: { code: string; sure: boolean },
  { taker, place, join }: CodeTaker,
  deps: LinkDeps,
): Promise<Reply> {
  const code = await findCode(typed.code, 'members', taker, deps);
  const giver = giverOf(code, deps);
  if (giver.id === taker.id) return linkAgain(code, { place }, deps);
  refuseUsed(code, taker.id);
  refuseSamePlace(giver, taker);
  const { stores, partnership } = deps;
  if (code.usedBy === null && !typed.sure)
    return confirmLinkCard(giver, await linkedWorkspacesOf(giver, stores), typed.code);
  const holder = { id: taker.id, codes: { partnership: partnership.id, member: taker.id } };
  const retired = await withCode(code, holder, stores, async () =>
    markMerged(await join(), giver, deps),
  );
  return finishLink(retired, code, { place }, deps);
}

/** The member who got a code. @throws UserError if they are not a member of this partnership. */
function giverOf({ partnership, member }: LinkCode, deps: LinkDeps): Member {
  if (partnership !== deps.partnership.id)
    throw new UserError(
      rich`That code is from a place that is not linked with this one. A coordinator has to link the two first, with ${commandText('workspace link')} in the one that has your partners.`,
      'code',
    );
  const giver = deps.directory.member(member);
  if (giver?.active) return giver;
  throw new UserError('The person who got that code has left.', 'code');
}

/** A member's own code: typed in the same place, or repeated after the two were linked. */
async function linkAgain(code: LinkCode, at: Pick<CodeTaker, 'place'>, deps: LinkDeps) {
  const from = code.usedBy ? await deps.store.of(members).get(code.usedBy) : undefined;
  if (from?.mergedInto) return finishLink(from, code, at, deps);
  throw new UserError('That is your own code. Type it in your other chat with me.', 'code');
}

/** @throws UserError if a member would have two identities in one workspace. */
function refuseSamePlace(giver: Member, { identities }: CodeTaker['taker']): void {
  const isThere = ({ platform, workspace }: Identity) =>
    giver.identities.some((own) => own.platform === platform && own.workspace === workspace);
  if (!identities.some(isThere)) return;
  throw new UserError(
    rich`I already know ${bold(giver.name)} here as a different person. If that is you, type ${commandText('unlink')} there first.`,
    'code',
  );
}

/** What follows once the two are merged: moves the data, tells them and closes the code. */
async function finishLink(
  from: Member,
  code: LinkCode,
  { place }: Pick<CodeTaker, 'place'>,
  deps: LinkDeps,
): Promise<Reply> {
  const { stores, store, now } = deps;
  const giver = deps.directory.member(code.member);
  const { moved } = await moveMemberData(from, deps);
  const member = giver && (await store.of(members).get(giver.id));
  if (!giver || !member) throw new UserError('The person who got that code has left.');
  const workspaces = await linkedWorkspacesOf(member, stores);
  const here = workspaces.find(({ identity }) => isAt(place, identity));
  const identity = identityToWriteTo(giver);
  if (here && identity) {
    const notice = { subject: from.id, occurrence: 'linked', recipient: member.id, at: now };
    const reply = linkedNotice(here, from.name);
    await enqueueNotice({ ...notice, reply, address: { to: 'user', identity } }, deps);
  }
  await closeCode(code, stores);
  deps.wake();
  return linkedCard(member, moved, workspaces);
}

const isAt = ({ platform, workspace }: WorkspaceRef, identity: Identity): boolean =>
  identity.platform === platform && identity.workspace === workspace;
