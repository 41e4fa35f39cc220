import { type Deps, defineCommand } from '../../command.ts';
import { UserError } from '../../errors.ts';
import type { Reply } from '../../reply.ts';
import { bold, rich } from '../../rich-text.ts';
import { type Role, roles } from '../../rights.ts';
import { scheduleBrief } from '../briefs/schedule.ts';
import { changedReply } from '../partners/cards.ts';
import { changeMember } from './change.ts';
import { refuseLastCoordinator } from './rules.ts';
import { type Member, members } from './store.ts';

/** The most members that are looked through for another coordinator. */
const MOST_MEMBERS = 5000;

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

/** Gives a member a role. @throws UserError where they have left, or nobody would be left to coordinate. */
export async function giveRole(id: string, role: Role, deps: Deps): Promise<Member> {
  const everybody = await deps.store.of(members).find({ index: 'byName', limit: MOST_MEMBERS });
  return changeMember(id, deps, (row) => {
    if (!row.active) throw new UserError(rich`${bold(row.name)} has left. Nothing has changed.`);
    refuseLastCoordinator(row, role, everybody);
    return scheduleBrief({ ...row, role }, deps.partnership, deps.now);
  });
}
