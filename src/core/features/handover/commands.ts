import { undoButton } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { refuseWhileSending } from '../../domain/handover/hand-over.ts';
import { readWorkload, workloadSize } from '../../domain/handover/workload.ts';
import { changeMember } from '../../domain/members/change-member.ts';
import { keeperLeftNews } from '../../domain/members/keeper-left.ts';
import { type Member, members } from '../../domain/members/member.ts';
import { refuseLastCoordinator } from '../../domain/members/rules.ts';
import { viewerOf } from '../../domain/members/visibility.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { acceptHandover, declineHandover, partOfHandover } from './answers.ts';
import { askHandoverCard, confirmHandBackCard } from './cards.ts';
import { handover } from './handover.ts';
import { partnerSheet } from './sheet.ts';
import { startHandover, targetsFor } from './start.ts';
import { undoHandover } from './undo.ts';

/** Gives all of a member's tasks back, after asking. */
const handBack = defineCommand({
  name: 'hand back',
  summary: 'Give all your tasks back; nothing is deleted',
  examples: ['hand back'],
  args: { sure: { kind: 'flag', summary: 'Yes, without asking again', fromButton: true } },
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, today, receipt }, deps): Promise<Reply> {
    const workload = await readWorkload(member, deps.store);
    if (workloadSize(workload) === 0)
      return { text: rich`You have no tasks at the moment, so there is nothing to give back.` };
    if (!args.sure) return confirmHandBackCard(workload, viewerOf(member, deps.directory));
    const { directory } = deps;
    const isHere = (id: string) => directory.member(id)?.active === true;
    const giverOf = ({ createdBy }: Followup) => directory.member(createdBy)?.id ?? createdBy;
    const owner = (row: Followup) => handBackTo({ createdBy: giverOf(row) }, member.id, isHere);
    const terms = { holder: member, by: member, today, keepsUntilYes: false, restUntil: null };
    const { undo } = await startHandover(
      { ...terms, tasks: workload, requests: workload, recordsLeaving: false },
      { owner, lead: null },
      deps,
    );
    return {
      text: rich`Done: you have no tasks now, and nothing is lost. Thank you for everything you've carried.`,
      card: [{ kind: 'buttons', buttons: [undo ?? undoButton(receipt)] }],
    };
  },
});

/** Who is asked to take a follow-up back: the member who gave it, if they are still here; else nobody (null). */
export function handBackTo(
  row: { createdBy: string },
  holder: string,
  isHere: (member: string) => boolean,
): string | null {
  return row.createdBy !== holder && isHere(row.createdBy) ? row.createdBy : null;
}

/** Records that somebody has left. They get no more briefs, and their tasks go to somebody else, or to nobody yet. */
const memberLeft = defineCommand({
  name: 'member left',
  title: 'Somebody has left',
  summary: 'Say that somebody has left, and hand over their tasks',
  examples: ['member left @Tom', 'member left @Tom to:@Grace', 'member left @Tom to:none'],
  args: {
    who: {
      kind: 'member',
      past: true,
      needed: true,
      summary: 'Who has left',
      ask: 'Who has left?',
      hint: '',
    },
    to: {
      kind: 'member',
      clearable: true,
      summary: 'Who is asked to take over their tasks; none: nobody yet',
      ask: 'Who could take over their tasks?',
      hint: '',
    },
  },
  words: ['who'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, member, today, receipt }, deps): Promise<Reply> {
    const holder = await deps.store.of(members).get(args.who.id);
    if (!holder)
      throw new UserError(
        rich`I no longer have that member. See who is here with ${commandText('members')}.`,
      );
    const { to } = args;
    if (to?.id === holder.id)
      throw new UserError(
        rich`${holder.name} is the one who is leaving. Who else could take over?`,
        'to',
      );
    const workload = await readWorkload(holder, deps.store);
    if (!holder.active && workloadSize(workload) === 0)
      return { text: rich`${bold(holder.name)} has left already. Nothing has changed.` };
    refuseLastCoordinator(holder, 'member', deps.directory.members);
    if (to === undefined && workloadSize(workload) > 0) {
      return askHandoverCard(holder, workload, viewerOf(member, deps.directory));
    }
    refuseWhileSending(workload);
    await deactivate(holder, deps);
    const newOwner = deps.directory.member(to?.id ?? '');
    const terms = { by: member, today, keepsUntilYes: false, restUntil: null };
    const started = await startHandover(
      {
        ...terms,
        holder: { ...holder, active: false },
        tasks: workload,
        requests: workload,
        recordsLeaving: holder.active,
      },
      targetsFor(newOwner, deps),
      deps,
    );
    const isAsked = newOwner !== undefined && newOwner.id !== member.id;
    const toSomebody = newOwner && started.items.some((item) => item.to === newOwner.id);
    const next = !toSomebody
      ? rich` Nobody has their tasks yet, but they are not lost.`
      : isAsked
        ? rich` I'm asking ${bold(newOwner.name)} to take on their tasks. Nobody has them until ${newOwner.name} says yes.${started.told.get(newOwner.id)}`
        : rich` ${bold(newOwner.name)} has their tasks now.`;
    const tasks = workloadSize(workload) > 0 && next;
    const kept = toSomebody
      ? started.items.filter(
          ({ kind, to: asked, was }) =>
            kind === 'followup' && 'who' in was && was.who === holder.id && asked !== newOwner.id,
        ).length
      : 0;
    const hidden =
      kept > 0 &&
      rich` ${kept === 1 ? '1 promise belongs' : `${kept} promises belong`} to nobody yet, because ${to?.id === member.id ? 'you' : to?.name} may not see ${kept === 1 ? 'it' : 'them'}.`;
    const keeping = keeperLeftNews(holder, deps.directory.members);
    return {
      text: rich`${bold(holder.name)} has left.${tasks}${hidden}${keeping.text}`,
      card: [
        { kind: 'buttons', buttons: [...keeping.buttons, started.undo ?? undoButton(receipt)] },
      ],
    };
  },
});

async function deactivate({ id }: Member, deps: Deps): Promise<void> {
  await changeMember(id, deps, (row) =>
    scheduleBrief({ ...row, active: false }, deps.partnership, deps.now),
  );
}

export const handoverCommands = [
  handover,
  acceptHandover,
  declineHandover,
  partOfHandover,
  undoHandover,
  partnerSheet,
  handBack,
  memberLeft,
];
