import { it } from 'vitest';
import { slashOf } from '../../../src/adapters/discord/slash/slash.ts';
import { allCommands } from '../../../src/core/bot/commands.ts';
import type { Outcome } from '../../doubles/discord/outcome.ts';
import type { SeenModal } from '../../doubles/discord/visible-messages.ts';
import { everyCommandSuite } from '../every-command.suite.ts';
import { openBegun, type Stage } from './harness.ts';

const known = allCommands();
const slashes = [...known.keys()].flatMap((name) => slashOf(name, known) ?? []);
const inChannel = ({ double, grace, channel }: Stage) => double.as(grace, channel);

everyCommandSuite<Stage, SeenModal, Outcome>({
  name: 'Discord',
  openBegun,
  grace: ({ guild, grace }) => ({ platform: 'discord', workspace: guild.id, user: grace.id }),
  type: (stage, line) => inChannel(stage).slash('convenor', { line }),
  press({ double, grace }) {
    const seen = double.sees(grace, double.directOf(grace)).at(-1);
    if (!seen?.buttons.includes('Press')) throw new Error('There is no button.');
    return double.as(grace).press(seen, 'Press');
  },
  answer: (outcome) => (outcome.kind === 'modal' ? outcome.modal() : outcome.reply()),
  more(stage, reaches) {
    const names = slashes.map(({ name, subcommand }) =>
      [name, subcommand].filter(Boolean).join(' '),
    );
    it.each(names)('by its own slash command: %s', async (name) => {
      await reaches(await inChannel(stage()).slash(name));
    });
  },
});
