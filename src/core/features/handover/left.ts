import { changedReply } from '../../cards/changed-reply.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { enqueueNotice } from '../../domain/deliveries/enqueue-notice.ts';
import { refuseLeft } from '../../domain/followups/rules.ts';
import { changeMember } from '../../domain/members/change.ts';
import { type Member, members } from '../../domain/members/member.ts';
import { refuseLastCoordinator } from '../../domain/members/rules.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { askHandover, handedNotice } from './left-cards.ts';
import { loadOf, refuseWhileGoing, release, sizeOf } from './release.ts';

/** Somebody has left: no brief comes to them, and what was theirs is handed over, also to nobody yet. */
export const memberLeft = defineCommand({
  name: 'member left',
  summary: 'Say that somebody has left, and hand over what was theirs',
  examples: ['member left @Tom', 'member left @Tom to:@Grace', 'member left @Tom to:none'],
  args: {
    who: { kind: 'member', needed: true, summary: 'Who has left', ask: 'Who has left?' },
    to: {
      kind: 'member',
      clearable: true,
      summary: 'Who takes over what was theirs; none: nobody yet',
      ask: 'Who takes over what was theirs?',
    },
  },
  words: ['who'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, member, today, receipt }, deps): Promise<Reply> {
    const holder = await deps.store.of(members).get(args.who.id);
    if (!holder) throw new UserError('That member is gone. See who is here with members.');
    const { to } = args;
    if (to?.id === holder.id)
      throw new UserError(rich`${holder.name} is the one who leaves. Who else?`, 'to');
    refuseLeft(to, deps.directory, 'to');
    const load = await loadOf(holder, deps.store);
    if (!holder.active && sizeOf(load) === 0)
      return { text: rich`${bold(holder.name)} has left already. Nothing has changed.` };
    refuseLastCoordinator(holder, 'member', deps.directory.members);
    if (to === undefined && sizeOf(load) > 0) return askHandover(holder, load);
    refuseWhileGoing(load);
    await retire(holder, deps);
    const next = to?.id ?? null;
    const moved = await release({ holder, load, today }, { owner: () => next, lead: next }, deps);
    if (to && to.id !== member.id && sizeOf(load) > 0) {
      const reply = handedNotice(holder, moved, load.led);
      const name = { subject: holder.id, occurrence: deps.id('handed over'), recipient: to.id };
      await enqueueNotice({ ...name, reply, at: deps.now }, deps);
    }
    const theirs = to ? rich`with ${bold(to.name)}` : rich`with nobody yet; it is not lost`;
    const whose = sizeOf(load) > 0 && rich` What was theirs is ${theirs}.`;
    return changedReply(rich`${bold(holder.name)} has left.${whose}`, receipt);
  },
});

async function retire({ id }: Member, deps: Deps): Promise<void> {
  await changeMember(id, deps, (row) =>
    scheduleBrief({ ...row, active: false }, deps.partnership, deps.now),
  );
}
