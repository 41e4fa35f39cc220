import type { Day } from '../../dates/day.ts';
import { BeingSentError } from '../../message/user-error.ts';
import { updateWithRetry } from '../../ports/store.ts';
import type { Directory } from '../directory/directory.ts';
import { type Followup, followups } from '../followups/followup.ts';
import { takenBy } from '../followups/rules.ts';
import { withReminderAfterEdit } from '../followups/series.ts';
import { isActiveCoordinator, type Member } from '../members/member.ts';
import { isFollowupHiddenFrom, viewerOf } from '../members/visibility.ts';
import { type Partner, partners } from '../partners/partner.ts';
import { withLeadTaken } from '../partners/rules.ts';
import type { WriteContext } from '../partnerships/write-context.ts';
import type { HandedItem } from './handover.ts';
import type { Tasks } from './workload.ts';

/** Whose tasks are handed over, by whom, and how. */
export interface HandoverTerms {
  holder: Pick<Member, 'id'>;
  /** The member who hands them over. What goes to them is theirs at once: nobody has to ask them. */
  by: Pick<Member, 'id'>;
  today: Day;
  /** The holder keeps each thing until somebody says yes. Otherwise it is with nobody until then. */
  keepsUntilYes: boolean;
  /** No nudge about a partner that is with nobody comes before this day; null: nudges go on. */
  restUntil: Day | null;
}

/** Who is asked to take on what; null: nobody yet. */
export interface HandoverTargets {
  owner(row: Followup): string | null;
  lead: string | null;
}

/** What was handed over, and the rows as they are now. */
export interface HandedOver {
  items: HandedItem[];
  followups: Followup[];
  partners: Partner[];
}

/** @throws BeingSentError while the reminder of one of them is being sent. */
export function refuseWhileSending({ mine }: Pick<Tasks, 'mine'>): void {
  if (mine.some(({ sending }) => sending))
    throw new BeingSentError('A reminder is being sent right now. Please try again in a minute.');
}

/**
 * Hands tasks over. Each member who is to take something on is asked: it moves when they say yes. Coordinators hear from
 * today of follow-ups that nobody has. Each step can be repeated.
 */
export async function handOver(
  tasks: Tasks,
  terms: HandoverTerms,
  targets: HandoverTargets,
  context: WriteContext & { directory: Directory },
): Promise<HandedOver> {
  const { store } = context;
  const handed: HandedOver = { items: [], followups: [], partners: [] };
  for (const { id, who: holder } of tasks.mine) {
    const made: { item?: HandedItem } = {};
    const row = await updateWithRetry(store.of(followups), id, (now) => {
      delete made.item;
      if (now.who !== holder || now.state !== 'open') return undefined;
      const to = ownerWhoCanRead(now, targets.owner(now), terms, context.directory);
      if (to === null && now.who === null) return undefined;
      const { who, asked, askedBy, escalateOn } = now;
      made.item = { kind: 'followup', id, to, was: { who, asked, askedBy, escalateOn } };
      return withReminderAfterEdit(now, { ...now, ...ownersAfter(now, to, terms) }, context);
    });
    if (!row || !made.item) continue;
    handed.items.push(made.item);
    handed.followups.push(row);
  }
  for (const { id, lead: holder } of tasks.led) {
    const made: { item?: HandedItem } = {};
    const row = await updateWithRetry(store.of(partners), id, (now) => {
      delete made.item;
      if (now.lead !== holder || (targets.lead === null && holder === null)) return undefined;
      const { lead, leadAsked = null, leadAskedBy = null } = now;
      const { quietOn, nudgeOn, putOffUntil } = now;
      const was = { lead, leadAsked, leadAskedBy, quietOn, nudgeOn, putOffUntil };
      made.item = { kind: 'lead', id, to: targets.lead, was };
      return withLeadAfter(now, targets.lead, terms);
    });
    if (!row || !made.item) continue;
    handed.items.push(made.item);
    handed.partners.push(row);
  }
  return handed;
}

function ownersAfter(row: Followup, to: string | null, terms: HandoverTerms): Partial<Followup> {
  const { by, today, keepsUntilYes } = terms;
  if (to === by.id) return takenBy(by.id, today);
  const keeps = to !== null && keepsUntilYes;
  return {
    asked: to,
    askedBy: to && by.id,
    who: keeps ? row.who : null,
    escalateOn: keeps ? row.escalateOn : today,
  };
}

function withLeadAfter(row: Partner, to: string | null, terms: HandoverTerms): Partner {
  const { by, today, keepsUntilYes, restUntil } = terms;
  if (to === by.id) return withLeadTaken(row, by.id, today);
  const lead = to !== null && keepsUntilYes ? row.lead : null;
  const asking = { ...row, lead, leadAsked: to, leadAskedBy: to && by.id };
  return lead === null && restUntil && row.nudgeOn !== null && row.nudgeOn < restUntil
    ? { ...asking, nudgeOn: restUntil, putOffUntil: restUntil }
    : asking;
}

/**
 * Who is asked to take on a follow-up. A private one goes to somebody who may read it: the one who should have it, else
 * the member who noted it, else a reader.
 */
function ownerWhoCanRead(
  row: Followup,
  wanted: string | null,
  { holder }: Pick<HandoverTerms, 'holder'>,
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
