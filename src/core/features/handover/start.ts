import { askToTakeOver } from '../../cards/assign.ts';
import { notifyDeclined } from '../../cards/followup-requests.ts';
import { notifyLeadDeclined } from '../../cards/lead-requests.ts';
import type { Deps } from '../../command/command.ts';
import { followups } from '../../domain/followups/followup.ts';
import {
  type HandedOver,
  type HandoverTargets,
  type HandoverTerms,
  handOver,
  refuseWhileSending,
} from '../../domain/handover/hand-over.ts';
import { type HandedItem, handovers } from '../../domain/handover/handover.ts';
import type { Tasks, Workload } from '../../domain/handover/workload.ts';
import type { Member } from '../../domain/members/member.ts';
import { isFollowupHiddenFrom, viewerOf } from '../../domain/members/visibility.ts';
import { partners } from '../../domain/partners/partner.ts';
import type { Button } from '../../message/reply.ts';
import type { RichText } from '../../message/rich-text.ts';
import { insertOnce, updateWithRetry } from '../../ports/store.ts';

interface NewHandover extends Omit<HandoverTerms, 'holder' | 'by'> {
  holder: Member;
  by: Member;
  tasks: Tasks;
  /** Requests to the holder, which are declined for them; undefined: they stay. */
  requests?: Pick<Workload, 'asked' | 'askedToLead'>;
  recordsLeaving: boolean;
}

interface StartedHandover extends HandedOver {
  /** Undefined if there was nothing to hand over, so that there is nothing to undo either. */
  undo: Button | undefined;
  /** What is said of when each member hears that they are asked, by their id. */
  told: ReadonlyMap<string, RichText>;
}

/**
 * Hands tasks over, asks each member who is to take something on in one message, and keeps what is needed to undo it.
 * @throws UserError while a reminder is being sent, or if the actor has sent too many requests within an hour.
 */
export async function startHandover(
  handover: NewHandover,
  targets: HandoverTargets,
  deps: Deps,
): Promise<StartedHandover> {
  const { holder, by, tasks, requests, recordsLeaving } = handover;
  refuseWhileSending(tasks);
  const handed = await handOver(tasks, handover, targets, deps);
  if (requests) handed.items.push(...(await declineAll(requests, holder, deps)));
  const id = deps.id('handover');
  if (handed.items.length > 0)
    await insertOnce(deps.store.of(handovers), {
      id,
      from: holder.id,
      by: by.id,
      startedAt: deps.now,
      recordsLeaving,
      items: handed.items,
      undoneAt: null,
    });
  const told = new Map<string, RichText>();
  const asked = handed.items.flatMap(({ to }) => (to && to !== by.id ? [to] : []));
  for (const recipient of new Set(asked)) {
    const assigned = {
      followups: handed.followups.filter((row) => row.asked === recipient),
      partners: handed.partners.filter(({ leadAsked }) => leadAsked === recipient),
    };
    told.set(recipient, await askToTakeOver({ from: holder, recipient, assigned }, by, deps));
  }
  return { ...handed, told, undo: handed.items.length > 0 ? undoHandoverButton(id) : undefined };
}

/** The button that undoes a handover, for a week. */
const undoHandoverButton = (id: string): Button => ({
  label: 'Undo',
  command: 'handover undo',
  args: { which: `#${id}` },
});

/** The targets for one member. What is hidden from them goes to nobody. */
export function targetsFor(to: Member | undefined, { directory }: Deps): HandoverTargets {
  const viewer = to && viewerOf(to, directory);
  return {
    owner: (row) => (to && viewer && !isFollowupHiddenFrom(viewer, row) ? to.id : null),
    lead: to?.id ?? null,
  };
}

/** Declines the open requests to a member, and tells those who asked. */
async function declineAll(
  { asked, askedToLead }: Pick<Workload, 'asked' | 'askedToLead'>,
  member: Member,
  deps: Deps,
): Promise<HandedItem[]> {
  const items: HandedItem[] = [];
  for (const { id, who, askedBy, escalateOn } of asked) {
    const row = await updateWithRetry(deps.store.of(followups), id, (now) =>
      now.asked === member.id ? { ...now, asked: null, askedBy: null } : undefined,
    );
    if (!row) continue;
    const was = { who, asked: member.id, askedBy, escalateOn };
    items.push({ kind: 'followup', id, to: null, was });
    await notifyDeclined({ ...row, askedBy }, member, deps);
  }
  for (const { id, lead, leadAskedBy, quietOn, nudgeOn, putOffUntil } of askedToLead) {
    const row = await updateWithRetry(deps.store.of(partners), id, (now) =>
      now.leadAsked === member.id ? { ...now, leadAsked: null, leadAskedBy: null } : undefined,
    );
    if (!row) continue;
    const was = { lead, leadAsked: member.id, leadAskedBy, quietOn, nudgeOn, putOffUntil };
    items.push({ kind: 'lead', id, to: null, was });
    await notifyLeadDeclined({ ...row, leadAskedBy }, member, deps);
  }
  return items;
}
