import { changesOneFollowup, which } from '../../cards/followup-args.ts';
import { inYourBrief } from '../../cards/promise-text.ts';
import { undoButton } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { findNextMention } from '../../domain/briefs/next-mention.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { type Member, zoneOf } from '../../domain/members/member.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, commandText, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { assertCanChange, resolveFollowup } from '../../parsing/resolve-followup.ts';
import { changeOpenFollowup } from './change-followup.ts';

/** Notes that somebody has asked a partner for what it promised. That is no contact: the partner may not have answered. */
export const noteChase = defineCommand({
  name: 'followup chased',
  title: 'I asked for it',
  summary: 'Say that you asked for something that was promised to us',
  examples: ['followup chased garden plan'],
  ...changesOneFollowup,
  args: { which: { ...which, of: 'theirs' } },
  async run({ args, member, raw, today, receipt }, deps): Promise<Reply> {
    const row = await resolveFollowup(args.which, 'followup chased', { member, raw }, deps);
    assertCanChange(row, member, deps);
    if (row.ours)
      throw new UserError(
        rich`${bold(row.title)} is ours to do, so there is nobody to ask for it. Is it done? Type ${commandText('followup done')}.`,
      );
    const asked = await changeOpenFollowup(row.id, member, deps, (open) => {
      const isSameDay = open.chasedOn === today;
      return { ...open, chasedOn: today, chases: (open.chases ?? 0) + (isSameDay ? 0 : 1) };
    });
    return {
      text: rich`Thank you. I've noted that you asked today: ${bold(asked.title)}.${await askAgainText(asked, member, deps)}`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});

/** When the bot comes back to it; empty if that is somebody else's brief, or there is none. */
async function askAgainText(row: Followup, member: Member, deps: Deps): Promise<RichText> {
  if (row.who !== member.id) return [];
  const { owner, mention } = await findNextMention(row, deps);
  if (mention.kind !== 'brief') return [];
  const zone = zoneOf(owner, deps.partnership);
  return rich` If it hasn't come, it's ${inYourBrief({ ...mention, again: undefined }, null, zone)}.`;
}
