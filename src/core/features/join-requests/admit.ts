import type { Deps } from '../../command/command.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { enqueueNotice } from '../../domain/deliveries/enqueue-notice.ts';
import { visitorId, visitors } from '../../domain/join-requests/visitor.ts';
import { changeMember } from '../../domain/members/change.ts';
import type { Member } from '../../domain/members/member.ts';
import { welcomeCard } from './cards.ts';

/**
 * Lets somebody in whose row is there but not active: they are a member from now on, and hear of it if they had asked.
 * Each step may be repeated; taken back, the row stays and is not active any more.
 */
export async function admit(id: string, by: Member, deps: Deps): Promise<Member> {
  const { store, partnership, now } = deps;
  const member = await changeMember(id, deps, (row) =>
    scheduleBrief(
      { ...row, active: true, role: row.active ? row.role : 'member' },
      partnership,
      now,
    ),
  );
  const rows = store.of(visitors);
  for (const identity of member.identities) {
    const asked = await rows.get(visitorId(identity, partnership.id));
    if (!asked) continue;
    const notice = { subject: asked.id, occurrence: deps.id('let in'), recipient: id, at: now };
    await enqueueNotice({ ...notice, reply: welcomeCard(by, partnership.name) }, deps);
    await rows.remove(asked.id);
  }
  return member;
}
