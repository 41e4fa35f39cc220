import { z } from 'zod';
import { address } from './address.ts';

/** Which shards a process looks after: https://discord.com/developers/docs/events/gateway#sharding */
export interface DiscordShards {
  ids: readonly number[];
  /** How many there are in all processes. */
  total: number;
}

export interface DiscordConfig {
  token: string;
  /** Another base of the API, without a version and a slash at its end. */
  apiUrl: string | undefined;
  /** The one server on which commands are offered; undefined: on all. */
  guildId: string | undefined;
  /** Undefined: all that Discord advises, in this process. */
  shards: DiscordShards | undefined;
}

const SHARDS_PROBLEM =
  'DISCORD_SHARDS does not say which shards this process looks after: write 0-3/8 for the first four of eight, or leave it out for all that Discord advises.';

/** The variables of Discord, each of them optional. */
export const discordVariables = {
  DISCORD_TOKEN: z
    .string()
    .regex(
      /^[\w-]+\.[\w-]+\.[\w-]+$/,
      'DISCORD_TOKEN is not a bot token: set it to the one that "Reset Token" shows, under "Bot" in the settings of the Discord application.',
    )
    .optional(),
  DISCORD_API_URL: address(
    'DISCORD_API_URL is not an address: write https://discord.com/api or the like, without a version, or leave it out for https://discord.com/api.',
  ).optional(),
  DISCORD_GUILD_ID: z
    .string()
    .regex(
      /^\d{15,20}$/,
      'DISCORD_GUILD_ID is not the id of a server: turn on Developer Mode in the settings of Discord, then "Copy Server ID" in the menu of the server, or leave it out for all servers.',
    )
    .optional(),
  DISCORD_SHARDS: z
    .string()
    .transform(readShards)
    .refine((shards) => shards !== undefined, SHARDS_PROBLEM)
    .optional(),
};

type Variables = z.output<z.ZodObject<typeof discordVariables>>;

/**
 * What is configured of Discord; undefined where nothing is.
 * @param problem takes a sentence for what is missing.
 */
export function discordConfig(
  variables: Variables,
  problem: (sentence: string) => void,
): DiscordConfig | undefined {
  const { DISCORD_TOKEN: token } = variables;
  if (token === undefined) {
    const others = Object.keys(discordVariables) as (keyof Variables)[];
    const [given] = others.filter((name) => variables[name] !== undefined);
    if (given) problem(`${given} needs DISCORD_TOKEN: set that too, or leave ${given} out.`);
    return undefined;
  }
  return {
    token,
    apiUrl: variables.DISCORD_API_URL,
    guildId: variables.DISCORD_GUILD_ID,
    shards: variables.DISCORD_SHARDS,
  };
}

/** Reads `0-3/8` (a range) or `5/8`. @returns undefined when it is none. */
function readShards(text: string): DiscordShards | undefined {
  const [, first = '', last = first, all] =
    /^(\d{1,4})(?:-(\d{1,4}))?\/(\d{1,4})$/.exec(text) ?? [];
  const [from, to, total] = [first, last, all].map(Number) as [number, number, number];
  if (!(from <= to && to < total)) return undefined;
  return { ids: Array.from({ length: to - from + 1 }, (_, index) => from + index), total };
}
