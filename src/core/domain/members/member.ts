import { distinctLabels } from '../../base/distinct-labels.ts';
import type { Day, Minute } from '../../dates/day.ts';
import type { Fallback } from '../../message/address.ts';
import type { Identity } from '../../message/invocation.ts';
import { type DueRow, defineCollection, type New } from '../../ports/store.ts';
import { isSameIdentity } from '../identities/identity.ts';
import type { Partnership } from '../partnerships/partnership.ts';
import { type IdentityAccess, lossOf } from './identity-access.ts';
import { isRefused, type Refusal, type WithRefusals } from './refusals.ts';
import type { Role } from './rights.ts';

/** How often a brief comes: as the role has it, once a week, only for things with a date, or never. */
export const briefRhythms = ['daily', 'weekly', 'dated', 'off'] as const;
export type BriefRhythm = (typeof briefRhythms)[number];

/** A person in the partnership. The row is due when the next brief is. */
export interface Member extends DueRow {
  name: string;
  role: Role;
  identities: Identity[];
  /** The identity they spoke from last, if they have several; null: not known. */
  lastSpokeAs: Identity | null;
  /** The identity they want messages sent to; null: the one they spoke from last. */
  preferredIdentity: Identity | null;
  /** Where to write when their direct messages are closed (see `Fallback`); null: nowhere. */
  dmFallback: Fallback['how'] | null;
  /** The member they were merged into. The row stays, so that old rows still lead to a person. */
  mergedInto: string | null;
  /** Ids of the members that were merged into this one. */
  mergedFrom: string[] | null;
  /** False: they have left, or have lost their access everywhere, until a coordinator lets them in again. */
  active: boolean;
  /**
   * The id of the member who keeps in touch with somebody who uses neither Slack nor Discord, and was added by name (see
   * by-hand.ts). Null or missing: they have an account.
   */
  keeper?: string | null;
  /** What let each identity in, and whether it has lost access since (see identity-access.ts). Null: nothing is known. */
  access: IdentityAccess[] | null;
  /** The identities that refused messages, until one reaches them there again (see refusals.ts). Null: none did. */
  refusals: Refusal[] | null;
  /** When messages stopped reaching them. Null: messages reach them, or they have been told. */
  unreachedSince: Date | null;
  /** IANA name that the member chose; null: they have not (see `zoneOf`). */
  zone: string | null;
  /** IANA name from their platform; null: it does not say. */
  platformZone: string | null;
  /** When briefs come, in the member's zone. */
  briefAt: Minute;
  /** 1 (Monday) to 7; null: the partnership's working days. */
  briefDays: number[] | null;
  rhythm: BriefRhythm;
  /** `20:00-08:00` in the member's zone, or `none`; null: the partnership's. */
  quietHours: string | null;
  /** No automatic messages before this day; null: not paused. */
  pausedUntil: Day | null;
  /** The end of their last day off. If the pause ends then too, it is no leave. Null: they had none. */
  dayOffUntil: Day | null;
  /** When Convenor made their briefs rarer by itself, because they ignored some; null: the rhythm is their own choice. */
  steppedBackAt: Date | null;
  /** The local day of the last brief that was sent, since a day has one at most; null: none was, or it is not known. */
  lastBriefDay: Day | null;
  /** The local day of the next brief; null: none comes. */
  briefDay: Day | null;
  /** The instant of the next brief. */
  briefDue: Date | null;
  /**
   * Ids of the partners that the member belongs to, such as a councillor to a council. Notes about them and promises to
   * them are hidden from the member (see visibility.ts).
   */
  tiedTo: string[];
  /**
   * Since when a coordinator has to say who this new member is, because somebody in the partnership is tied to a partner
   * (see visibility.ts). Null: they are known, or nobody had a tie when they came.
   */
  unidentifiedSince: Date | null;
  /**
   * For a member who has left, or was merged: since when no contact, follow-up or other row names them. Their name is
   * removed some time later. Null: something names them, or nobody has looked yet.
   */
  unreferencedSince: Date | null;
  /** True: everybody may see which partners they know. Null or missing: only coordinators see it. */
  showsWhoTheyKnow?: boolean | null;
}

