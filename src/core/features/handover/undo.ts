import { idFromReference } from '../../base/id.ts';
import { counted } from '../../base/text.ts';
import { defineCommand } from '../../command/command.ts';
import { refusal } from '../../command/refusal.ts';
import { enqueueNotices } from '../../domain/deliveries/enqueue-notice.ts';
import { handovers, handoverUndoUntil } from '../../domain/handover/handover.ts';
import { takeBack } from '../../domain/handover/take-back.ts';
import { isSameMember } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import type { Reply } from '../../message/reply.ts';
import { member as mention, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';

/** Undoes a handover as a whole, for a week. */
export const undoHandover = defineCommand({
  name: 'handover undo',
  summary: 'Undo a handover of the last week, all of it',
  examples: [],
  args: {
    which: { kind: 'text', needed: true, fromButton: true, summary: 'The handover' },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, now }, deps): Promise<Reply> {
    const id = idFromReference(args.which);
    const row = id ? await deps.store.of(handovers).get(id) : undefined;
    if (!row) throw new UserError('I no longer have that handover. Nothing has changed.');
    const isTheirs = isSameMember(member, row.by) && !row.recordsLeaving;
    if (!isTheirs && !may(member.role, 'coordinate')) return refusal.noRight('coordinate');
    if (row.undoneAt) return { text: rich`That was undone already.` };
    if (now > handoverUndoUntil(row))
      throw new UserError(
        'That was more than a week ago, so I can no longer undo it. You can still ask somebody else to take things on.',
      );
    const { takers, back, stayed } = await takeBack(row, deps);
    const from = deps.directory.member(row.from);
    const name = from?.name ?? 'Somebody who left';
    const others = takers.filter((id) => id !== member.id).map((id) => ({ id }));
    const news = rich`${mention(member)} has undone the handover of ${name}'s tasks, so what you took on from ${name} is no longer yours. Thank you all the same.`;
    const notice = { subject: row.from, occurrence: deps.id('undone'), reply: { text: news } };
    await enqueueNotices(others, { ...notice, at: now }, deps);
    const things = `${counted(back, 'thing')} ${back === 1 ? 'is' : 'are'} as before the handover`;
    const here = row.recordsLeaving && rich` ${name} is a member here again.`;
    const rest =
      stayed > 0 &&
      rich` ${counted(stayed, 'thing')} ${stayed === 1 ? 'stays' : 'stay'} with the person who was given ${stayed === 1 ? 'it' : 'them'} since.`;
    return { text: rich`Undone: ${things}.${here}${rest}` };
  },
});
