import type { Deps } from '../command/command.ts';
import { enqueueNotice } from '../domain/deliveries/enqueue-notice.ts';
import type { Followup } from '../domain/followups/followup.ts';
import { isActiveCoordinator, type Member } from '../domain/members/member.ts';
import { isFollowupHiddenFrom, viewerOf } from '../domain/members/visibility.ts';
import type { Button, Reply } from '../message/reply.ts';
import { bold, commandText, member, type RichText, rich } from '../message/rich-text.ts';

/** Tells the asker that the other member can't do it. @returns false if the asker has left. */
export function notifyDeclined(followup: Followup, asked: Member, deps: Deps): Promise<boolean> {
  const owner = deps.directory.member(followup.who ?? '');
  const keeper =
    owner?.id === followup.askedBy ? "It's still yours." : owner && `It's still ${owner.name}'s.`;
  const answer = rich`${member(asked)} can't take ${bold(followup.title)} this time. ${keeper ?? 'Nobody has it at the moment.'}`;
  return notifyAsker(followup, followup.askedBy, answer, deps);
}

/** Tells the asker what the other member answered. @returns false if the asker has left. */
export async function notifyAsker(
  followup: Followup,
  asker: string | null,
  answer: RichText,
  deps: Deps,
): Promise<boolean> {
  const reader = deps.directory.member(asker ?? '');
  if (!asker || !reader?.active) return false;
  const isHidden = isFollowupHiddenFrom(viewerOf(reader, deps.directory), followup);
  const hidden = rich`Your request about something that is hidden from you by now has been answered.`;
  if (isHidden) await enqueueAnswer(followup, asker, { text: hidden }, deps, hiddenFrom(asker));
  else await enqueueAnswer(followup, asker, { text: answer }, deps);
  return true;
}

/**
 * Tells the coordinators about a follow-up, with a button to ask somebody else. If it is hidden from all of them, they
 * hear that there is one, without its words.
 */
export async function notifyCoordinators(
  followup: Followup,
  text: RichText,
  deps: Deps,
): Promise<void> {
  const args = { which: `#${followup.id}` };
  const buttons: Button[] = [{ label: 'Ask someone else', command: 'followup ask', args }];
  const reply: Reply = { text, card: [{ kind: 'buttons', buttons }] };
  const coordinators = deps.directory.members.filter(isActiveCoordinator);
  const mayRead = coordinators.filter(
    (one) => !isFollowupHiddenFrom(viewerOf(one, deps.directory), followup),
  );
  const hidden = rich`A promise that is hidden from you needs somebody to do it, and the person who asked has left. Somebody who may see it has to coordinate: see ${commandText('members')}.`;
  for (const { id } of mayRead.length > 0 ? mayRead : coordinators) {
    const [said, more] = mayRead.length > 0 ? [reply, {}] : [{ text: hidden }, hiddenFrom(id)];
    await enqueueAnswer(followup, id, said, deps, { ...more, forCoordinators: true });
  }
}

/** A notice without the words of a promise is not about it: what is about it is not sent to those from whom it is hidden. */
const hiddenFrom = (recipient: string) => ({ subject: recipient });

async function enqueueAnswer(
  followup: Followup,
  recipient: string,
  reply: Reply,
  deps: Deps,
  more: { subject?: string; forCoordinators?: true } = {},
) {
  const occurrence = deps.id(`answer ${followup.id}`);
  const notice = { subject: followup.id, occurrence, recipient, reply, at: deps.now };
  await enqueueNotice({ ...notice, ...more }, deps);
}
