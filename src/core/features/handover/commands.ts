import { notifyHandedOver } from '../../cards/assign.ts';
import { replyWithUndo, undoButton } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { changeMember } from '../../domain/members/change-member.ts';
import { type Member, members } from '../../domain/members/member.ts';
import { refuseLastCoordinator } from '../../domain/members/rules.ts';
import { isFollowupHiddenFrom, viewerOf } from '../../domain/members/visibility.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, commandText, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { askHandoverCard, confirmHandBackCard } from './cards.ts';
import { readWorkload, reassignWorkload, refuseWhileSending, workloadSize } from './reassign.ts';

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
    refuseWhileSending(workload);
    const { directory } = deps;
    const isHere = (id: string) => directory.member(id)?.active === true;
    const giverOf = ({ createdBy }: Followup) => directory.member(createdBy)?.id ?? createdBy;
    const owner = (row: Followup) => handBackTo({ createdBy: giverOf(row) }, member.id, isHere);
    const { moved } = await reassignWorkload(
      { holder: member, workload, today },
      { owner, lead: null },
      deps,
    );
    await notifyGivers(moved, member, deps);
    return {
      text: rich`Done: you have no tasks now, and nothing is lost. Thank you for everything you've carried.`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});

/** Sends one message to each member who gets tasks back. */
async function notifyGivers(
  returned: readonly Followup[],
  member: Member,
  deps: Deps,
): Promise<void> {
  for (const giver of new Set(returned.flatMap(({ who }) => who ?? []))) {
    const rows = returned.filter(({ who }) => who === giver);
    const assigned = { followups: rows, partners: [] };
    await notifyHandedOver({ from: member, recipient: giver, assigned }, member, deps);
  }
}

/** Who gets a follow-up that is given back: the member who gave it, if they are still here; else nobody (null). */
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
      summary: 'Who takes over their tasks; none: nobody yet',
      ask: 'Who takes over their tasks?',
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
    const { moved, led } = await reassignWorkload(
      { holder, workload, today },
      { owner: (row) => ownerAfter(row, newOwner, deps), lead: newOwner?.id ?? null },
      deps,
    );
    // A private follow-up can go to somebody else, who may read it.
    let told: RichText = [];
    const owners = new Set([...(to ? [to.id] : []), ...moved.flatMap(({ who }) => who ?? [])]);
    for (const recipient of workloadSize(workload) > 0 ? owners : []) {
      if (recipient === member.id) continue;
      const assigned = {
        followups: moved.filter(({ who }) => who === recipient),
        partners: recipient === to?.id ? led : [],
      };
      const answer = await notifyHandedOver({ from: holder, recipient, assigned }, member, deps);
      if (recipient === to?.id) told = answer;
    }
    const next = to
      ? rich` ${bold(to.name)} has their tasks now.${told}`
      : rich` Nobody has their tasks yet, but they are not lost.`;
    const tasks = workloadSize(workload) > 0 && next;
    const kept = newOwner ? workload.mine.length - moved.length : 0;
    const hidden =
      kept > 0 &&
      rich` ${kept === 1 ? '1 promise belongs' : `${kept} promises belong`} to nobody yet, because ${to?.id === member.id ? 'you' : to?.name} may not see ${kept === 1 ? 'it' : 'them'}.`;
    return replyWithUndo(rich`${bold(holder.name)} has left.${tasks}${hidden}`, receipt);
  },
});

/** Who gets a follow-up of somebody who has left. Nobody gets to see in this way what is hidden from them. */
function ownerAfter(
  row: Followup,
  to: Member | undefined,
  { directory }: Pick<Deps, 'directory'>,
): string | null {
  return to && !isFollowupHiddenFrom(viewerOf(to, directory), row) ? to.id : null;
}

async function deactivate({ id }: Member, deps: Deps): Promise<void> {
  await changeMember(id, deps, (row) =>
    scheduleBrief({ ...row, active: false }, deps.partnership, deps.now),
  );
}

export const handoverCommands = [handBack, memberLeft];
