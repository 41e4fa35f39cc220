import { PermissionFlagsBits } from 'discord.js';
import type { Profile } from '../../../core/message/invocation.ts';
import type { MembershipData, ResolvedData, UserData } from './payloads.ts';

/** A user, as they are known on a server. */
export interface DiscordUser {
  id: string;
  /** Their name on the server. */
  name: string;
  isBot: boolean;
  /** Ids; undefined if it is not known whether they are on the server. */
  roles: readonly string[] | undefined;
  /** A bit field; undefined if Discord does not send it: https://discord.com/developers/docs/topics/permissions */
  permissions: bigint | undefined;
}

/** @param member what Discord sends of them as a member of the server. */
export function discordUserOf(user: UserData, member?: MembershipData): DiscordUser {
  return {
    id: user.id,
    name: member?.nick || user.global_name || user.username || user.id,
    isBot: user.bot === true,
    roles: member?.roles,
    permissions: member?.permissions === undefined ? undefined : BigInt(member.permissions),
  };
}

/** The users that an interaction mentions. */
export function resolvedUsers(resolved: ResolvedData): readonly DiscordUser[] {
  return Object.values(resolved?.users ?? {}).map((user) =>
    discordUserOf(user, resolved?.members?.[user.id]),
  );
}

/** With one of these permissions, a user may set Convenor up. A server's owner has every permission. */
const OWNER_PERMISSIONS = PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageGuild;

/**
 * A user's profile for the bot.
 * @param memberRole id of the role whose holders become members as soon as they use Convenor; null if none is chosen.
 */
export function profileOf(user: DiscordUser, memberRole: string | null): Profile {
  // Discord does not send time zones.
  return { name: user.name, zone: null, standing: standingOf(user, memberRole) };
}

function standingOf(
  { isBot, roles, permissions }: DiscordUser,
  memberRole: string | null,
): Profile['standing'] {
  if (isBot || !roles) return 'guest';
  if (permissions !== undefined && (permissions & OWNER_PERMISSIONS) !== 0n) return 'owner';
  return memberRole !== null && roles.includes(memberRole) ? 'full' : 'visitor';
}
