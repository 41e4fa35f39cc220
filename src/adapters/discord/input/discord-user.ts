import { withoutHidden } from '../../../core/base/text.ts';
import type { MembershipData, ResolvedData, UserData } from './payloads.ts';

/** A user, as they are known on a server. */
export interface DiscordUser {
  id: string;
  /** Their name on the server. */
  name: string;
  isBot: boolean;
  /** Ids; undefined if it is not known whether they are on the server. */
  roles: readonly string[] | undefined;
  /** A bit field; undefined if they are not known: https://discord.com/developers/docs/topics/permissions */
  permissions: bigint | undefined;
}

/** @param member what Discord sends of them as a member of the server. */
export function discordUserOf(user: UserData, member?: MembershipData): DiscordUser {
  return {
    id: user.id,
    name: withoutHidden(member?.nick || user.global_name || user.username || user.id),
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
