import type { Clock } from '../base/clock.ts';
import type { Command, Commands } from '../command/command.ts';
import { refusal } from '../command/refusal.ts';
import type { Directories } from '../domain/directory/directories.ts';
import type { Directory } from '../domain/directory/directory.ts';
import type { Member } from '../domain/members/member.ts';
import { may } from '../domain/members/rights.ts';
import { zoneOf } from '../domain/members/zone.ts';
import { type JoinContext, joinMentioned, joinSpeaker } from '../domain/membership/join.ts';
import { type Partnership, partnerships } from '../domain/partnerships/partnership.ts';
import { helpReply } from '../features/help/commands.ts';
import { requestToJoin } from '../features/join-requests/ask.ts';
import { JOIN, visitorCard } from '../features/join-requests/cards.ts';
import { begin } from '../features/setup/begin.ts';
import { type Invocation, WORDS } from '../message/invocation.ts';
import type { Reply } from '../message/reply.ts';
import type { Stores } from '../ports/store.ts';
import { mentionedUsers } from './mentioned-users.ts';

/** Where a command runs, and the member who gave it. */
export interface Authorized {
  partnership: Partnership;
  directory: Directory;
  member: Member;
}

/** Why a command does not run, for the one who gave it alone. */
export interface Rejected {
  rejected: Reply;
}

export interface AuthorizeDeps {
  stores: Stores;
  directories: Directories;
  clock: Clock;
  commands: Commands;
  /** Tells the sweep that something may be due at once. */
  wake(): void;
}

interface Request {
  invocation: Invocation;
  command: Command;
  /** As it stands; undefined where nobody has set Convenor up yet. */
  partnership: Partnership | undefined;
}

/**
 * Finds the member who speaks, and checks their right to the command. People of the workspace become members by
 * speaking or by being named, and the first command of its owner creates the partnership.
 */
export async function authorizeInvocation(
  request: Request,
  deps: AuthorizeDeps,
): Promise<Authorized | Rejected> {
  const { invocation, command } = request;
  const now = deps.clock.now();
  const partnership = request.partnership ?? (await begin(invocation, { ...deps, now }));
  if (!partnership) return { rejected: notSetUpReply(request, deps.commands) };
  let context = await joinContext(partnership, deps, now);
  if (await speakerJoins(invocation, context)) context = await reload(context, deps);
  const member = context.directory.memberOf(invocation.actor);
  if (!member?.active) return { rejected: await strangerReply(request, context, deps) };
  if (!may(member.role, command.guard)) {
    const done = await command.done?.(invocation.args, context);
    return { rejected: done ?? refusal.noRight(command.guard) };
  }
  if (await mentionedUsersJoin(request, member, context)) context = await reload(context, deps);
  return { ...context, member };
}

/** What people hear before an owner has set Convenor up: whom to ask, and help if they asked for it. */
function notSetUpReply({ command, invocation }: Request, commands: Commands): Reply {
  const notBegun = refusal.notBegun();
  if (command.name !== 'help') return notBegun;
  const { topic = invocation.args[WORDS] } = invocation.args;
  const help = helpReply(topic?.trim(), commands, 'member');
  return { ...help, card: [...(help.card ?? []), { kind: 'note', text: notBegun.text }] };
}

/** What somebody hears who is no member; a visitor hears how to become one. */
async function strangerReply(
  { invocation, command }: Request,
  context: JoinContext,
  { wake }: AuthorizeDeps,
): Promise<Reply> {
  const { actor, profiles } = invocation;
  const profile = profiles?.[actor.user];
  if (profile?.standing !== 'visitor') return refusal.stranger();
  if (command.name !== JOIN) return visitorCard();
  return requestToJoin({ identity: actor, profile }, { ...context, wake });
}

async function joinContext(
  partnership: Partnership,
  { stores, directories }: AuthorizeDeps,
  now: Date,
): Promise<JoinContext> {
  return { stores, partnership, directory: await directories.of(partnership), now };
}

/** The context after somebody has joined: `namesVersion` of the partnership has moved, and so the directory is read. */
async function reload(context: JoinContext, deps: AuthorizeDeps): Promise<JoinContext> {
  const { id } = context.partnership;
  const partnership = await deps.stores.forPartnership(id).of(partnerships).get(id);
  return joinContext(partnership ?? context.partnership, deps, context.now);
}

async function speakerJoins(
  { actor, profiles, unasked }: Invocation,
  context: JoinContext,
): Promise<boolean> {
  const profile = profiles?.[actor.user];
  if (!profile) return false;
  return joinSpeaker({ identity: actor, profile, unasked: unasked === true }, context);
}

/** People who are named by mention need not have spoken before: `who:@sam` works at once. */
async function mentionedUsersJoin(
  { invocation, command }: Request,
  member: Member,
  context: JoinContext,
): Promise<boolean> {
  const { args, place, profiles = {} } = invocation;
  const { platform, workspace } = place;
  const identityOf = (user: string) => ({ platform, workspace, user });
  const isUnknown = (user: string) => !context.directory.memberOf(identityOf(user));
  if (!may(member.role, 'note things') || !Object.keys(profiles).some(isUnknown)) return false;
  const zone = zoneOf(member, context.partnership);
  const people = mentionedUsers(command, args, { ...context, zone }).flatMap(({ user, letIn }) => {
    const profile = profiles[user];
    return profile ? [{ identity: identityOf(user), profile, letIn }] : [];
  });
  return joinMentioned(people, member, context);
}
