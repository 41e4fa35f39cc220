import { type Day, daysBetween } from '../../dates/day.ts';
import type { Directory } from '../directory/directory.ts';
import { contactOf, isByHand } from '../members/by-hand.ts';
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

/** The member who gets a lead's messages: the lead, or the one who keeps in touch with a lead without Slack or Discord. */
export function contactOfLead(
  lead: string | null,
  directory: Pick<Directory, 'member'>,
): Member | undefined {
  const member = directory.member(lead ?? '');
  return member && (member.active ? contactOf(member, directory) : member);
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
  const member = contactOfLead(lead, directory);
  return member && !silenceOfLead(member, today)
    ? [member]
    : directory.members.filter(isActiveCoordinator);
}

/**
 * Of whose partners a member hears that they are quiet: their own and, for a coordinator, those that nobody leads (null)
 * and those of leads who do not hear of it.
 */
export function leadsHeardBy(
  member: Member,
  today: Day,
  { members, ...directory }: Pick<Directory, 'members' | 'member'>,
): readonly (string | null)[] {
  const kept = members.filter((one) => isByHand(one) && one.keeper === member.id);
  const own = [member.id, ...kept.map(({ id }) => id)];
  if (!isActiveCoordinator(member)) return own;
  const silent = members.filter(
    ({ id }) =>
      !own.includes(id) && silenceOfLead(contactOfLead(id, directory), today) !== undefined,
  );
  return [...own, null, ...silent.map(({ id }) => id)];
}
