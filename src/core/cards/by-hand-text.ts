import { isByHand } from '../domain/members/by-hand.ts';
import type { Member } from '../domain/members/member.ts';
import type { Block } from '../message/reply.ts';
import { bold, type RichText, rich } from '../message/rich-text.ts';

/**
 * A text as it is read by the member who passes it on to somebody without Slack or Discord.
 * @param to whom it is for: the text stays as it is, unless they were added by hand.
 */
export function passedOn(
  text: RichText,
  to: Member | undefined,
  reader: Pick<Member, 'id'>,
): RichText {
  if (!to || !isByHand(to)) return text;
  return to.keeper === reader.id
    ? rich`For ${bold(to.name)}, who you keep in touch with: ${text}`
    : rich`For ${bold(to.name)}, who has no Slack or Discord: ${text}`;
}

/** The same for a row of a list. */
export function passedOnBlock(
  block: Block,
  to: Member | undefined,
  reader: Pick<Member, 'id'>,
): Block {
  return block.kind === 'row' || block.kind === 'text'
    ? { ...block, text: passedOn(block.text, to, reader) }
    : block;
}
