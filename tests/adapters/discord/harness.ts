import { discord } from '../../../src/adapters/discord/adapter.ts';
import { threads } from '../../../src/adapters/discord/delivery/thread-row.ts';
import { servers } from '../../../src/adapters/discord/installing/server-row.ts';
import type { DiscordConfig } from '../../../src/config/discord.ts';
import { registerWorkspace } from '../../../src/core/domain/workspaces/workspace.ts';
import type { Adapter, Bot } from '../../../src/core/ports/platform.ts';
import { type DiscordDouble, startDiscord } from '../../doubles/discord/discord.ts';
import { atEnd } from '../../fixtures/at-end.ts';
import { startTestBackend, type TestBackend } from '../../fixtures/harness.ts';

export type Guild = ReturnType<DiscordDouble['addGuild']>;
export type User = ReturnType<DiscordDouble['addUser']>;
type Channel = ReturnType<DiscordDouble['addChannel']>;

/** Convenor on a Discord double of its own, over real sockets, with a store and a bot. */
export interface DiscordHarness extends TestBackend {
  double: DiscordDouble;
  convenor: Adapter;
  guild: Guild;
  /** The server's owner: a coordinator from the first command on. */
  grace: User;
  /** Has the role whose holders are members. */
  tom: User;
  /** A channel that everybody can read. */
  channel: Channel;
  /** The tenant's id. */
  partnership: string;
  /** Makes another Convenor on the same Discord and store, not started. */
  another(config?: Partial<DiscordConfig>): Adapter;
  /** Stops Convenor and starts it again on the same store. @param bot another bot than before. */
  restart(bot?: Bot): Promise<void>;
}

/** Starts a Discord double, a store, and Convenor between them. */
export async function startHarness({ shards = 1 } = {}): Promise<DiscordHarness> {
  const double = await startDiscord({ shards });
  atEnd(() => double.close());
  const guild = double.addGuild('Riverside');
  const grace = double.addUser(guild, { name: 'Grace', owner: true });
  const residents = double.addRole(guild, { name: 'Residents' });
  const tom = double.addUser(guild, { name: 'Tom', roles: [residents] });
  const channel = double.addChannel(guild, { name: 'partners' });
  const backend = await startTestBackend([servers, threads]);
  const { stores, bot } = backend;

  const another: DiscordHarness['another'] = (config) =>
    discord({
      token: double.botToken,
      apiUrl: double.apiUrl,
      guildId: undefined,
      shards: undefined,
      ...config,
      ...backend.adapterDeps(),
    });
  let running = another();
  atEnd(() => running.stop());
  await running.start(bot);
  const here = { platform: 'discord', workspace: guild.id, name: guild.name };
  const { partnership } = await registerWorkspace(stores, here);
  return {
    ...backend,
    ...{ double, convenor: running, guild, grace, tom, channel, partnership, another },
    async restart(other = bot) {
      await running.stop();
      running = another();
      await running.start(other);
    },
  };
}

/** A harness in which Grace has added a partner, and residents may join. */
export async function startHarnessWithPartner(): Promise<DiscordHarness> {
  const harness = await startHarness();
  const { double, grace, channel, guild } = harness;
  const coordinator = double.as(grace, channel);
  const partner = { name: 'Riverside Council', every: '6 weeks' };
  await (await coordinator.slash('partner add', partner)).reply();
  const [, residents] = guild.roles.filter(({ managed }) => !managed);
  if (!residents) throw new Error('There is no role.');
  await (await coordinator.slash('access', { role: residents.id })).reply();
  return harness;
}
