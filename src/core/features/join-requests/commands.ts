import { idIn } from '../../base/id.ts';
import { defineCommand } from '../../command/command.ts';
import { visitors } from '../../domain/join-requests/visitor.ts';
import { addAs } from '../../domain/membership/join.ts';
import { workspaceAt } from '../../domain/workspaces/workspace.ts';
import { type Reply, say } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { access } from './access.ts';
import { admit } from './admit.ts';
import { admittedCard, JOIN } from './cards.ts';

/** A visitor asks to be let in (see `enter.ts`, as they are nobody yet); whoever is in hears that. */
const join = defineCommand({
  name: JOIN,
  summary: 'Ask the coordinators to let you in, where I do not know you yet',
  examples: ['join'],
  args: {},
  audience: 'actor',
  guard: 'ask for help',
  async run({ member }): Promise<Reply> {
    return say(rich`You are in already, as a ${member.role}. Type help to see what I can do.`);
  },
});

/** A coordinator lets somebody in by naming them, also somebody who had left. */
const addMember = defineCommand({
  name: 'member add',
  summary: 'Let somebody in, or back in, as a member',
  examples: ['member add @Tom'],
  args: {
    who: { kind: 'member', add: true, needed: true, summary: 'Whom to let in', ask: 'Who?' },
  },
  words: ['who'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args: { who }, member, receipt }, deps): Promise<Reply> {
    const standing = deps.directory.member(who.id);
    if (standing?.active)
      return say(rich`${bold(standing.name)} is in already, as a ${standing.role}.`);
    return admittedCard(await admit(who.id, member, deps), receipt);
  },
});

/** The answer to somebody who asked. */
const admitVisitor = defineCommand({
  name: 'member admit',
  summary: 'Let somebody in who asked for it',
  examples: [],
  args: { which: { kind: 'text', needed: true, summary: 'Who asked, as its button names them' } },
  words: ['which'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args: { which }, member, receipt }, deps): Promise<Reply> {
    const { stores, store, partnership, now, directory } = deps;
    const asked = idIn(which);
    const visitor = asked ? await store.of(visitors).get(asked) : undefined;
    const workspace = visitor && (await workspaceAt(stores, visitor.identity));
    if (!visitor || workspace?.partnership !== partnership.id)
      throw new UserError('Somebody has seen to that already. See who is here with members.');
    const { identity, name, zone } = visitor;
    const known = { identity, profile: { name, zone, standing: 'visitor' as const } };
    const scene = { stores, partnership, directory, now };
    const id =
      directory.memberOf(identity)?.id ??
      (await addAs({ role: 'member', active: false }, known, scene));
    return admittedCard(await admit(id, member, deps), receipt);
  },
});

export const joinRequestCommands = [join, addMember, admitVisitor, access];
