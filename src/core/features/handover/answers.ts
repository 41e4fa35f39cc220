import { idFromReference } from '../../base/id.ts';
import { followupAnswers, leadAnswers } from '../../cards/assignment-notice.ts';
import { followupLine } from '../../cards/followup-row.ts';
import { undoButton } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import {
  enqueueCoordinatorNotices,
  enqueueNotice,
} from '../../domain/deliveries/enqueue-notice.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { takenBy } from '../../domain/followups/rules.ts';
import { withReminderAfterEdit } from '../../domain/followups/series.ts';
import { refuseWhileSending } from '../../domain/handover/hand-over.ts';
import { readAskedOf, type Tasks } from '../../domain/handover/workload.ts';
import { spokenFor } from '../../domain/members/by-hand.ts';
import { type Member, otherCoordinators } from '../../domain/members/member.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { withLeadTaken } from '../../domain/partners/rules.ts';
import { FORM } from '../../message/invocation.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, member as mention, rich } from '../../message/rich-text.ts';
import { StateError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';
import { countedTasks, takenOnCard } from './cards.ts';

/** How many things one list asks about. The rest comes when these are answered. */
const MAX_LISTED = 10;

/** What the answers to a request have in common. */
const answersRequest = {
  examples: [],
  args: {
    from: { kind: 'text', needed: true, fromButton: true, summary: 'Whose tasks they are' },
    to: {
      kind: 'text',
      fromButton: true,
      summary: 'Who is asked, if they were added by name only',
    },
  },
  words: ['from'],
  audience: 'actor',
  guard: 'note things',
} as const;

/** Yes to all that somebody was asked to take on from another member. */
export const acceptHandover = defineCommand({
  name: 'handover accept',
  summary: 'Say yes to taking on tasks of somebody else',
  ...answersRequest,
  writes: true,
  async run({ args, member, today, receipt }, deps): Promise<Reply> {
    const { from, asked, tasks } = await openRequests(args, member, deps);
    refuseWhileSending(tasks);
    const mine: Followup[] = [];
    const led: Partner[] = [];
    for (const { id } of tasks.mine) {
      const row = await updateWithRetry(deps.store.of(followups), id, (now) =>
        now.state === 'open' && now.asked === asked.id
          ? withReminderAfterEdit(now, { ...now, ...takenBy(asked.id, today) }, deps)
          : undefined,
      );
      if (row?.who === asked.id) mine.push(row);
    }
    for (const { id } of tasks.led) {
      const row = await updateWithRetry(deps.store.of(partners), id, (now) =>
        !now.archived && now.leadAsked === asked.id
          ? withLeadTaken(now, asked.id, today)
          : undefined,
      );
      if (row?.lead === asked.id) led.push(row);
    }
    for (const [asker, part] of byAsker(tasks)) {
      const news = rich`${mention(asked)} takes on ${countedTasks(part)} from ${from.name}. Thank you for asking.`;
      const reader = deps.directory.member(asker);
      const notice = { subject: from.id, occurrence: deps.id(`took over ${asker}`), at: deps.now };
      if (reader?.active && reader.id !== member.id)
        await enqueueNotice({ ...notice, recipient: reader.id, reply: { text: news } }, deps);
    }
    return takenOnCard({ mine, led }, { asked, member, today }, undoButton(receipt));
  },
});

/** No to all that somebody was asked to take on from another member. */
export const declineHandover = defineCommand({
  name: 'handover decline',
  summary: "Say that you can't take on tasks of somebody else",
  ...answersRequest,
  writes: true,
  async run({ args, member }, deps): Promise<Reply> {
    const { from, asked, tasks } = await openRequests(args, member, deps);
    for (const { id } of tasks.mine)
      await updateWithRetry(deps.store.of(followups), id, (now) =>
        now.asked === asked.id ? { ...now, asked: null, askedBy: null } : undefined,
      );
    for (const { id } of tasks.led)
      await updateWithRetry(deps.store.of(partners), id, (now) =>
        now.leadAsked === asked.id ? { ...now, leadAsked: null, leadAskedBy: null } : undefined,
      );
    for (const [asker, part] of byAsker(tasks))
      await tellDeclined(asker, part, { from, asked, member }, deps);
    const isOwnRequest = [...byAsker(tasks).keys()].every((asker) => asker === member.id);
    return { text: rich`No trouble at all.${!isOwnRequest && " I've let them know."}` };
  },
});

/** Each thing that somebody is asked to take on, with its own answers. */
export const partOfHandover = defineCommand({
  name: 'handover part',
  summary: 'Choose what you take on of the tasks of somebody else',
  ...answersRequest,
  isList: true,
  async run({ args, member, today }, deps): Promise<Reply> {
    const from = memberOf(args.from, deps);
    const asked = askedOf(args.to, member, deps);
    const { mine, led } = await readAskedOf(asked, from, deps);
    const rows: Block[] = [
      ...mine.map((row): Block => {
        const text = followupLine({ ...row, asked: null }, today, deps.directory, { owner: false });
        return { kind: 'row', text, buttons: followupAnswers(row) };
      }),
      ...led.map(
        (row): Block => ({
          kind: 'row',
          text: rich`${bold(row.name)} · to lead it`,
          buttons: leadAnswers(row),
        }),
      ),
    ];
    if (rows.length === 0)
      return { text: rich`You have answered everything about ${from.name}'s tasks. Thank you.` };
    const more = rows.length - MAX_LISTED;
    const note: Block[] =
      more > 0
        ? [{ kind: 'note', text: rich`And ${more} more: they come once these are answered.` }]
        : [];
    return {
      text: rich`Which of ${from.name}'s tasks could ${asked.id === member.id ? 'you' : asked.name} take on?`,
      card: [...rows.slice(0, MAX_LISTED), ...note],
    };
  },
});

/** @throws StateError if nothing is asked of the member any more. */
async function openRequests(
  args: { from: string; to?: string | undefined },
  member: Member,
  deps: Deps,
) {
  const from = memberOf(args.from, deps);
  const asked = askedOf(args.to, member, deps);
  const tasks = await readAskedOf(asked, from, deps);
  if (tasks.mine.length + tasks.led.length === 0)
    throw new StateError(
      rich`That request is no longer open: it was answered, changed or taken back. Nothing has changed.`,
    );
  return { from, asked, tasks };
}

/** Whose answer a press is: their own, or that of somebody added by hand for whom they may speak. */
function askedOf(reference: string | undefined, member: Member, { directory }: Deps): Member {
  return spokenFor(member, directory.member(idFromReference(reference ?? '') ?? ''));
}

function memberOf(reference: string, { directory }: Deps): Member {
  const from = directory.member(idFromReference(reference) ?? '');
  if (!from) throw new StateError('That request is no longer open. Nothing has changed.');
  return from;
}

/** The tasks by who asked for them. */
function byAsker({ mine, led }: Tasks): ReadonlyMap<string, Tasks> {
  const askers = [
    ...mine.map(({ askedBy }) => askedBy),
    ...led.map(({ leadAskedBy }) => leadAskedBy),
  ];
  return new Map(
    [...new Set(askers.flatMap((asker) => asker ?? []))].map((asker) => [
      asker,
      {
        mine: mine.filter(({ askedBy }) => askedBy === asker),
        led: led.filter(({ leadAskedBy }) => leadAskedBy === asker),
      },
    ]),
  );
}

/** Tells who asked, and the coordinators if nobody else would hear of it, that somebody can't take tasks on. It has no titles. */
async function tellDeclined(
  askedBy: string,
  tasks: Tasks,
  { from, asked, member }: { from: Member; asked: Member; member: Member },
  deps: Deps,
): Promise<void> {
  const { directory, now: at } = deps;
  const asker = directory.member(askedBy);
  const keeper = directory.member(tasks.mine[0]?.who ?? tasks.led[0]?.lead ?? '');
  const rest = keeper ? `${keeper.name} still has it.` : 'Nobody has it at the moment.';
  const reply: Reply = {
    text: rich`${mention(asked)} can't take on ${countedTasks(tasks)} of ${from.name}'s this time. ${rest}`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Ask someone else',
            command: 'handover',
            args: { who: `#${from.id}`, [FORM]: 'yes' },
          },
        ],
      },
    ],
  };
  const notice = { subject: from.id, occurrence: deps.id(`declined ${askedBy}`), reply, at };
  if (asker?.active && asker.id !== member.id)
    await enqueueNotice({ ...notice, recipient: asker.id }, deps);
  // What nobody has, and no coordinator may read, is in no brief of theirs.
  const needsCoordinator = !asker?.active || (!keeper && asker.role !== 'coordinator');
  if (needsCoordinator)
    await enqueueCoordinatorNotices(otherCoordinators(directory.members, member.id), notice, deps);
}
