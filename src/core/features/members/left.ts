import { type Deps, defineCommand } from '../../command.ts';
import { UserError } from '../../errors.ts';
import type { Reply } from '../../reply.ts';
import { bold, rich } from '../../rich-text.ts';
import { scheduleBrief } from '../briefs/schedule.ts';
import { oweNotice } from '../deliveries/owe.ts';
import { loadOf, refuseWhileGoing, release, sizeOf } from '../fewer/release.ts';
import { refuseLeft } from '../followups/rules.ts';
import { changedReply } from '../partners/cards.ts';
import { changeMember } from './change.ts';
import { askHandover, handedNotice } from './left-cards.ts';
import { refuseLastCoordinator } from './rules.ts';
import { type Member, members } from './store.ts';

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
      await oweNotice({ ...name, reply, at: deps.now }, deps);
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
