import { ApplicationCommandType } from 'discord.js';
import type { Json } from '../json.ts';
import type { World } from './world.ts';

/** The app's commands in a guild, or (under '') everywhere. */
export const registered = (world: World, where: string): Json[] => world.commands.get(where) ?? [];

/** Replaces all commands there. A command with the same name and type keeps its id. */
export function registerIn(world: World, where: string, commands: readonly Json[]): void {
  const before = registered(world, where);
  const now = commands.map((command) => {
    const type = command.type ?? ApplicationCommandType.ChatInput;
    const former = before.find((one) => one.name === command.name && one.type === type);
    return {
      ...command,
      id: former?.id ?? world.id(),
      application_id: world.app.id,
      version: world.id(),
      type,
      description: command.description ?? '',
      default_member_permissions: command.default_member_permissions ?? null,
      ...contextsIn(where, command),
      nsfw: false,
      ...(where && { guild_id: where }),
    };
  });
  world.commands.set(where, now);
  world.changed();
}

/**
 * Where a command works. Only commands of all guilds have that; what is left out is `[0]` and null:
 * https://github.com/discord/discord-api-docs/issues/6744
 */
function contextsIn(where: string, { integration_types, contexts }: Json): Json {
  if (where) return { integration_types: [0], contexts: null };
  return { integration_types: integration_types ?? [0], contexts: contexts ?? null };
}
