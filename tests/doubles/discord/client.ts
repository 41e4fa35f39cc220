import { Client, type ClientOptions, Events, GatewayIntentBits } from 'discord.js';
import type { DiscordDouble } from './discord.ts';

/** Starts a plain discord.js client on the double, and waits until it is ready. */
export async function readyClient(
  discord: DiscordDouble,
  listen: (client: Client<true>) => void = () => {},
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    // By default it waits 5 s between two sessions of a shard.
    ws: { buildIdentifyThrottler: () => ({ waitForIdentify: async () => {} }) },
    ...options,
    rest: { api: discord.apiUrl, version: '10', retries: 0 },
  });
  listen(client as Client<true>);
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  await client.login(discord.botToken);
  await ready;
  return client as Client<true>;
}
