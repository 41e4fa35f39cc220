import type { Deps } from '../../command.ts';
import type { Button, Reply } from '../../reply.ts';
import { bold, member, type RichText, rich } from '../../rich-text.ts';
import { oweNotice } from '../deliveries/owe.ts';
import type { Member } from '../members/store.ts';
import { dueText } from './rules.ts';
import type { Followup } from './store.ts';

/** Asks somebody to take a follow-up: a request with Yes and Sorry, can't. It is theirs only after a yes. */
export async function askOther(followup: Followup, asker: Member, deps: Deps): Promise<void> {
  if (!followup.asked) return;
  await oweNotice(
    {
      subject: followup.id,
      occurrence: deps.id('ask'),
      recipient: followup.asked,
      reply: requestCard(followup, asker, partnerName(followup, deps)),
      at: deps.now,
      awaited: true,
    },
    deps,
  );
}

/** Tells the asker that the other can't. */
export function tellDeclined(
  followup: Followup,
  asked: Member,
  asker: string,
  deps: Deps,
): Promise<void> {
  const answer = rich`${member(asked)} can't take ${bold(followup.title)} this time. It is still yours.`;
  return tellAsker(followup, asker, answer, deps);
}

/** Tells the asker what the other said. */
export async function tellAsker(
  followup: Followup,
  asker: string,
  answer: RichText,
  deps: Deps,
): Promise<void> {
  const occurrence = deps.id(`answer ${followup.id}`);
  const reply = { text: answer };
  await oweNotice(
    { subject: followup.id, occurrence, recipient: asker, reply, at: deps.now },
    deps,
  );
}

function partnerName(followup: Followup, deps: Deps): string | undefined {
  return followup.partner ? deps.directory.partner(followup.partner)?.name : undefined;
}

function requestCard(followup: Followup, asker: Member, partner: string | undefined): Reply {
  const due = followup.byDay
    ? rich` by ${dueText({ day: followup.byDay, at: followup.at })}`
    : undefined;
  const about = partner ? rich` (${partner})` : undefined;
  const which = `#${followup.id}`;
  const buttons: Button[] = [
    { label: 'Yes', command: 'followup accept', args: { which }, style: 'primary' },
    { label: "Sorry, can't", command: 'followup decline', args: { which } },
  ];
  return {
    text: rich`${member(asker)} asks: could you take on ${bold(followup.title)}${about}${due}? It stays with them unless you say yes.`,
    card: [{ kind: 'buttons', buttons }],
  };
}
