import { collect } from '../../async/collect.ts';
import { notifyDeclined } from '../../cards/followup-requests.ts';
import { notifyLeadDeclined } from '../../cards/lead-requests.ts';
import type { Deps } from '../../command/command.ts';
import type { Day } from '../../dates/day.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { withReminderAfterEdit } from '../../domain/followups/series.ts';
import { isActiveCoordinator, type Member } from '../../domain/members/member.ts';
import { isFollowupHiddenFrom, viewerOf } from '../../domain/members/visibility.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import { BeingSentError } from '../../message/user-error.ts';
import { type Store, updateWithRetry } from '../../ports/store.ts';

/** The tasks of a member. */
export interface Workload {
  mine: readonly Followup[];
  /** Requests to them that they have not answered. */
  asked: readonly Followup[];
  /** The partners they lead. */
  led: readonly Partner[];
  /** The partners that they were asked to lead, and have not answered yet. */
  askedToLead: readonly Partner[];
}

/** Reads the tasks of a member. */
export async function readWorkload(member: Pick<Member, 'id'>, store: Store): Promise<Workload> {
  const rows = store.of(followups);
  const open = { state: 'open' } as const;
  const [mine, asked, led, askedToLead] = await Promise.all([
    collect(rows.all({ index: 'byWho', where: { ...open, who: member.id } })),
    collect(rows.all({ index: 'byAsked', where: { ...open, asked: member.id } })),
    collect(
      store.of(partners).all({ index: 'byLead', where: { archived: false, lead: member.id } }),
    ),
    collect(store.of(partners).all({ index: 'byLeadAsked', where: { leadAsked: member.id } })),
  ]);
  return { mine, asked, led, askedToLead: askedToLead.filter(({ mergedInto }) => !mergedInto) };
}

/** How many tasks there are. */
export const workloadSize = ({ mine, asked, led, askedToLead }: Workload): number =>
  mine.length + asked.length + led.length + askedToLead.length;

/** @throws UserError while the reminder of one of them is being sent. */
export function refuseWhileSending({ mine }: Workload): void {
  if (mine.some(({ sending }) => sending))
    throw new BeingSentError('A reminder is being sent right now. Please try again in a minute.');
}

/**
 * Takes all tasks off a member. Requests to them are declined, and coordinators hear from today of follow-ups that
 * nobody owns. Each step can be repeated.
 * @param next the new owner of each follow-up, and the new lead of the partners; null: nobody yet.
 * @returns the follow-ups that somebody else owns now, and the partners that `next.lead` leads.
 */
export async function reassignWorkload(
  { holder, workload, today }: { holder: Member; workload: Workload; today: Day },
  next: { owner(row: Followup): string | null; lead: string | null },
  deps: Deps,
): Promise<{ moved: Followup[]; led: Partner[] }> {
  const moved: Followup[] = [];
  for (const { id } of workload.mine) {
    const row = await updateWithRetry(deps.store.of(followups), id, (now) => {
      if (now.who !== holder.id || now.state !== 'open') return undefined;
      const who = ownerWhoCanRead(now, next.owner(now), holder, deps.directory);
      const escalateOn = who === null ? today : null;
      const given = { ...now, who, asked: null, askedBy: null, escalateOn };
      return withReminderAfterEdit(now, given, deps);
    });
    if (row?.who && row.who !== holder.id) moved.push(row);
  }
  await declineAll(workload, holder, deps);
  const led: Partner[] = [];
  for (const { id } of workload.led) {
    const row = await updateWithRetry(deps.store.of(partners), id, (now) =>
      now.lead === holder.id ? withLead(now, next.lead) : undefined,
    );
    if (row?.lead && row.lead === next.lead) led.push(row);
  }
  return { moved, led };
}

/**
 * Who gets a follow-up. A private one goes to somebody who may read it: the one who should have it, else the member who
 * noted it, else a reader.
 */
function ownerWhoCanRead(
  row: Followup,
  wanted: string | null,
  holder: Member,
  directory: Directory,
): string | null {
  if ((row.readers ?? null) === null) return wanted;
  const canRead = directory.members.filter(
    (member) =>
      member.active &&
      member.id !== holder.id &&
      !isFollowupHiddenFrom(viewerOf(member, directory), row),
  );
  // Coordinators who may read it hear that nobody has it.
  if (wanted === null && canRead.some(isActiveCoordinator)) return null;
  const author = directory.member(row.createdBy)?.id;
  const next = [wanted, author, canRead[0]?.id].find((id) => canRead.some((one) => one.id === id));
  return next ?? null;
}

/** The partner with another lead. A request to that member ends. */
function withLead(row: Partner, lead: string | null): Partner {
  const isAsked = lead !== null && row.leadAsked === lead;
  return { ...row, lead, ...(isAsked && { leadAsked: null, leadAskedBy: null }) };
}

async function declineAll(
  { asked, askedToLead }: Workload,
  member: Member,
  deps: Deps,
): Promise<void> {
  for (const { id, askedBy } of asked) {
    const row = await updateWithRetry(deps.store.of(followups), id, (now) =>
      now.asked === member.id ? { ...now, asked: null, askedBy: null } : undefined,
    );
    if (row) await notifyDeclined({ ...row, askedBy }, member, deps);
  }
  for (const { id, leadAskedBy } of askedToLead) {
    const row = await updateWithRetry(deps.store.of(partners), id, (now) =>
      now.leadAsked === member.id ? { ...now, leadAsked: null, leadAskedBy: null } : undefined,
    );
    if (row) await notifyLeadDeclined({ ...row, leadAskedBy }, member, deps);
  }
}
