import type { Deps } from '../command/command.ts';
import { dayOf } from '../dates/day.ts';
import { enqueueNotice } from '../domain/deliveries/enqueue-notice.ts';
import type { Followup } from '../domain/followups/followup.ts';
import { countRequest } from '../domain/followups/request-limit.ts';
import { dueText } from '../domain/followups/rules.ts';
import { isActiveCoordinator, type Member, zoneOf } from '../domain/members/member.ts';
import { isFollowupHiddenFrom, viewerOf } from '../domain/members/visibility.ts';
import { REPLACE } from '../message/invocation.ts';
import type { Button, Reply } from '../message/reply.ts';
import { bold, member, type RichText, rich } from '../message/rich-text.ts';
import { repeatSentence } from './followup-row.ts';

/**
 * Sends a request to take on a follow-up, with the buttons Yes and "Sorry, can't".
 * @throws UserError if the asker has sent too many requests within an hour.
 */
export async function requestFollowup(
  followup: Followup,
  asker: Member,
  deps: Deps,
): Promise<void> {
  if (!followup.asked) return;
  countRequest({ member: asker.id, id: deps.id(`ask ${followup.id}`) }, deps);
  await enqueueNotice(
    {
      subject: followup.id,
      occurrence: deps.id('ask'),
      recipient: followup.asked,
      reply: requestCard(followup, asker, deps),
      at: deps.now,
      awaited: true,
    },
    deps,
  );
}

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
  await enqueueAnswer(followup, asker, { text: isHidden ? hidden : answer }, deps);
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
  const hidden = rich`A promise that is hidden from you needs somebody to do it, and the person who asked has left. Somebody who may see it has to coordinate: see ${bold('members')}.`;
  for (const { id } of mayRead.length > 0 ? mayRead : coordinators) {
    await enqueueAnswer(followup, id, mayRead.length > 0 ? reply : { text: hidden }, deps);
  }
}

async function enqueueAnswer(followup: Followup, recipient: string, reply: Reply, deps: Deps) {
  const occurrence = deps.id(`answer ${followup.id}`);
  await enqueueNotice({ subject: followup.id, occurrence, recipient, reply, at: deps.now }, deps);
}

/** The request. Its buttons replace it with the answer. */
function requestCard(
  followup: Followup,
  asker: Member,
  { directory, now, partnership }: Deps,
): Reply {
  const partner = directory.partner(followup.partner ?? '')?.name;
  const zone = zoneOf(directory.member(followup.asked ?? ''), partnership);
  const repeats = repeatSentence(followup, dayOf(now, zone));
  const due = followup.dueDay
    ? rich`, by ${dueText({ day: followup.dueDay, at: followup.at })}`
    : undefined;
  const owner = directory.member(followup.who ?? '')?.name ?? asker.name;
  const about = partner ? rich` (${partner})` : undefined;
  const args = { which: `#${followup.id}`, [REPLACE]: 'yes' };
  const buttons: Button[] = [
    { label: 'Yes', command: 'followup accept', args, style: 'primary' },
    { label: "Sorry, can't", command: 'followup decline', args },
  ];
  return {
    text: rich`${member(asker)} asks: could you do this? "${followup.title}"${about}${due}.${repeats} ${owner} keeps it unless you say yes.`,
    card: [{ kind: 'buttons', buttons }],
  };
}
