import { followupRow } from '../../cards/followup-row.ts';
import type { Call } from '../../command/command.ts';
import { defineCommand } from '../../command/command.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { isHiddenFrom } from '../../domain/members/visibility.ts';
import type { Reply } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';
import type { Store } from '../../ports/store.ts';

/** Follow-ups on one page. */
const PAGE_SIZE = 8;
/** How many follow-ups a list has in all. */
const MAX_LISTED = 200;

const shows = ['mine', 'everyone', 'late', 'theirs'] as const;
type Shows = (typeof shows)[number];

/** The open follow-ups, the earliest due first. */
export const listFollowups = defineCommand({
  name: 'followup list',
  summary: 'See open follow-ups',
  examples: ['followup list', 'followup list everyone', 'followup list late'],
  args: {
    show: {
      kind: 'choice',
      choices: shows,
      summary: 'mine, everyone, late or theirs. Leave empty for mine',
    },
    page: { kind: 'number', min: 1, max: 25, summary: 'Which page' },
  },
  words: ['show'],
  audience: 'actor',
  guard: 'see the register',
  async run({ args, member, today }, deps): Promise<Reply> {
    const show = args.show ?? 'mine';
    const open = await openFollowups(show, member.id, today, deps.store);
    const rows = open.filter((row) => !isHiddenFrom(member, row));
    if (rows.length === 0) return { text: rich`${nothing[show]}` };
    const page = args.page ?? 1;
    const shown = rows.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    const more = rows.length > page * PAGE_SIZE;
    const next = {
      label: 'More',
      command: 'followup list',
      args: { show, page: String(page + 1) },
    };
    return {
      text: rich`${heading(show, rows.length)}`,
      card: [
        ...shown.map((row) => followupRow(row, today, deps.directory, { owner: show !== 'mine' })),
        ...(more ? [{ kind: 'buttons' as const, buttons: [next] }] : []),
      ],
    };
  },
});

const nothing: { readonly [show in Shows]: string } = {
  mine: 'You have no open follow-ups. Note one with followup add.',
  everyone: 'There are no open follow-ups. Note one with followup add.',
  late: 'Nothing is late. Well done, all.',
  theirs: 'Nobody has promised us anything that is still open.',
};

function heading(show: Shows, count: number): string {
  const things =
    count === 1 ? '1 follow-up' : `${count}${count === MAX_LISTED ? '+' : ''} follow-ups`;
  return {
    mine: `You have ${things}:`,
    everyone: `${things} open:`,
    late: `${things} late:`,
    theirs: `${things} that others promised us:`,
  }[show];
}

async function openFollowups(
  show: Shows,
  member: Call['member']['id'],
  today: Call['today'],
  store: Store,
): Promise<Followup[]> {
  const rows = store.of(followups);
  const open = { state: 'open' } as const;
  if (show === 'mine') {
    return rows.find({ index: 'byWho', where: { ...open, who: member }, limit: MAX_LISTED });
  }
  const range = show === 'late' ? { range: { field: 'dueDay' as const, before: today } } : {};
  const all = await rows.find({ index: 'byDueDay', where: open, ...range, limit: MAX_LISTED });
  return show === 'theirs' ? all.filter((row) => !row.ours) : all;
}
