import type { Clock } from '../base/clock.ts';
import type { Command, Commands } from '../command/command.ts';
import { refusal } from '../command/refusal.ts';
import type { Directories } from '../domain/directory/directories.ts';
import type { Directory } from '../domain/directory/directory.ts';
import type { Member } from '../domain/members/member.ts';
import { may } from '../domain/members/rights.ts';
import { zoneOf } from '../domain/members/zone.ts';
import { type JoinScene, joinMentioned, joinSpeaker } from '../domain/membership/join.ts';
import { type Partnership, partnerships } from '../domain/partnerships/partnership.ts';
import { helpReply } from '../features/help/commands.ts';
import { askToBeLetIn } from '../features/join-requests/ask.ts';
import { JOIN, visitorCard } from '../features/join-requests/cards.ts';
import { begin } from '../features/setup/begin.ts';
import { type Invocation, WORDS } from '../message/invocation.ts';
import type { Reply } from '../message/reply.ts';
import type { Stores } from '../ports/store.ts';
import { mentionedUsers } from './mentioned-users.ts';

/** Where a command runs, and who speaks. */
export interface Entered {
  partnership: Partnership;
  directory: Directory;
  member: Member;
}

/** What entering works with. */
export interface Doorway {
  stores: Stores;
  directories: Directories;
  clock: Clock;
  commands: Commands;
  /** Tells the sweep that something may be due at once. */
  wake(): void;
}

/**
 * Finds out who speaks, and whether they may: people of the workspace become members by speaking, or by being named,
 * and its owner's first command makes the partnership.
 * @param partnership as it stands; undefined where nobody has begun.
 * @returns who enters, or what they are told instead, to them alone.
 */
export async function enter(
  said: { invocation: Invocation; command: Command; partnership: Partnership | undefined },
  doorway: Doorway,
): Promise<Entered | { told: Reply }> {
  const { invocation, command } = said;
  const now = doorway.clock.now();
  const partnership = said.partnership ?? (await begin(invocation, { ...doorway, now }));
  if (!partnership) return { told: beforeAll(said, doorway.commands) };
  let here = await hereIn(partnership, doorway, now);
  if (await speakerJoins(invocation, here)) here = await readAgain(here, doorway);
  const member = here.directory.memberOf(invocation.actor);
  if (!member?.active) return { told: await outside(said, here, doorway) };
  if (!may(member.role, command.guard)) {
    const done = await command.done?.(invocation.args, here);
    return { told: done ?? refusal.noRight(command.guard) };
  }
  if (await mentionedJoin(said, member, here)) here = await readAgain(here, doorway);
  return { ...here, member };
}

/** What everybody but an owner is told before anything is there: help, in words. */
function beforeAll(
  { command, invocation }: { command: Command; invocation: Invocation },
  commands: Commands,
): Reply {
  const told = refusal.notBegun();
  if (command.name !== 'help') return told;
  const { topic = invocation.args[WORDS] } = invocation.args;
  const help = helpReply(topic?.trim(), commands, 'member');
  return { ...help, card: [...(help.card ?? []), { kind: 'note', text: told.text }] };
}

/** What somebody is told who is no member: a visitor, how to become one. */
async function outside(
  { invocation, command }: { invocation: Invocation; command: Command },
  here: JoinScene,
  { wake }: Doorway,
): Promise<Reply> {
  const { actor, profiles } = invocation;
  const profile = profiles?.[actor.user];
  if (profile?.standing !== 'visitor') return refusal.stranger();
  if (command.name !== JOIN) return visitorCard();
  return askToBeLetIn({ identity: actor, profile }, { ...here, wake });
}

async function hereIn(
  partnership: Partnership,
  { stores, directories }: Doorway,
  now: Date,
): Promise<JoinScene> {
  return { stores, partnership, directory: await directories.of(partnership), now };
}

/** After somebody has joined: the partnership's `namesVersion` has moved. */
async function readAgain(here: JoinScene, doorway: Doorway): Promise<JoinScene> {
  const { id } = here.partnership;
  const partnership = await doorway.stores.forPartnership(id).of(partnerships).get(id);
  return hereIn(partnership ?? here.partnership, doorway, here.now);
}

async function speakerJoins(
  { actor, profiles, unasked }: Invocation,
  here: JoinScene,
): Promise<boolean> {
  const profile = profiles?.[actor.user];
  return (
    profile !== undefined &&
    joinSpeaker({ identity: actor, profile, unasked: unasked === true }, here)
  );
}

/** Whoever is named by mention need not have spoken before: `who:@sam` works at once. */
async function mentionedJoin(
  { invocation, command }: { invocation: Invocation; command: Command },
  member: Member,
  here: JoinScene,
): Promise<boolean> {
  const { args, place, profiles = {} } = invocation;
  const { platform, workspace } = place;
  const identityOf = (user: string) => ({ platform, workspace, user });
  const isUnknown = (user: string) => !here.directory.memberOf(identityOf(user));
  if (!may(member.role, 'note things') || !Object.keys(profiles).some(isUnknown)) return false;
  const zone = zoneOf(member, here.partnership);
  const people = mentionedUsers(command, args, { ...here, zone }).flatMap(({ user, letIn }) => {
    const profile = profiles[user];
    return profile ? [{ identity: identityOf(user), profile, letIn }] : [];
  });
  return joinMentioned(people, member, here);
}
