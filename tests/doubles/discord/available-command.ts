import {
  ApplicationCommandType,
  InteractionContextType as Context,
  ApplicationCommandOptionType as Option,
  PermissionFlagsBits,
} from 'discord.js';
import { type Json, listOf, textOf } from '../json.ts';
import { registered } from './commands.ts';
import { may, permissionsOf } from './permissions.ts';
import type { Channel, World } from './world.ts';

/** A command as a user calls it: `partner add` is the subcommand `add` of `partner`. */
export interface AvailableCommand {
  command: Json;
  /** The subcommand, and its group, outermost first. */
  subcommands: Json[];
  /** The options that it takes. */
  options: Json[];
}

/** The command of this name in a channel. Throws when Discord would not offer it to the user. */
export function availableCommand(
  world: World,
  where: { user: string; channel: Channel },
  name: string,
  type = ApplicationCommandType.ChatInput,
): AvailableCommand {
  // The name of a menu command may contain spaces.
  const [first = '', ...steps] =
    type === ApplicationCommandType.ChatInput ? name.split(' ') : [name];
  const all = [...registered(world, where.channel.guild ?? '-'), ...registered(world, '')];
  const command = all.find((one) => one.name === first && one.type === type);
  if (!command)
    throw new Error(`There is no command "${name}" among: ${all.map((one) => one.name)}`);
  const refusal = refusalOf(world, where, command);
  if (refusal) throw new Error(`Discord does not offer "${name}" there: ${refusal}.`);
  let options = listOf(command.options);
  const subcommands = steps.map((step) => {
    const next = options.find((option) => option.name === step);
    if (!next) throw new Error(`There is no "${step}" in "${name}".`);
    options = listOf(next.options);
    return next;
  });
  const nested = options.find(
    ({ type }) => type === Option.Subcommand || type === Option.SubcommandGroup,
  );
  if (nested) throw new Error(`"${name}" is not whole: it goes on with "${nested.name}".`);
  return { command, subcommands, options };
}

function refusalOf(
  world: World,
  { user, channel }: { user: string; channel: Channel },
  command: Json,
): string | undefined {
  const guild = world.guilds.get(channel.guild ?? '');
  const contexts = Array.isArray(command.contexts) ? command.contexts : undefined;
  const context = guild ? Context.Guild : Context.BotDM;
  if (contexts && !contexts.includes(context)) return 'its contexts leave this one out';
  const bot = world.app.bot;
  if (!guild) {
    const together = [...world.guilds.values()].some(
      ({ members }) => members.has(user) && members.has(bot),
    );
    return together ? undefined : 'the app and the user share no server';
  }
  if (!guild.members.has(bot)) return 'the app is not in the server';
  if (!may(world, user, channel, 'UseApplicationCommands')) return 'the user may use no commands';
  const needed = BigInt(textOf(command.default_member_permissions) || '0');
  const has = permissionsOf(guild, user, channel);
  if ((has & needed) !== needed && !(has & PermissionFlagsBits.Administrator))
    return 'the user lacks what it asks for';
  return undefined;
}
