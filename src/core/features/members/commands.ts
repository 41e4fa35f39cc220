import { idFromReference } from '../../base/id.ts';
import { joinRequestRow } from '../../cards/join-request-row.ts';
import { partner } from '../../cards/partner-args.ts';
import { notifyOfTie } from '../../cards/tie-notice.ts';
import { replyWithUndo } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { joinRequests } from '../../domain/join-requests/join-request.ts';
import { giveRole } from '../../domain/joining/give-role.ts';
import { changeMember } from '../../domain/members/change-member.ts';
import type { Member } from '../../domain/members/member.ts';
import { may, roles } from '../../domain/members/rights.ts';
import { withTie } from '../../domain/members/rules.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import { hasSameWords, wordsOfName } from '../../domain/personal-data/find-name.ts';
import type { RawArgs } from '../../message/invocation.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, commandText, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import type { Store } from '../../ports/store.ts';
import { addByHand } from './by-hand.ts';
import { memberRow } from './cards.ts';
import { readHoldings } from './holdings.ts';
import { me } from './me.ts';

/** How many members one page shows. */
const PAGE_SIZE = 10;
/** How many join requests the first page shows. */
const MAX_JOIN_REQUESTS_SHOWN = 5;

/** Lists the members. */
const listMembers = defineCommand({
  name: 'members',
  summary: 'See who is here, and who may do what',
  phrases: [
    'who is here',
    'who is in the group',
    'who else is here',
    'list members',
    'show members',
    'members list',
    'team',
    'who is in the team',
  ],
  examples: ['members'],
  args: { page: { kind: 'number', min: 1, max: 1000, summary: 'Which page', fromButton: true } },
  audience: 'actor',
  guard: 'see the register',
  async run({ args, member }, { directory, store, partnership }): Promise<Reply> {
    const all = directory.members;
    const page = args.page ?? 1;
    const shown = all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    const isCoordinator = may(member.role, 'coordinate');
    const viewer = viewerOf(member, directory);
    const reader = { viewer, member };
    const holdings = await Promise.all(
      shown.map((row) =>
        isCoordinator ? readHoldings(row, reader, { store, partnership }) : undefined,
      ),
    );
    const rows = shown.map((row, at) => memberRow(row, directory, viewer, holdings[at]));
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
  title: 'Who belongs to a partner',
  summary: 'Keep notes about a partner from a member who belongs to it',
  examples: ['member tie @Maya riverside council', 'member tie @Maya riverside council off'],
  args: {
    who: {
      kind: 'member',
      needed: true,
      summary: 'The member who belongs to it',
      ask: 'Who?',
      hint: '',
    },
    with: { ...partner, summary: 'The partner they belong to' },
    off: {
      kind: 'flag',
      summary: 'They no longer belong to it',
      ask: 'No longer belongs to it?',
      hint: '',
    },
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
      return isNews ? withTie(row, to.id, tied) : undefined;
    });
    const name = bold(changed.name);
    if (!isNews)
      return {
        text: tied
          ? rich`${name} belongs to ${bold(to.name)} already, so nothing has changed.`
          : rich`${name} doesn't belong to ${bold(to.name)}, so nothing has changed.`,
      };
    await notifyOfTie({ member: changed, partner: to.id, tied }, member, deps);
    const unsure = tied ? await questionNamesakes(changed, member, deps) : [];
    return replyWithUndo(
      tied
        ? rich`${name} belongs to ${bold(to.name)}, and no longer sees notes about it or what was promised.${namesakesText(unsure)}`
        : rich`${name} no longer belongs to ${bold(to.name)}, and sees notes about it again.`,
      receipt,
      unsure.length > 0 ? [{ label: 'Members', command: 'members', args: {} }] : [],
    );
  },
});

/**
 * Members elsewhere of the same name may be the second account of somebody who is tied now: they have to be identified
 * again. Nobody has two accounts in one workspace.
 */
async function questionNamesakes(tied: Member, by: Member, deps: Deps): Promise<Member[]> {
  const words = wordsOfName(tied.name);
  const isWith = (one: Member) =>
    one.identities.some(({ platform, workspace }) =>
      tied.identities.some((own) => own.platform === platform && own.workspace === workspace),
    );
  const unsure = deps.directory.members.filter(
    (one) =>
      one.active &&
      one.id !== by.id &&
      one.id !== tied.id &&
      hasSameWords(one.name, words) &&
      !isWith(one),
  );
  for (const { id } of unsure)
    await changeMember(id, deps, (row) => ({
      ...row,
      unidentifiedSince: row.unidentifiedSince ?? deps.now,
    }));
  return unsure;
}

function namesakesText(unsure: readonly Member[]): RichText {
  const [first] = unsure;
  if (!first) return [];
  return rich` There is ${unsure.length === 1 ? 'another' : `${unsure.length} more called`} ${bold(first.name)} in another place. Until a coordinator says in ${commandText('members')} who that is, they don't see it either.`;
}

/** Changes a member's role. Their briefs change too: daily for workers and coordinators, weekly for members. */
const setRole = defineCommand({
  name: 'member role',
  title: "Change somebody's role",
  summary: 'Make somebody a member, worker or coordinator',
  examples: ['member role @Tom coordinator'],
  args: {
    who: { kind: 'member', needed: true, summary: 'The member', ask: 'Who?', hint: '' },
    role: {
      kind: 'choice',
      choices: roles,
      needed: true,
      summary: 'Their new role',
      ask: 'Which role?',
      hint: '',
    },
  },
  words: ['who', 'role'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async prefill(raw, { directory }): Promise<RawArgs> {
    const who = directory.member(idFromReference(raw.who));
    return who ? { role: who.role } : {};
  },
  async run({ args, receipt }, deps): Promise<Reply> {
    const before = deps.directory.member(args.who.id);
    if (before?.active && before.role === args.role)
      return {
        text: rich`${bold(before.name)} is a ${before.role} already, so nothing has changed.`,
      };
    const changed = await giveRole(args.who.id, args.role, deps);
    return replyWithUndo(rich`${bold(changed.name)} is now a ${changed.role}.`, receipt);
  },
});

export const memberCommands = [listMembers, setRole, tieMember, addByHand, me];
