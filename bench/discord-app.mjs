import { discord } from '../dist/adapters/discord/adapter.js';
import { threads } from '../dist/adapters/discord/delivery/thread-row.js';
import { servers } from '../dist/adapters/discord/installing/server-row.js';
import { connectStores } from '../dist/adapters/mongo/connect.js';
import { createBot } from '../dist/core/bot/bot.js';
import { allCommands } from '../dist/core/bot/commands.js';
import { collections } from '../dist/core/domain/collections.js';
import { directoriesOf } from '../dist/core/domain/directory/directory.js';
import { registerWorkspace, workspaces } from '../dist/core/domain/workspaces/workspace.js';
import { updateWithRetry } from '../dist/core/ports/store.js';
import { GUILD, RESIDENTS, TOKEN } from './discord-end.mjs';

const silent = { info() {}, warn: console.error, error: console.error };

/** Convenor on Discord, as it ships, on one server whose residents are members. */
export async function openDiscordApp({ store: uri, apiUrl }) {
  const declarations = [...collections, servers, threads];
  const { stores, clock, close } = await connectStores({ uri, declarations });
  const here = { platform: 'discord', workspace: GUILD, name: 'Bench' };
  const { id, partnership } = await registerWorkspace(stores, here);
  await updateWithRetry(stores.global(workspaces), id, (row) => ({ ...row, admits: RESIDENTS }));
  const shared = { commands: allCommands(), stores, clock, log: silent };
  const way = { token: TOKEN, apiUrl, guildId: undefined, shards: undefined };
  const app = discord({ ...way, directories: directoriesOf(stores), ...shared });
  await app.start(createBot({ ...shared, wake() {} }));
  return {
    store: stores.forPartnership(partnership),
    async stop() {
      await app.stop();
      await close();
    },
  };
}
