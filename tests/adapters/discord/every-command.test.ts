import { beforeAll, describe, expect, it } from 'vitest';
import { slashOf } from '../../../src/adapters/discord/slash.ts';
import { allCommands } from '../../../src/core/commands.ts';
import type { Outcome } from '../../doubles/discord/outcome.ts';
import type { SeenMessage, SeenModal } from '../../doubles/discord/sight.ts';
import { openBegun, type Stage } from './stage.ts';

const known = allCommands();
const commands = [...known.values()];
const UNKNOWN = /I don't know "|no longer works|something went wrong/;

describe('every declared command is reached in Discord', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openBegun();
    return () => {
      expect(stage.double.violations).toEqual([]);
      expect(stage.warnings).toEqual([]);
    };
  });

  const inChannel = () => stage.double.as(stage.grace, stage.channel);
  /** What comes of it: a message, or a modal. */
  const answerOf = (outcome: Outcome): Promise<SeenMessage | SeenModal> =>
    outcome.kind === 'modal' ? outcome.modal() : outcome.reply();

  /** A message of Convenor's to Grace with one button, pressed. */
  async function withButton(command: string, args: Record<string, string>) {
    const { double, convenor, grace, guild, partnership } = stage;
    const identity = { platform: 'discord', workspace: guild.id, user: grace.id };
    const buttons = [{ label: 'Press', command, args }];
    await convenor.send({
      delivery: `${command} ${Object.keys(args)}`,
      partnership,
      address: { to: 'user', identity },
      reply: { text: [{ text: command }], card: [{ kind: 'buttons', buttons }] },
    });
    const seen = double.sees(grace, double.directOf(grace)).at(-1);
    if (!seen?.buttons.includes('Press')) throw new Error(`No button for ${command}.`);
    return double.as(grace).press(seen, 'Press');
  }

  const typed = commands.flatMap(({ name, examples }) => examples.map((line) => [name, line]));
  it.each(typed)('by text: %s: %s', async (_, line) => {
    const answer = await answerOf(await inChannel().slash('convenor', { line: line ?? '' }));
    expect(answer.words).not.toMatch(UNKNOWN);
  });

  const slashes = commands.flatMap(({ name }) => slashOf(name, known) ?? []);
  it.each(slashes.map(({ name, subcommand }) => [[name, subcommand].filter(Boolean).join(' ')]))(
    'by its own slash command: %s',
    async (name) => {
      const answer = await answerOf(await inChannel().slash(name));
      expect(answer.words).not.toMatch(UNKNOWN);
    },
  );

  it.each(commands.map(({ name }) => [name]))('by button: %s', async (name) => {
    const answer = await answerOf(await withButton(name, {}));
    expect(answer.words).not.toMatch(UNKNOWN);
  });

  const asking = commands.filter(({ args }) => Object.values(args).some(({ ask }) => ask));
  it.each(asking.map((command) => [command.name, command] as const))(
    'by form: %s',
    async (name, { args }) => {
      // What has no box is carried by the button that opens the form.
      const boxless = Object.entries(args).filter(([, arg]) => arg.needed && !arg.ask);
      const carried = Object.fromEntries(boxless.map(([arg]) => [arg, '#nothing']));
      const modal = await (await withButton(name, { ...carried, form: 'yes' })).modal();
      const asks = Object.values(args).flatMap(({ ask }) => ask ?? []);
      expect(modal.labels).toEqual(asks.slice(0, 5));
    },
  );
});