export const members = defineCollection<Member>()({
  name: 'members',
  scope: 'partnership',
  fields: {
    name: 'text',
    role: 'text',
    identities: 'data',
    lastSpokeAs: 'data',
    preferredIdentity: 'data',
    dmFallback: 'text',
    mergedInto: 'text',
    mergedFrom: 'list',
    active: 'flag',
    keeper: 'text',
    access: 'data',
    refusals: 'data',
    unreachedSince: 'moment',
    zone: 'text',
    platformZone: 'text',
    briefAt: 'integer',
    briefDays: 'list',
    rhythm: 'text',
    quietHours: 'text',
    pausedUntil: 'text',
    dayOffUntil: 'text',
    steppedBackAt: 'moment',
    lastBriefDay: 'text',
    briefDay: 'text',
    briefDue: 'moment',
    tiedTo: 'list',
    unidentifiedSince: 'moment',
    unreferencedSince: 'moment',
    showsWhoTheyKnow: 'flag',
    nextRunAt: 'moment',
    claim: 'text',
    sending: 'text',
  },
  indexes: { byName: { on: ['name'] } },
});

/** When briefs come until a member changes it: 09:00. */
export const DEFAULT_BRIEF_MINUTE: Minute = 9 * 60;

/** A new member with the partnership's settings. No brief is scheduled yet. */
export function newMember(who: Pick<Member, 'id' | 'name' | 'role' | 'identities'>): New<Member> {
  return {
    ...who,
    lastSpokeAs: null,
    preferredIdentity: null,
    dmFallback: null,
    mergedInto: null,
    mergedFrom: null,
    active: true,
    keeper: null,
    access: null,
    refusals: null,
    unreachedSince: null,
    zone: null,
    platformZone: null,
    briefAt: DEFAULT_BRIEF_MINUTE,
    briefDays: null,
    rhythm: 'daily',
    quietHours: null,
    pausedUntil: null,
    dayOffUntil: null,
    steppedBackAt: null,
    lastBriefDay: null,
    briefDay: null,
    briefDue: null,
    tiedTo: [],
    unidentifiedSince: null,
    unreferencedSince: null,
    nextRunAt: null,
    claim: null,
    sending: null,
  };
}

/** The fields that decide a member's zone. */
export type MemberZones = Pick<Member, 'zone' | 'platformZone'>;

/**
 * The zone (IANA name) in which a member reads days and times: the one they chose, else their platform's, else the
 * partnership's. Everything else asks this function.
 */
export function zoneOf(
  member: MemberZones | undefined,
  partnership: Pick<Partnership, 'zone'>,
): string {
  return member?.zone ?? member?.platformZone ?? partnership.zone;
}

/** Whether an id is a member's: their own, or that of a member who was merged into them. */
export function isSameMember(
  { id, mergedFrom }: { readonly id: string; readonly mergedFrom: readonly string[] | null },
  other: string | null,
) {
  return other === id || (other !== null && mergedFrom?.includes(other) === true);
}

/** All ids that a member has had: their own, and those of members who were merged into them. */
export const idsOf = ({ id, mergedFrom }: Pick<Member, 'id' | 'mergedFrom'>): string[] => [
  id,
  ...(mergedFrom ?? []),
];

/** The names of members to choose from. Those of the same name carry their role, or a number. */
export function memberLabels(
  people: readonly Pick<Member, 'name' | 'role'>[],
  maxLength = Number.POSITIVE_INFINITY,
): string[] {
  return distinctLabels(people, ({ name }) => name, [({ role }) => role], maxLength);
}

/** Whether a member is a coordinator and has not left. */
export function isActiveCoordinator({ active, role }: Pick<Member, 'active' | 'role'>): boolean {
  return active && role === 'coordinator';
}

/** The active coordinators among some members, without one of them. */
export function otherCoordinators<T extends Pick<Member, 'id' | 'active' | 'role'>>(
  everybody: readonly T[],
  id: string,
): T[] {
  return everybody.filter((one) => isActiveCoordinator(one) && one.id !== id);
}

/** Whether an identity belongs to a member. */
export function hasIdentity(
  { identities }: Pick<Member, 'identities'>,
  identity: Identity | null,
): identity is Identity {
  return identity !== null && identities.some((own) => isSameIdentity(own, identity));
}

/**
 * The identity to send messages to: the one they prefer, else the one they spoke from last, else the first. One that has
 * lost its access gets nothing. One that refused messages comes after the others.
 * @param refusedBy identities that have refused this very message: they do not get it.
 */
export function identityToWriteTo(
  member: Pick<Member, 'identities' | 'preferredIdentity' | 'lastSpokeAs' | 'access'> &
    WithRefusals,
  refusedBy: readonly Identity[] = [],
): Identity | undefined {
  const open = [member.preferredIdentity, member.lastSpokeAs, ...member.identities].filter(
    (identity): identity is Identity =>
      hasIdentity(member, identity) && !lossOf(member, identity) && !isRefused(identity, refusedBy),
  );
  return open.find((identity) => !isRefused(identity, member.refusals)) ?? open[0];
}
