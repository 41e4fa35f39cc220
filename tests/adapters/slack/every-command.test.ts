import { beforeAll, describe, expect, it } from 'vitest';
import { allCommands } from '../../../src/core/commands.ts';
import type { Outcome } from '../../doubles/slack/outcome.ts';
import type { SeenMessage, SeenView } from '../../doubles/slack/sight.ts';
import { openBegun, type Stage } from './stage.ts';

const commands = [...allCommands().values()];
const UNKNOWN = /I don't know "|no longer works|something went wrong/;

describe('every declared command is reached in Slack', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openBegun();
    return () => {
      expect(stage.double.violations).toEqual([]);
      expect(stage.warnings).toEqual([]);
    };
  });

  /** What comes of it: a message, or a modal. */
  const answerOf = (outcome: Outcome): Promise<SeenMessage | SeenView> =>
    Promise.any([outcome.reply(), outcome.modal()]);

  /** A message of Convenor's to Grace with one button. */
  async function withButton(command: string, args: Record<string, string>) {
    const { double, convenor, grace, team, partnership } = stage;
    const identity = { platform: 'slack', workspace: team.id, user: grace.id };
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
  it.each(typed)('by text: %s: %s', async (name, line) => {
    const { double, bot, grace } = stage;
    expect(bot.read(line ?? '').command).toBe(name);
    const answer = await answerOf(await double.as(grace).slash('/convenor', line));
    expect(answer.words).not.toMatch(UNKNOWN);
  });

  it.each(commands.map(({ name }) => [name]))('by button: %s', async (name) => {
    const answer = await answerOf(await withButton(name, {}));
    expect(answer.words).not.toMatch(UNKNOWN);
  });

  const asking = commands.filter(({ args }) => Object.values(args).some(({ ask }) => ask));
  it.each(asking.map((command) => [command.name, command] as const))(
    'by form: %s',
    async (name, { args }) => {
      const { double, grace } = stage;
      // What has no box is carried by the button that opens the form.
      const boxless = Object.entries(args).filter(([, arg]) => arg.needed && !arg.ask);
      const carried = Object.fromEntries(boxless.map(([arg]) => [arg, '#nothing']));
      const modal = await (await withButton(name, { ...carried, form: 'yes' })).modal();
      const asks = Object.values(args).flatMap(({ ask }) => ask ?? []);
      expect(modal.labels).toEqual(asks.slice(0, 5));
      const boxes = modal.blocks.filter(({ type }) => type === 'input');
      const isNeeded = boxes.some(({ optional }) => optional !== true);
      if (isNeeded) return double.as(grace).close(modal);
      const sent = await double.as(grace).submit(modal);
      expect(sent.body).toHaveProperty('response_action');
      if (double.modal(grace)) await double.as(grace).close(modal);
    },
  );
});
