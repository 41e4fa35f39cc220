import { changedReply } from '../../cards/changed-reply.ts';
import { defineCommand } from '../../command/command.ts';
import { roles } from '../../domain/members/rights.ts';
import { giveRole } from '../../domain/membership/give-role.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
/** Gives a member another role. Their briefs follow: daily for workers and coordinators, weekly for members. */
export const setRole = defineCommand({
  name: 'member role',
  summary: 'Make somebody a member, worker or coordinator',
  examples: ['member role @Tom coordinator'],
  args: {
    who: { kind: 'member', needed: true, summary: 'Whose role it is', ask: 'Who?' },
    role: {
      kind: 'choice',
      choices: roles,
      needed: true,
      summary: 'What they are from now on',
      ask: 'Which role?',
    },
  },
  words: ['who', 'role'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, receipt }, deps): Promise<Reply> {
    const changed = await giveRole(args.who.id, args.role, deps);
    return changedReply(rich`${bold(changed.name)} is now a ${changed.role}.`, receipt);
  },
});
