import { z } from 'zod';
import { webAddress } from './web-address.ts';

/** Which shards a process looks after: https://discord.com/developers/docs/events/gateway#sharding */
export interface DiscordShards {
  ids: readonly number[];
  /** The number of shards of all processes together. */
  total: number;
}

export interface DiscordConfig {
  token: string;
  /** The base of the API, without a version and a final slash; undefined: Discord's own. */
  apiUrl: string | undefined;
  /** The only server on which commands are registered; undefined: all. */
  guildId: string | undefined;
  /** Undefined: this process runs all the shards that Discord recommends. */
  shards: DiscordShards | undefined;
}

const SHARDS_PROBLEM =
  'DISCORD_SHARDS does not say which shards this process looks after: write 0-3/8 for the first four of eight, or leave it out for all that Discord advises.';

/** Discord's variables, all optional. */
export const discordVariables = {
  DISCORD_TOKEN: z
    .string()
    .regex(
      /^[\w-]+\.[\w-]+\.[\w-]+$/,
      'DISCORD_TOKEN is not a bot token: set it to the one that "Reset Token" shows, under "Bot" in the settings of the Discord application.',
    )
    .optional(),
  DISCORD_API_URL: webAddress(
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
 * The settings for Discord; undefined if it is not configured.
 * @param addProblem called with a sentence for what is missing.
 */
export function discordConfig(
  variables: Variables,
  addProblem: (sentence: string) => void,
): DiscordConfig | undefined {
  const { DISCORD_TOKEN: token } = variables;
  if (token === undefined) {
    const others = Object.keys(discordVariables) as (keyof Variables)[];
    const [given] = others.filter((name) => variables[name] !== undefined);
    if (given) addProblem(`${given} needs DISCORD_TOKEN: set that too, or leave ${given} out.`);
    return undefined;
  }
  return {
    token,
    apiUrl: variables.DISCORD_API_URL,
    guildId: variables.DISCORD_GUILD_ID,
    shards: variables.DISCORD_SHARDS,
  };
}

/** Reads `0-3/8` (a range) or `5/8`. @returns undefined for any other text. */
function readShards(text: string): DiscordShards | undefined {
  const [, first = '', last = first, all] =
    /^(\d{1,4})(?:-(\d{1,4}))?\/(\d{1,4})$/.exec(text) ?? [];
  const [from, to, total] = [first, last, all].map(Number) as [number, number, number];
  if (!(from <= to && to < total)) return undefined;
  return { ids: Array.from({ length: to - from + 1 }, (_, index) => from + index), total };
}
