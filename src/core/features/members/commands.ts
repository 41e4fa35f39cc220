import { defineCommand } from '../../command.ts';
import type { Block, Reply } from '../../reply.ts';
import { rich } from '../../rich-text.ts';
import { may } from '../../rights.ts';
import { memberRow } from './cards.ts';
import { memberLeft } from './left.ts';
import { me } from './me.ts';
import { setRole } from './role.ts';
import { tieMember } from './tie.ts';

/** Members on one page. */
const PAGE = 10;

/** Who is in the partnership. */
const listMembers = defineCommand({
  name: 'members',
  summary: 'See who is here, and who may do what',
  examples: ['members'],
  args: { page: { kind: 'number', min: 1, max: 1000, summary: 'Which page' } },
  audience: 'actor',
  guard: 'see the register',
  async run({ args, member }, { directory }): Promise<Reply> {
    const all = directory.members;
    const page = args.page ?? 1;
    const shown = all.slice((page - 1) * PAGE, page * PAGE);
    const coordinates = may(member.role, 'coordinate');
    const rows = shown.map((row) => memberRow(row, directory, coordinates));
    const next = { label: 'More', command: 'members', args: { page: `${page + 1}` } };
    const more: Block[] = all.length > page * PAGE ? [{ kind: 'buttons', buttons: [next] }] : [];
    const count = all.filter(({ active }) => active).length;
    return {
      text: rich`${count === 1 ? '1 member' : `${count} members`}:`,
      card: [...rows, ...more],
    };
  },
});

export const memberCommands = [listMembers, setRole, tieMember, memberLeft, me];
