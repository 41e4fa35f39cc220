import { PermissionFlagsBits } from 'discord.js';
import type { Profile } from '../../../core/message/invocation.ts';
import type { MembershipData, ResolvedData, UserData } from '../payloads.ts';

/** Somebody as Discord tells of them on a server. */
export interface Person {
  id: string;
  /** What they are called there. */
  name: string;
  isBot: boolean;
  /** Undefined where only the user is known, not the member of a server. */
  roles: readonly string[] | undefined;
  /** What they may do, as bits, where Discord tells: https://discord.com/developers/docs/topics/permissions */
  permissions: bigint | undefined;
}

/** Somebody, as Discord tells of a user and of the member they are on a server. */
export function personOf(user: UserData, member?: MembershipData): Person {
  return {
    id: user.id,
    name: member?.nick || user.global_name || user.username || user.id,
    isBot: user.bot === true,
    roles: member?.roles,
    permissions: member?.permissions === undefined ? undefined : BigInt(member.permissions),
  };
}

/** Whoever an interaction names. */
export function peopleIn(resolved: ResolvedData): readonly Person[] {
  return Object.values(resolved?.users ?? {}).map((user) =>
    personOf(user, resolved?.members?.[user.id]),
  );
}

/** May set Convenor up: a server's owner has every permission. */
const LEADS = PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageGuild;

/**
 * Somebody as the bot is told of them.
 * @param admits id of the role whose holders are members by speaking; null: none was chosen.
 */
export function profileOf(person: Person, admits: string | null): Profile {
  // Discord does not tell a zone.
  return { name: person.name, zone: null, standing: standingOf(person, admits) };
}

function standingOf(
  { isBot, roles, permissions }: Person,
  admits: string | null,
): Profile['standing'] {
  if (isBot || !roles) return 'guest';
  if (permissions !== undefined && (permissions & LEADS) !== 0n) return 'owner';
  return admits !== null && roles.includes(admits) ? 'full' : 'visitor';
}
