import { nonceOf } from '../../../src/adapters/discord/delivery/find-sent.ts';
import { startDiscord } from '../../doubles/discord/discord.ts';
import { visibleMessage } from '../../doubles/discord/visible-messages.ts';
import { objectOf } from '../../doubles/json.ts';
import type { OpenTestPlatform, PostedMessage } from '../test-platform.ts';

const ADAPTER = new URL('./adapter.mjs', import.meta.url).href;
const POST = 'create_message';

/** Discord's double. If the sender goes away before a message is posted, it is not posted. */
export const openDiscord: OpenTestPlatform = async (latencyMs) => {
  const discord = await startDiscord();
  const { apiUrl, botToken: token, world, faults } = discord;
  const guild = discord.addGuild();
  const users: ReturnType<typeof discord.addUser>[] = [];
  faults.each(POST, () => ({ takes: latencyMs() }));

  const posted: PostedMessage[] = [];
  return {
    identity(index) {
      users[index] ??= discord.addUser(guild, { name: `Member ${index}` });
      return { platform: 'discord', workspace: guild.id, user: users[index].id };
    },
    adapter: { module: ADAPTER, options: { apiUrl, token } },
    shortIdOf: (delivery) => nonceOf(delivery).nonce,
    messages() {
      const newMessages = world.posted.slice(posted.length);
      for (const message of newMessages) {
        const { words: text, at } = visibleMessage(message);
        posted.push({ delivery: `${message.nonce}`, text, at });
      }
      return posted;
    },
    pending: () => deliveriesOf(discord.pending()),
    unanswered: () => deliveriesOf(discord.abandoned),
    async stop() {
      await discord.close();
      if (discord.violations.length > 0) throw new Error(discord.violations.join('\n'));
    },
  };
};

/** The deliveries that calls post. */
function deliveriesOf(calls: readonly { method: string; body: unknown }[]): string[] {
  return calls.filter(({ method }) => method === POST).map(({ body }) => `${objectOf(body).nonce}`);
}
