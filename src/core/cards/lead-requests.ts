import type { Deps } from '../command/command.ts';
import { enqueueCoordinatorNotices, enqueueNotice } from '../domain/deliveries/enqueue-notice.ts';
import { isActiveCoordinator, type Member } from '../domain/members/member.ts';
import type { Partner } from '../domain/partners/partner.ts';
import { FORM } from '../message/invocation.ts';
import type { Button, Reply } from '../message/reply.ts';
import { bold, member, rich } from '../message/rich-text.ts';

/** Tells the asker, or the coordinators if the asker has left, that the other member can't lead a partner. */
export async function notifyLeadDeclined(
  partner: Partner,
  asked: Member,
  deps: Deps,
): Promise<void> {
  const lead = deps.directory.member(partner.lead ?? '');
  const keeper = lead?.active ? rich`${lead.name} still leads it.` : rich`Nobody leads it for now.`;
  const ask: Button = {
    label: 'Ask someone else',
    command: 'partner edit',
    args: { with: `#${partner.id}`, [FORM]: 'yes' },
  };
  const reply: Reply = {
    text: rich`${member(asked)} can't lead ${bold(partner.name)} this time. ${keeper}`,
    card: [{ kind: 'buttons', buttons: [ask] }],
  };
  await notifyLeadAsker(partner, partner.leadAskedBy, reply, deps);
}

/** Tells the asker, or the coordinators if the asker has left, what the other member answered. */
export async function notifyLeadAsker(
  partner: Partner,
  askedBy: string | null,
  reply: Reply,
  deps: Deps,
): Promise<void> {
  const { directory, now: at } = deps;
  const asker = directory.member(askedBy ?? '');
  const notice = { subject: partner.id, occurrence: deps.id(`lead ${partner.id}`), reply, at };
  if (asker?.active) await enqueueNotice({ ...notice, recipient: asker.id }, deps);
  else await enqueueCoordinatorNotices(directory.members.filter(isActiveCoordinator), notice, deps);
}
