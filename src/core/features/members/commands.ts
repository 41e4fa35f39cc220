import { waitingRow } from '../../cards/waiting-row.ts';
import { defineCommand } from '../../command/command.ts';
import { type Visitor, visitors } from '../../domain/join-requests/visitor.ts';
import { may } from '../../domain/members/rights.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';
import type { Store } from '../../ports/store.ts';
import { memberRow } from './cards.ts';
import { me } from './me.ts';
import { setRole } from './role.ts';
import { tieMember } from './tie.ts';

/** Members on one page. */
const PAGE = 10;
/** Visitors who wait, on the first one. */
const MOST_ASKING = 5;

/** Who is in the partnership. */
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
    const shown = all.slice((page - 1) * PAGE, page * PAGE);
    const coordinates = may(member.role, 'coordinate');
    const rows = shown.map((row) => memberRow(row, directory, coordinates));
    const next = { label: 'More', command: 'members', args: { page: `${page + 1}` } };
    const more: Block[] = all.length > page * PAGE ? [{ kind: 'buttons', buttons: [next] }] : [];
    const asking = coordinates && page === 1 ? await whoAsks(store) : [];
    const count = all.filter(({ active }) => active).length;
    return {
      text: rich`${count === 1 ? '1 member' : `${count} members`}:`,
      card: [...asking.map(waitingRow), ...rows, ...more],
    };
  },
});

/** Visitors who wait to be let in, the latest first. */
function whoAsks(store: Store): Promise<Visitor[]> {
  const asked = { field: 'askedAt', after: new Date(0) } as const;
  return store
    .of(visitors)
    .find({ index: 'byAsked', range: asked, descending: true, limit: MOST_ASKING });
}

export const memberCommands = [listMembers, setRole, tieMember, me];
