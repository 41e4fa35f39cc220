import { idFromReference } from '../../base/id.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { enqueueNotice } from '../../domain/deliveries/enqueue-notice.ts';
import { joinRequestId, joinRequests } from '../../domain/join-requests/join-request.ts';
import { addMember } from '../../domain/joining/join.ts';
import { changeMember } from '../../domain/members/change-member.ts';
import { withAccessRestored } from '../../domain/members/identity-access.ts';
import type { Member } from '../../domain/members/member.ts';
import { workspaceAt } from '../../domain/workspaces/workspace.ts';
import { type Reply, say } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { access } from './access.ts';
import { admittedCard, JOIN_COMMAND, welcomeCard } from './cards.ts';
import { coordinator } from './coordinator.ts';

/** For members, who are in already. A visitor's request is handled in `authorize-invocation.ts`. */
const join = defineCommand({
  name: JOIN_COMMAND,
  summary: "Ask the coordinators to let you in, if I don't know you yet",
  examples: ['join'],
  args: {},
  audience: 'actor',
  guard: 'ask for help',
  async run({ member }): Promise<Reply> {
    return say(
      rich`You are in already, as a ${member.role}. Type ${commandText('help')} to see what I can do.`,
    );
  },
});

/** Lets somebody in by name, also somebody who had left. */
const addMemberCommand = defineCommand({
  name: 'member add',
  title: 'Let somebody in',
  submit: 'Let in',
  summary: 'Let somebody in, or back in, as a member',
  examples: ['member add @Tom'],
  args: {
    who: {
      kind: 'member',
      add: true,
      needed: true,
      summary: 'Who to let in',
      ask: 'Who?',
      hint: '',
    },
  },
  words: ['who'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args: { who }, member, receipt }, deps): Promise<Reply> {
    const known = deps.directory.member(who.id);
    const hasLostAccess = known?.access?.some(({ lost }) => lost) === true;
    if (known?.active && !hasLostAccess)
      return say(rich`${bold(known.name)} is in already, as a ${known.role}.`);
    return admittedCard(await admitMember(who.id, member, deps), receipt);
  },
});

/** Lets in somebody who asked. */
const admitVisitor = defineCommand({
  name: 'member admit',
  summary: 'Let in somebody who asked',
  examples: [],
  args: {
    which: {
      kind: 'text',
      needed: true,
      summary: 'Who asked. The button fills this in',
      fromButton: true,
    },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args: { which }, member, receipt }, deps): Promise<Reply> {
    const { stores, store, partnership, now, directory } = deps;
    const asked = idFromReference(which);
    const visitor = asked ? await store.of(joinRequests).get(asked) : undefined;
    const workspace = visitor && (await workspaceAt(stores, visitor.identity));
    if (!visitor || workspace?.partnership !== partnership.id)
      throw new UserError(
        rich`Somebody has dealt with that already. See who is here with ${commandText('members')}.`,
      );
    const { identity, name, zone } = visitor;
    const known = { identity, profile: { name, zone, standing: 'visitor' as const } };
    const context = { stores, partnership, directory, now };
    const id =
      directory.memberOf(identity)?.id ??
      (await addMember({ role: 'member', active: false }, known, context));
    return admittedCard(await admitMember(id, member, deps), receipt);
  },
});

/**
 * Makes a member active whose row exists already, and tells them if they had asked. Each step can be repeated. An undo
 * makes the member inactive again.
 */
async function admitMember(id: string, by: Member, deps: Deps): Promise<Member> {
  const { store, partnership, now } = deps;
  const member = await changeMember(id, deps, (row) =>
    scheduleBrief(
      { ...withAccessRestored(row), active: true, role: row.active ? row.role : 'member' },
      partnership,
      now,
    ),
  );
  const rows = store.of(joinRequests);
  for (const identity of member.identities) {
    const asked = await rows.get(joinRequestId(identity, partnership.id));
    if (!asked) continue;
    const notice = { subject: asked.id, occurrence: deps.id('let in'), recipient: id, at: now };
    await enqueueNotice({ ...notice, reply: welcomeCard(by, partnership.name) }, deps);
    await rows.remove(asked.id);
  }
  return member;
}

export const joinRequestCommands = [coordinator, join, addMemberCommand, admitVisitor, access];
