import type { Clock } from '../base/clock.ts';
import { introduction } from '../cards/introduction.ts';
import type { Command, Commands } from '../command/command.ts';
import { refusal } from '../command/refusal.ts';
import type { Directory, DirectoryCache } from '../domain/directory/directory.ts';
import { platformName } from '../domain/identities/identity.ts';
import {
  isInPartnership,
  type JoinContext,
  joinActor,
  updateProfile,
} from '../domain/joining/join.ts';
import type { KnownPerson } from '../domain/joining/profile.ts';
import type { Member } from '../domain/members/member.ts';
import { may } from '../domain/members/rights.ts';
import { type Partnership, partnerships } from '../domain/partnerships/partnership.ts';
import { noteProfile } from '../domain/standing/note-profile.ts';
import { type Standing, standingOf } from '../domain/standing/standing.ts';
import { HOME_COMMAND } from '../features/briefs/commands.ts';
import { helpReply } from '../features/help/topics.ts';
import { JOIN_COMMAND, visitorCard } from '../features/join-requests/cards.ts';
import {
  COORDINATOR_COMMAND,
  nameCoordinator,
  needsCoordinator,
} from '../features/join-requests/coordinator.ts';
import { requestToJoin } from '../features/join-requests/request-to-join.ts';
import { LINK_COMMAND } from '../features/linking/link.ts';
import { linkVisitor } from '../features/linking/link-visitor.ts';
import { createPartnership } from '../features/setup/create-partnership.ts';
import { type Invocation, WORDS } from '../message/invocation.ts';
import type { Reply } from '../message/reply.ts';
import { type Stores, unlessStoreFails } from '../ports/store.ts';
import { joinMentionedUsers } from './join-people.ts';

/** The member who gave a command, and their partnership. */
export interface Authorized {
  partnership: Partnership;
  directory: Directory;
  member: Member;
}

/** The reply that says why a command does not run. */
export interface Rejected {
  rejected: Reply;
}

export interface AuthorizeDeps {
  stores: Stores;
  directories: DirectoryCache;
  clock: Clock;
  commands: Commands;
  /** Starts a sweep now, since something may be due at once. */
  wake(): void;
}

interface Request {
  invocation: Invocation;
  command: Command;
  /** Undefined if nobody has set Convenor up yet. */
  partnership: Partnership | undefined;
}

/**
 * Finds the member who gave a command, and checks that they have the right to it. People of a workspace become members by
 * their first command or by being mentioned. The first command of a workspace's owner creates the partnership. Somebody
 * whose platform no longer lets them in loses their access here, too.
 */
export async function authorizeInvocation(
  request: Request,
  deps: AuthorizeDeps,
): Promise<Authorized | Rejected> {
  const { invocation, command } = request;
  const { actor, profiles, automatic = false } = invocation;
  const profile = profiles?.[actor.user];
  const now = deps.clock.now();
  const partnership =
    request.partnership ?? (await createPartnership(invocation, { ...deps, now }));
  if (!partnership) return { rejected: notSetUpReply(request, deps.commands) };
  if (!profile) return { rejected: refusal.unknownUser(platformName(actor.platform)) };
  let context = await readContext(partnership, deps, now);
  const person = { identity: actor, profile };
  const { directory } = context;
  const noteDeps = { ...context, wake: deps.wake };
  // Somebody who has lost their access is refused in any case. If the store fails now, the next look records it.
  let standing = await unlessStoreFails(
    () => noteProfile(actor, profile, noteDeps),
    () => standingOf(actor, profile, directory),
  );
  const isOwner = profile.standing === 'owner' && !automatic;
  if (isOwner && needsCoordinator(directory, standing.is === 'new')) {
    const args = command.name === COORDINATOR_COMMAND ? invocation.args : undefined;
    return { rejected: await nameCoordinator(person, args, noteDeps) };
  }
  if (standing.is === 'new' && !automatic && (await joinActor(person, context))) {
    context = await reload(context, deps);
    standing = standingOf(actor, profile, context.directory);
  }
  if (standing.is !== 'in') {
    return { rejected: await nonMemberReply(request, { ...person, standing }, context, deps) };
  }
  // A member is answered also while the store cannot take a new name or zone from their profile.
  const known = standing.member;
  const isUpdated = await unlessStoreFails(
    () => updateProfile(known, { ...person, automatic }, context),
    () => false,
  );
  if (isUpdated) context = await reload(context, deps);
  const member = context.directory.memberOf(actor);
  if (!member?.active) return { rejected: visitorCard() };
  if (!may(member.role, command.guard)) {
    const done = await command.alreadyDone?.(invocation.args, context);
    return { rejected: done ?? refusal.noRight(command.guard) };
  }
  const joinMentioned = () => joinMentionedUsers(request, member, context);
  const hasJoined = command.writes
    ? await joinMentioned()
    : await unlessStoreFails(joinMentioned, () => false);
  if (hasJoined) context = await reload(context, deps);
  return { ...context, member };
}

/** The reply before an owner has set Convenor up: whom to ask, and help if the command is help. */
function notSetUpReply({ command, invocation }: Request, commands: Commands): Reply {
  const notSetUp = refusal.notSetUp();
  if (command.name === HOME_COMMAND)
    return { text: introduction, card: [{ kind: 'text', text: notSetUp.text }] };
  if (command.name !== 'help') return notSetUp;
  const { topic = invocation.args[WORDS] } = invocation.args;
  const help = helpReply(topic?.trim(), commands, 'member');
  return { ...help, card: [...(help.card ?? []), { kind: 'note', text: notSetUp.text }] };
}

/** The reply to somebody who is not a member. A visitor, and somebody who lost their access, can ask to be let in. */
async function nonMemberReply(
  { command, invocation }: Request,
  { identity, profile, standing }: KnownPerson & { standing: Standing },
  context: JoinContext,
  { wake }: AuthorizeDeps,
): Promise<Reply> {
  if (profile.standing === 'guest') return refusal.guest();
  if (profile.standing === 'gone') return refusal.gone();
  const isFromHere = standing.is !== 'new' || (await isInPartnership(identity, context));
  if (!isFromHere) return refusal.stranger();
  const person = { identity, profile };
  const here = { ...context, wake };
  // Somebody who has lost their access gets it back from a coordinator only.
  if (command.name === LINK_COMMAND && standing.is === 'visitor')
    return (await linkVisitor(person, invocation.args, here)) ?? visitorCard();
  return command.name === JOIN_COMMAND ? requestToJoin(person, here) : visitorCard();
}

async function readContext(
  partnership: Partnership,
  { stores, directories }: AuthorizeDeps,
  now: Date,
): Promise<JoinContext> {
  return { stores, partnership, directory: await directories.of(partnership), now };
}

/** The context after somebody has joined. The partnership's `namesVersion` has changed, so the directory is brought up to date. */
async function reload(context: JoinContext, deps: AuthorizeDeps): Promise<JoinContext> {
  const { id } = context.partnership;
  const partnership = await deps.stores.forPartnership(id).of(partnerships).get(id);
  return readContext(partnership ?? context.partnership, deps, context.now);
}
