import { ApplicationCommandOptionType as Option } from 'discord.js';
import { expect } from 'vitest';
import { slashOf } from '../../../src/adapters/discord/manifest/slash-name.ts';
import { allCommands } from '../../../src/core/bot/commands.ts';
import { availableCommand } from '../../doubles/discord/available-command.ts';
import type { Outcome } from '../../doubles/discord/outcome.ts';
import type { VisibleModal } from '../../doubles/discord/visible-messages.ts';
import { everyCommandSuite } from '../every-command.suite.ts';
import { type DiscordHarness, startHarnessWithPartner } from './harness.ts';

const known = allCommands();

everyCommandSuite<DiscordHarness, VisibleModal, Outcome>({
  name: 'Discord',
  startHarness: startHarnessWithPartner,
  names({ guild, grace, tom, channel }) {
    const identity = { platform: 'discord', workspace: guild.id, user: grace.id };
    return { grace: identity, tom: `<@${tom.id}>`, channel: `<#${channel.id}>` };
  },
  type: ({ double, grace, channel }, line) => double.as(grace, channel).slash('convenor', { line }),
  press({ double, grace }) {
    const seen = double.sees(grace, double.directOf(grace)).at(-1);
    if (!seen?.buttons.includes('Press')) throw new Error('There is no button.');
    return double.as(grace).press(seen, 'Press');
  },
  slash({ double, grace, tom, channel }, command, args) {
    const { name, subcommand } = slashOf(command, known) ?? {};
    const slash = [name, subcommand].filter(Boolean).join(' ');
    const { options } = availableCommand(double.world, { user: grace.id, channel }, slash);
    const picked = (arg: string, value: string) => {
      const type = options.find((option) => option.name === arg)?.type;
      if (type === Option.User) return value === 'me' ? grace : tom;
      if (type === Option.Channel) return channel;
      if (type === Option.Boolean) return value === 'yes';
      return type === Option.Integer ? Number(value) : value;
    };
    const filled = Object.entries(args).map(([arg, value = '']) => [arg, picked(arg, value)]);
    return double.as(grace, channel).slash(slash, Object.fromEntries(filled));
  },
  asksItself({ double, grace, channel }, command) {
    const { name, subcommand } = slashOf(command, known) ?? {};
    const slash = [name, subcommand].filter(Boolean).join(' ');
    const { options } = availableCommand(double.world, { user: grace.id, channel }, slash);
    return options.some(({ required }) => required === true);
  },
  async answer(outcome) {
    const shown = await (outcome.kind === 'modal' ? outcome.modal() : outcome.reply());
    // People on Discord have servers.
    expect(shown.words).not.toMatch(/\bworkspaces?\b/i);
    return shown;
  },
});
