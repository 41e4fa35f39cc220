import type { Deps } from '../command/command.ts';
import { dayOf } from '../dates/day.ts';
import { enqueueNotice } from '../domain/deliveries/enqueue-notice.ts';
import type { Followup } from '../domain/followups/followup.ts';
import { dueText } from '../domain/followups/rules.ts';
import type { Member } from '../domain/members/member.ts';
import { zoneOf } from '../domain/members/zone.ts';
import { REPLACE } from '../message/invocation.ts';
import type { Button, Reply } from '../message/reply.ts';
import { bold, member, type RichText, rich } from '../message/rich-text.ts';
import { repeatsText } from './followup-row.ts';

/** Asks somebody to take a follow-up: a request with Yes and Sorry, can't. It is theirs only after a yes. */
export async function requestFollowup(
  followup: Followup,
  asker: Member,
  deps: Deps,
): Promise<void> {
  if (!followup.asked) return;
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

/** Tells the asker that the other can't. @returns false when the asker has left. */
export function notifyDeclined(followup: Followup, asked: Member, deps: Deps): Promise<boolean> {
  const owner = deps.directory.member(followup.who ?? '');
  const still = owner?.id === followup.askedBy ? 'yours' : `with ${owner?.name ?? 'nobody'}`;
  const answer = rich`${member(asked)} can't take ${bold(followup.title)} this time. It is still ${still}.`;
  return notifyAsker(followup, followup.askedBy, answer, deps);
}

/** Tells the asker what the other said. @returns false when there is nobody to tell: the asker has left. */
export async function notifyAsker(
  followup: Followup,
  asker: string | null,
  answer: RichText,
  deps: Deps,
): Promise<boolean> {
  if (!asker || !deps.directory.member(asker)?.active) return false;
  await tell(followup, asker, { text: answer }, deps);
  return true;
}

/** Tells those who coordinate, and offers to hand it on. */
export async function notifyCoordinators(
  followup: Followup,
  text: RichText,
  deps: Deps,
): Promise<void> {
  const args = { which: `#${followup.id}` };
  const buttons: Button[] = [{ label: 'Ask someone else', command: 'followup ask', args }];
  const reply: Reply = { text, card: [{ kind: 'buttons', buttons }] };
  for (const { id, role, active } of deps.directory.members) {
    if (active && role === 'coordinator') await tell(followup, id, reply, deps);
  }
}

async function tell(followup: Followup, recipient: string, reply: Reply, deps: Deps) {
  const occurrence = deps.id(`answer ${followup.id}`);
  await enqueueNotice({ subject: followup.id, occurrence, recipient, reply, at: deps.now }, deps);
}

/** The request as it stands in the other's messages; the answer takes its place. */
function requestCard(
  followup: Followup,
  asker: Member,
  { directory, now, partnership }: Deps,
): Reply {
  const partner = directory.partner(followup.partner ?? '')?.name;
  const zone = zoneOf(directory.member(followup.asked ?? ''), partnership);
  const repeats = repeatsText(followup, dayOf(now, zone));
  const due = followup.byDay
    ? rich` by ${dueText({ day: followup.byDay, at: followup.at })}`
    : undefined;
  const about = partner ? rich` (${partner})` : undefined;
  const args = { which: `#${followup.id}`, [REPLACE]: 'yes' };
  const buttons: Button[] = [
    { label: 'Yes', command: 'followup accept', args, style: 'primary' },
    { label: "Sorry, can't", command: 'followup decline', args },
  ];
  return {
    text: rich`${member(asker)} asks: could you take on ${bold(followup.title)}${about}${due}?${repeats} It stays with them unless you say yes.`,
    card: [{ kind: 'buttons', buttons }],
  };
}
