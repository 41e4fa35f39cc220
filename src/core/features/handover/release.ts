import { notifyDeclined } from '../../cards/followup-requests.ts';
import type { Deps } from '../../command/command.ts';
import type { Day } from '../../dates/day.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { UserError } from '../../message/user-error.ts';
import { type Store, updateWithRetry } from '../../ports/store.ts';

/** The most that is released at once: more than anybody carries. */
const MOST = 500;

/** What is with somebody. */
export interface Load {
  mine: readonly Followup[];
  /** What they have been asked to take, and have not answered. */
  asked: readonly Followup[];
  /** The partners they lead. */
  led: readonly Partner[];
}

/** Reads what is with a member. */
export async function loadOf(member: Pick<Member, 'id'>, store: Store): Promise<Load> {
  const rows = store.of(followups);
  const open = { state: 'open' } as const;
  const [mine, asked, led] = await Promise.all([
    rows.find({ index: 'byWho', where: { ...open, who: member.id }, limit: MOST }),
    rows.find({ index: 'byAsked', where: { ...open, asked: member.id }, limit: MOST }),
    store.of(partners).find({
      index: 'byNudge',
      where: { archived: false, lead: member.id },
      limit: MOST,
    }),
  ]);
  return { mine, asked, led };
}

/** How many things that is. */
export const sizeOf = ({ mine, asked, led }: Load): number =>
  mine.length + asked.length + led.length;

/** @throws UserError while a reminder of one is going out. */
export function refuseWhileGoing({ mine }: Load): void {
  if (mine.some(({ sending }) => sending))
    throw new UserError('A reminder is just going out. Try again in a few seconds.');
}

/**
 * Takes all of it off somebody. What waits for their answer gets a kind no; a follow-up that is with nobody then is
 * told to coordinators from today. Each step may be repeated.
 * @param next whose each follow-up is then, and who leads the partners; null: nobody yet.
 * @returns the follow-ups that are with somebody else now.
 */
export async function release(
  { holder, load, today }: { holder: Member; load: Load; today: Day },
  next: { owner(row: Followup): string | null; lead: string | null },
  deps: Deps,
): Promise<Followup[]> {
  const moved: Followup[] = [];
  for (const { id } of load.mine) {
    const row = await updateWithRetry(deps.store.of(followups), id, (now) => {
      if (now.who !== holder.id || now.state !== 'open') return undefined;
      const who = next.owner(now);
      return { ...now, who, asked: null, askedBy: null, raiseOn: who === null ? today : null };
    });
    if (row?.who && row.who !== holder.id) moved.push(row);
  }
  await declineAll(load.asked, holder, deps);
  for (const { id } of load.led) {
    await updateWithRetry(deps.store.of(partners), id, (row) =>
      row.lead === holder.id ? { ...row, lead: next.lead } : undefined,
    );
  }
  return moved;
}

async function declineAll(asked: readonly Followup[], member: Member, deps: Deps): Promise<void> {
  for (const { id, askedBy } of asked) {
    const row = await updateWithRetry(deps.store.of(followups), id, (now) =>
      now.asked === member.id ? { ...now, asked: null, askedBy: null } : undefined,
    );
    if (row) await notifyDeclined({ ...row, askedBy }, member, deps);
  }
}
