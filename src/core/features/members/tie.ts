import { changedReply } from '../../cards/changed-reply.ts';
import { partner } from '../../cards/partner-args.ts';
import { defineCommand } from '../../command/command.ts';
import { changeMember } from '../../domain/members/change.ts';
import { withTie } from '../../domain/members/rules.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';

/** Ties a member to a partner they belong to (a councillor on the board): notes about it are not for them. */
export const tieMember = defineCommand({
  name: 'member tie',
  summary: 'Keep notes about a partner from a member who belongs to it',
  examples: ['member tie @Maya riverside council', 'member tie @Maya riverside council off'],
  args: {
    who: { kind: 'member', needed: true, summary: 'The member who belongs to it', ask: 'Who?' },
    with: { ...partner, summary: 'The partner they belong to' },
    off: { kind: 'flag', summary: 'Take the tie away', ask: 'Take the tie away?' },
  },
  words: ['who', 'with'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, receipt }, deps): Promise<Reply> {
    const { who, with: to } = args;
    const tied = !args.off;
    const changed = await changeMember(who.id, deps, (row) => withTie(row, to.id, tied));
    const name = bold(changed.name);
    return changedReply(
      tied
        ? rich`${name} is tied to ${bold(to.name)}, and no longer sees notes about it or what was promised.`
        : rich`${name} is no longer tied to ${bold(to.name)}, and sees notes about it again.`,
      receipt,
    );
  },
});
