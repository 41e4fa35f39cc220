import { expect, it } from 'vitest';
import { partnerships } from '../../../src/core/domain/partnerships/partnership.ts';
import { workspaceAt } from '../../../src/core/domain/workspaces/workspace.ts';
import { type DiscordHarness, startHarness } from './harness.ts';

/** A server that Convenor has not been on, with its owner and the channel for Discord's own messages. */
function newServer({ double }: DiscordHarness) {
  const guild = double.addGuild('Lakeside', { installed: false });
  const olive = double.addUser(guild, { name: 'Olive', owner: true });
  const channel = double.addChannel(guild, { name: 'general' });
  guild.systemChannel = channel.id;
  const hellos = () => double.posted().filter(({ words }) => words.includes("Hello, I'm Convenor"));
  return { guild, olive, channel, hellos };
}

it('says hello once in the channel for system messages, and whoever owns the server sets it up from there', async () => {
  const harness = await startHarness();
  const { double, stores } = harness;
  const { guild, olive, channel, hellos } = newServer(harness);
  double.installIn(guild);
  const hello = await double.until('hello', () => double.sees(olive, channel).at(-1));
  expect(hello.words).toContain('added to **Lakeside**');
  expect(hello.words).toContain('somebody who owns or may manage this server presses **Set up**');
  expect(hello.buttons).toEqual(['Set up', 'What can you do?']);

  const passer = double.addUser(guild, { name: 'Pat' });
  const refused = await (await double.as(passer, channel).press(hello, 'Set up')).reply();
  expect(refused.words).toContain('Ask an owner or admin of this server');
  const form = await (await double.as(olive, channel).press(hello, 'Set up')).modal();
  expect(form.title).toBe('Set up Convenor');

  // Discord reports the server again at each connection, and after an outage.
  double.restore(guild);
  await harness.restart();
  await (await double.as(olive, channel).slash('help')).reply();
  expect(hellos()).toHaveLength(1);
  const row = await workspaceAt(stores, { platform: 'discord', workspace: guild.id });
  const partnership = row?.partnership ?? '';
  expect(await stores.forPartnership(partnership).of(partnerships).get(partnership)).toBeDefined();
  expect(double.violations).toEqual([]);
});

it('says hello to the owner where it may not post, who can set it up in the direct message', async () => {
  const harness = await startHarness();
  const { double } = harness;
  const { guild, olive, channel } = newServer(harness);
  double.forbid(channel, 'SendMessages');
  double.installIn(guild);
  const hello = await double.until('hello', () =>
    double.sees(olive, double.directOf(olive)).at(-1),
  );
  expect(hello.words).toContain('added to **Lakeside**');
  const form = await (await double.as(olive).press(hello, 'Set up')).modal();
  expect(form.title).toBe('Set up Convenor');
  expect(double.violations).toEqual([]);
});

it('says hello again when it comes back, and not where it has been all along', async () => {
  const harness = await startHarness();
  const { double, grace, guild: old } = harness;
  const { guild, hellos } = newServer(harness);
  double.installIn(guild);
  await double.until('hello', () => hellos()[0]);
  double.uninstall(guild);
  double.installIn(guild);
  await double.until('second hello', () => hellos()[1]);
  double.restore(old);
  await (await double.as(grace).slash('convenor', { line: 'help' })).reply();
  expect(hellos()).toHaveLength(2);
});
