import { Client, Events, GatewayIntentBits } from 'discord.js';
import mongoose from 'mongoose';
import { TOKEN } from './discord-end.mjs';
import { makeTwins, operations } from './twins.mjs';

/** A discord.js client whose handler only makes the given driver operations, if any, and replies with a word. */
export async function openBareDiscord({ store, commands, apiUrl }) {
  const connection = await new mongoose.mongo.MongoClient(store, { maxPoolSize: 20 }).connect();
  const db = connection.db('convenor');
  await makeTwins(db, commands);
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: apiUrl } });
  let count = 0;
  client.on(Events.InteractionCreate, async (interaction) => {
    await operations(db, commands, count++);
    await interaction.reply('Noted.');
  });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(TOKEN);
  await ready;
  return {
    async stop() {
      await client.destroy();
      await connection.close();
    },
  };
}
