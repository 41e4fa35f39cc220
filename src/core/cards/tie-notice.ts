import type { Deps } from '../command/command.ts';
import { enqueueNotice } from '../domain/deliveries/enqueue-notice.ts';
import { type Member, otherCoordinators } from '../domain/members/member.ts';
import { bold, rich } from '../message/rich-text.ts';

/** A tie of a member to a partner that was made (`tied`) or lifted. */
export interface TieChange {
  member: Pick<Member, 'id' | 'name'>;
  /** The partner's id. */
  partner: string;
  tied: boolean;
}

/** Tells all coordinators but the one who did it that a tie was made or lifted. */
export async function notifyOfTie(
  { member, partner, tied }: TieChange,
  by: Pick<Member, 'id' | 'name'>,
  deps: Pick<Deps, 'store' | 'directory' | 'wake' | 'now' | 'id'>,
): Promise<void> {
  const { directory, now } = deps;
  const name = bold(directory.partner(partner)?.name ?? 'a partner');
  for (const { id: recipient } of otherCoordinators(directory.members, by.id)) {
    const isOwn = recipient === member.id;
    const who = isOwn ? 'you' : member.name;
    const text = tied
      ? rich`${by.name} says that ${who} ${isOwn ? 'belong' : 'belongs'} to ${name}. Notes about it and promises to it are hidden from ${who} now.`
      : rich`${by.name} says that ${who} no longer ${isOwn ? 'belong' : 'belongs'} to ${name}. Notes about it and promises to it are shown to ${who} again.`;
    const occurrence = deps.id(`tie ${partner} ${tied}`);
    const notice = {
      subject: member.id,
      occurrence,
      recipient,
      reply: { text },
      at: now,
      forCoordinators: true,
    } as const;
    await enqueueNotice(notice, deps);
  }
}
