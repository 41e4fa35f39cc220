import type { Clock } from '../base/clock.ts';
import type { Command, Commands } from '../command/command.ts';
import { refusal } from '../command/refusal.ts';
import type { Directory, DirectoryCache } from '../domain/directory/directory.ts';
import type { JoinContext } from '../domain/joining/join.ts';
import type { Member } from '../domain/members/member.ts';
import { may } from '../domain/members/rights.ts';
import { type Partnership, partnerships } from '../domain/partnerships/partnership.ts';
import { helpReply } from '../features/help/commands.ts';
import { JOIN_COMMAND, visitorCard } from '../features/join-requests/cards.ts';
import { requestToJoin } from '../features/join-requests/request-to-join.ts';
import { createPartnership } from '../features/setup/create-partnership.ts';
import { type Invocation, WORDS } from '../message/invocation.ts';
import type { Reply } from '../message/reply.ts';
import { type Stores, unlessStoreFails } from '../ports/store.ts';
import { joinActorOf, joinMentionedUsers } from './join-people.ts';

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
 * their first command or by being mentioned. The first command of a workspace's owner creates the partnership.
 */
export async function authorizeInvocation(
  request: Request,
  deps: AuthorizeDeps,
): Promise<Authorized | Rejected> {
  const { invocation, command } = request;
  const now = deps.clock.now();
  const partnership =
    request.partnership ?? (await createPartnership(invocation, { ...deps, now }));
  if (!partnership) return { rejected: notSetUpReply(request, deps.commands) };
  let context = await readContext(partnership, deps, now);
  // A member is answered also while the store cannot take a new name or zone from their profile.
  const isMember = context.directory.memberOf(invocation.actor)?.active === true;
  if (await failOnlyIfNeeded(!isMember, joinActorOf(invocation, context))) {
    context = await reload(context, deps);
  }
  const member = context.directory.memberOf(invocation.actor);
  if (!member?.active) return { rejected: await nonMemberReply(request, context, deps) };
  if (!may(member.role, command.guard)) {
    const done = await command.alreadyDone?.(invocation.args, context);
    return { rejected: done ?? refusal.noRight(command.guard) };
  }
  const isMentionNeeded = command.writes === true;
  if (await failOnlyIfNeeded(isMentionNeeded, joinMentionedUsers(request, member, context))) {
    context = await reload(context, deps);
  }
  return { ...context, member };
}

/** What a step changed: nothing, if the store fails and the command does not need the step. */
function failOnlyIfNeeded(isNeeded: boolean, step: Promise<boolean>): Promise<boolean> {
  return isNeeded
    ? step
    : unlessStoreFails(
        () => step,
        () => false,
      );
}

/** The reply before an owner has set Convenor up: whom to ask, and help if the command is help. */
function notSetUpReply({ command, invocation }: Request, commands: Commands): Reply {
  const notSetUp = refusal.notSetUp();
  if (command.name !== 'help') return notSetUp;
  const { topic = invocation.args[WORDS] } = invocation.args;
  const help = helpReply(topic?.trim(), commands, 'member');
  return { ...help, card: [...(help.card ?? []), { kind: 'note', text: notSetUp.text }] };
}

/** The reply to somebody who is not a member. A visitor can ask to join. */
async function nonMemberReply(
  { invocation, command }: Request,
  context: JoinContext,
  { wake }: AuthorizeDeps,
): Promise<Reply> {
  const { actor, profiles } = invocation;
  const profile = profiles?.[actor.user];
  if (profile?.standing !== 'visitor') return refusal.stranger();
  if (command.name !== JOIN_COMMAND) return visitorCard();
  return requestToJoin({ identity: actor, profile }, { ...context, wake });
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
