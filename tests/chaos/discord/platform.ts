import { nonceOf } from '../../../src/adapters/discord/posted.ts';
import { startDiscord } from '../../doubles/discord/discord.ts';
import { messageSeen } from '../../doubles/discord/visible-messages.ts';
import { objectOf } from '../../doubles/json.ts';
import type { Arrived, OpenSink } from '../sink.ts';

const ADAPTER = new URL('./adapter.mjs', import.meta.url).href;
const POST = 'create_message';

/** Discord's double. A message whose sender goes before it is posted is not posted. */
export const openDiscord: OpenSink = async (takes) => {
  const discord = await startDiscord();
  const { apiUrl, botToken: token, world, faults } = discord;
  const guild = discord.addGuild();
  const users: ReturnType<typeof discord.addUser>[] = [];
  faults.each(POST, () => ({ takes: takes() }));

  const arrived: Arrived[] = [];
  return {
    identity(index) {
      users[index] ??= discord.addUser(guild, { name: `Member ${index}` });
      return { platform: 'discord', workspace: guild.id, user: users[index].id };
    },
    adapter: { module: ADAPTER, options: { apiUrl, token } },
    named: (delivery) => nonceOf(delivery).nonce,
    messages() {
      const fresh = world.posted.slice(arrived.length);
      for (const message of fresh) {
        const { words: text, at } = messageSeen(message);
        arrived.push({ delivery: `${message.nonce}`, text, at });
      }
      return arrived;
    },
    cut: () =>
      discord.unheard
        .filter(({ method }) => method === POST)
        .map(({ body }) => `${objectOf(body).nonce}`),
    async stop() {
      await discord.close();
      if (discord.violations.length > 0) throw new Error(discord.violations.join('\n'));
    },
  };
};
