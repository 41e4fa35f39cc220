import { type Day, daysBetween } from '../../dates/day.ts';
import type { Directory } from '../directory/directory.ts';
import { identityToWriteTo, isActiveCoordinator, type Member } from '../members/member.ts';
import { effectiveRhythm } from '../members/rules.ts';
import type { Partner } from '../partners/partner.ts';

/** A quiet partner waits for a lead who is back within so many days: it is not urgent. */
const MAX_DAYS_WAITING_FOR_LEAD = 3;

/** Why the lead of a quiet partner does not hear of it in their briefs. */
export type LeadSilence =
  | 'no lead'
  | 'lead has left'
  | 'lead cannot be reached'
  | 'briefs are off'
  | 'dated things only'
  | 'lead is away';

/**
 * Why the coordinators hear of a quiet partner instead of its lead.
 * @param lead undefined if it has none.
 * @returns undefined if the lead hears of it.
 */
export function silenceOfLead(lead: Member | undefined, today: Day): LeadSilence | undefined {
  if (!lead) return 'no lead';
  if (!lead.active) return 'lead has left';
  if (!identityToWriteTo(lead)) return 'lead cannot be reached';
  const rhythm = effectiveRhythm(lead);
  if (rhythm === 'off') return 'briefs are off';
  if (rhythm === 'dated') return 'dated things only';
  const { pausedUntil } = lead;
  const isAway =
    pausedUntil !== null && daysBetween(today, pausedUntil) > MAX_DAYS_WAITING_FOR_LEAD;
  return isAway ? 'lead is away' : undefined;
}

/**
 * Who hears in their briefs that a partner is quiet: its lead, or else the coordinators. Only a whole brief says so (see
 * `briefScopeOf`).
 */
export function quietReaders(
  { lead }: Pick<Partner, 'lead'>,
  today: Day,
  directory: Directory,
): readonly Member[] {
  const member = lead === null ? undefined : directory.member(lead);
  return member && !silenceOfLead(member, today)
    ? [member]
    : directory.members.filter(isActiveCoordinator);
}

/**
 * Of whose partners a member hears that they are quiet: their own and, for a coordinator, those that nobody leads (null)
 * and those of leads who do not hear of it.
 * @param everybody all members who can be a lead.
 */
export function leadsHeardBy(
  member: Member,
  today: Day,
  everybody: readonly Member[],
): readonly (string | null)[] {
  if (!isActiveCoordinator(member)) return [member.id];
  const silent = everybody.filter(
    (lead) => lead.id !== member.id && silenceOfLead(lead, today) !== undefined,
  );
  return [member.id, null, ...silent.map(({ id }) => id)];
}
