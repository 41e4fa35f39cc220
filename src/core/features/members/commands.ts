import { joinRequestRow } from '../../cards/join-request-row.ts';
import { partner } from '../../cards/partner-args.ts';
import { notifyOfTie } from '../../cards/tie-notice.ts';
import { replyWithUndo } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import { joinRequests } from '../../domain/join-requests/join-request.ts';
import { giveRole } from '../../domain/joining/give-role.ts';
import { changeMember } from '../../domain/members/change-member.ts';
import { may, roles } from '../../domain/members/rights.ts';
import { withTie } from '../../domain/members/rules.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import type { Store } from '../../ports/store.ts';
import { memberRow } from './cards.ts';
import { me } from './me.ts';

/** How many members one page shows. */
const PAGE_SIZE = 10;
/** How many join requests the first page shows. */
const MAX_JOIN_REQUESTS_SHOWN = 5;

/** Lists the members. */
const listMembers = defineCommand({
  name: 'members',
  summary: 'See who is here, and who may do what',
  examples: ['members'],
  args: { page: { kind: 'number', min: 1, max: 1000, summary: 'Which page' } },
  audience: 'actor',
  guard: 'see the register',
  async run({ args, member }, { directory, store }): Promise<Reply> {
    const all = directory.members;
    const page = args.page ?? 1;
    const shown = all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    const isCoordinator = may(member.role, 'coordinate');
    const rows = shown.map((row) => memberRow(row, directory, isCoordinator));
    const next = { label: 'More', command: 'members', args: { page: `${page + 1}` } };
    const more: Block[] =
      all.length > page * PAGE_SIZE ? [{ kind: 'buttons', buttons: [next] }] : [];
    const asking = isCoordinator && page === 1 ? await openJoinRequests(store) : [];
    const count = all.filter(({ active }) => active).length;
    return {
      text: rich`${count === 1 ? '1 member' : `${count} members`}:`,
      card: [...asking, ...rows, ...more],
    };
  },
});

/** Open requests to be let in, the newest first; then a note if there are more. */
async function openJoinRequests(store: Store): Promise<Block[]> {
  const asked = { field: 'askedAt', after: new Date(0) } as const;
  const query = { index: 'byAsked', range: asked, descending: true } as const;
  const { rows, more } = await store.of(joinRequests).find(query, MAX_JOIN_REQUESTS_SHOWN);
  const note = rich`More people have asked. They come up here once you have answered these.`;
  return [...rows.map(joinRequestRow), ...(more ? [{ kind: 'note' as const, text: note }] : [])];
}

/** Hides notes about a partner from a member who belongs to it, such as a councillor on the board. */
const tieMember = defineCommand({
  name: 'member tie',
  summary: 'Keep notes about a partner from a member who belongs to it',
  examples: ['member tie @Maya riverside council', 'member tie @Maya riverside council off'],
  args: {
    who: { kind: 'member', needed: true, summary: 'The member who belongs to it', ask: 'Who?' },
    with: { ...partner, summary: 'The partner they belong to' },
    off: { kind: 'flag', summary: 'They no longer belong to it', ask: 'No longer belongs to it?' },
  },
  words: ['who', 'with'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, member, receipt }, deps): Promise<Reply> {
    const { who, with: to } = args;
    const tied = !args.off;
    if (!tied && who.id === member.id)
      throw new UserError(
        rich`You belong to ${bold(to.name)} yourself, so another coordinator has to change that. Nothing has changed.`,
      );
    let isNews = false;
    const changed = await changeMember(who.id, deps, (row) => {
      isNews = row.tiedTo.includes(to.id) !== tied;
      return withTie(row, to.id, tied);
    });
    if (isNews) await notifyOfTie({ member: changed, partner: to.id, tied }, member, deps);
    const name = bold(changed.name);
    return replyWithUndo(
      tied
        ? rich`${name} belongs to ${bold(to.name)}, and no longer sees notes about it or what was promised.`
        : rich`${name} no longer belongs to ${bold(to.name)}, and sees notes about it again.`,
      receipt,
    );
  },
});

/** Changes a member's role. Their briefs change too: daily for workers and coordinators, weekly for members. */
const setRole = defineCommand({
  name: 'member role',
  summary: 'Make somebody a member, worker or coordinator',
  examples: ['member role @Tom coordinator'],
  args: {
    who: { kind: 'member', needed: true, summary: 'The member', ask: 'Who?' },
    role: {
      kind: 'choice',
      choices: roles,
      needed: true,
      summary: 'Their new role',
      ask: 'Which role?',
    },
  },
  words: ['who', 'role'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, receipt }, deps): Promise<Reply> {
    const changed = await giveRole(args.who.id, args.role, deps);
    return replyWithUndo(rich`${bold(changed.name)} is now a ${changed.role}.`, receipt);
  },
});

export const memberCommands = [listMembers, setRole, tieMember, me];
