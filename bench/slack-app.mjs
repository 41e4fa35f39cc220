import { connectStores } from '../dist/adapters/mongo/connect.js';
import { slack } from '../dist/adapters/slack/adapter.js';
import { installations } from '../dist/adapters/slack/installing/installation-row.js';
import { createInstalls } from '../dist/adapters/slack/installing/installs.js';
import { usedStates } from '../dist/adapters/slack/installing/oauth-states.js';
import { sealer } from '../dist/core/base/sealer.js';
import { createBot } from '../dist/core/bot/bot.js';
import { allCommands } from '../dist/core/bot/commands.js';
import { collections } from '../dist/core/domain/collections.js';
import { directoriesOf } from '../dist/core/domain/directory/directory.js';
import { workspaceAt } from '../dist/core/domain/workspaces/workspace.js';
import { healthServer } from '../dist/process/health-server.js';
import { metrics } from '../dist/process/metrics.js';
import { SIGNING_SECRET, TEAM } from './slack-end.mjs';

const silent = { info() {}, warn: console.error, error: console.error };
const secretKeys = [Buffer.alloc(32, 7)];

/** Convenor on Slack by HTTP, as it ships, installed in one workspace. @param port a free one. */
export async function openSlackApp({ store: uri, apiUrl, port }) {
  const declarations = [...collections, installations, usedStates];
  const { stores, clock, close } = await connectStores({ uri, declarations });
  const kept = createInstalls({ stores, sealer: sealer(secretKeys), clock });
  await kept.store.storeInstallation({
    team: TEAM,
    enterprise: undefined,
    isEnterpriseInstall: false,
    user: { id: 'U00', token: undefined, scopes: undefined },
    bot: { id: 'B0BOT', userId: 'U0BOT', token: 'xoxb-bench', scopes: [] },
  });
  const url = `http://127.0.0.1:${port}`;
  const client = { clientId: '1.2', clientSecret: 'client-secret' };
  const connection = {
    kind: 'http',
    signingSecret: SIGNING_SECRET,
    ...client,
    publicUrl: url,
    secretKeys,
  };
  const commands = allCommands();
  const shared = { commands, stores, clock, log: silent };
  const app = slack({ connection, apiUrl, directories: directoriesOf(stores), ...shared });
  const missingParts = async () => [];
  const serve = { host: '127.0.0.1', port, missingParts, metrics: metrics().routes };
  const web = await healthServer({ ...serve, routes: [app.routes] });
  await app.start(createBot({ ...shared, wake() {} }));
  const { partnership } = await workspaceAt(stores, { platform: 'slack', workspace: TEAM.id });
  return {
    url,
    store: stores.forPartnership(partnership),
    async stop() {
      await app.stop();
      await web.stop();
      await close();
    },
  };
}
