import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedStore } from '../dist/adapters/embedded/server.js';
import { connectStores } from '../dist/adapters/mongo/connect.js';
import { playground } from '../dist/adapters/playground/adapter.js';
import { playgroundClocks } from '../dist/adapters/playground/clock.js';
import { playgroundMessages } from '../dist/adapters/playground/messages.js';
import {
  samplePartnership,
  seedContacts,
  seedRows,
} from '../dist/adapters/playground/sample-partnership.js';
import { systemClock } from '../dist/core/base/clock.js';
import { createBot } from '../dist/core/bot/bot.js';
import { allCommands } from '../dist/core/bot/commands.js';
import { collections } from '../dist/core/domain/collections.js';
import { metrics } from '../dist/process/metrics.js';

const silent = { info() {}, warn() {}, error() {} };

/** The bot and the playground over a fresh embedded store in a temporary folder. */
export async function openPlayground() {
  const dataDir = await mkdtemp(join(tmpdir(), 'convenor-bench-'));
  const store = await startEmbeddedStore({ dataDir });
  const declarations = [...collections, playgroundMessages, playgroundClocks];
  const { stores, close } = await connectStores({ uri: store.uri, declarations });
  await seedRows(stores, systemClock.now());
  const bot = createBot({
    stores,
    clock: systemClock,
    commands: allCommands(),
    log: silent,
    wake() {},
  });
  const chat = playground({
    stores,
    partnership: samplePartnership.id,
    members: samplePartnership.members,
    clock: systemClock,
    moveTo: async () => {},
    startAfresh: async () => {},
    processRoutes: [metrics().routes],
    port: 0,
    log: silent,
  });
  await seedContacts(bot);
  await chat.start(bot);
  return {
    uri: store.uri,
    url: chat.url.replace('localhost', '127.0.0.1'),
    store: stores.forPartnership(samplePartnership.id),
    async stop() {
      await chat.stop();
      await close();
      await store.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}
