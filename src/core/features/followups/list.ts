import { followupRow } from '../../cards/followup-row.ts';
import { defineCommand } from '../../command/command.ts';
import type { Day } from '../../dates/day.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { isFollowupHiddenFrom, type Viewer, viewerOf } from '../../domain/members/visibility.ts';
import type { Reply } from '../../message/reply.ts';
import { commandText, type RichText, rich } from '../../message/rich-text.ts';
import type { Store } from '../../ports/store.ts';

/** Follow-ups on one page. */
const PAGE_SIZE = 8;

const shows = ['mine', 'everyone', 'late', 'theirs'] as const;
type Shows = (typeof shows)[number];

/** The open follow-ups, the earliest due first. */
export const listFollowups = defineCommand({
  name: 'followup list',
  summary: 'See open follow-ups',
  phrases: [
    'my promises',
    'my reminders',
    'follow ups',
    'follow-ups',
    'followups',
    'my follow ups',
    'my followups',
    'promises',
    'reminders',
    'show my reminders',
    { says: 'what is late', args: { show: 'late' } },
    { says: 'what is overdue', args: { show: 'late' } },
    { says: 'overdue', args: { show: 'late' } },
    { says: 'late', args: { show: 'late' } },
    { says: 'what is everyone doing', args: { show: 'everyone' } },
    { says: 'what is everybody doing', args: { show: 'everyone' } },
    { says: 'what is outstanding', args: { show: 'everyone' } },
    { says: 'who is doing what', args: { show: 'everyone' } },
    { says: 'all tasks', args: { show: 'everyone' } },
    { says: 'what have they promised', args: { show: 'theirs' } },
    { says: 'what have they promised us', args: { show: 'theirs' } },
    { says: 'who owes us', args: { show: 'theirs' } },
  ],
  examples: ['followup list', 'followup list everyone', 'followup list late'],
  args: {
    show: {
      kind: 'choice',
      choices: shows,
      labels: { late: 'What is late', theirs: 'What others promised us' },
      summary: 'Which ones. Leave empty for yours',
    },
    page: { kind: 'number', min: 1, max: 1000, summary: 'Which page', fromButton: true },
  },
  words: ['show'],
  audience: 'actor',
  guard: 'see the register',
  isList: true,
  async run({ args, member, today }, deps): Promise<Reply> {
    const show = args.show ?? 'mine';
    const viewer = viewerOf(member, deps.directory);
    const reader = { viewer, today, store: deps.store };
    const { shown, count, page } = await readPage(show, args.page ?? 1, reader);
    if (count === 0) return { text: rich`${nothing[show]}` };
    const more = count > page * PAGE_SIZE;
    const next = {
      label: 'More',
      command: 'followup list',
      args: { show, page: String(page + 1) },
    };
    return {
      text: rich`${heading(show, count)}`,
      card: [
        ...shown.map((row) => followupRow(row, today, deps.directory, { owner: show !== 'mine' })),
        ...(more ? [{ kind: 'buttons' as const, buttons: [next] }] : []),
      ],
    };
  },
});

const nothing: { readonly [show in Shows]: RichText } = {
  mine: rich`You have no open follow-ups. Note one with ${commandText('followup add')}.`,
  everyone: rich`There are no open follow-ups. Note one with ${commandText('followup add')}.`,
  late: rich`Nothing is late. Well done.`,
  theirs: rich`Nobody has promised us anything that is still open.`,
};

function heading(show: Shows, count: number): string {
  const things = count === 1 ? '1 follow-up' : `${count} follow-ups`;
  return {
    mine: `You have ${things}:`,
    everyone: `${things} open:`,
    late: `${things} late:`,
    theirs: `${things} that others promised us:`,
  }[show];
}

/** Reads one page of the follow-ups that the member may see, or the last one if there are fewer, and counts all of these. */
async function readPage(
  show: Shows,
  page: number,
  reader: { viewer: Viewer; today: Day; store: Store },
): Promise<{ shown: Followup[]; count: number; page: number }> {
  const { viewer, today, store } = reader;
  const [first, end] = [(page - 1) * PAGE_SIZE, page * PAGE_SIZE];
  const shown: Followup[] = [];
  let count = 0;
  for await (const row of store.of(followups).all(queryOf(show, viewer, today))) {
    if (isFollowupHiddenFrom(viewer, row)) continue;
    if (count >= first && count < end) shown.push(row);
    count++;
  }
  const isBeyond = shown.length === 0 && count > 0;
  return isBeyond ? readPage(show, Math.ceil(count / PAGE_SIZE), reader) : { shown, count, page };
}

function queryOf(show: Shows, { id: who }: Viewer, today: Day) {
  const state = 'open' as const;
  if (show === 'mine') return { index: 'byWho', where: { state, who } } as const;
  if (show === 'theirs') return { index: 'byOurs', where: { state, ours: false } } as const;
  const open = { index: 'byDueDay', where: { state } } as const;
  // Follow-ups without a day are not late.
  return show === 'late'
    ? ({ ...open, range: { field: 'dueDay', from: '', before: today } } as const)
    : open;
}
