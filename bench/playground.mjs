import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playground } from '../dist/adapters/playground/adapter.js';
import { playgroundClocks } from '../dist/adapters/playground/clock.js';
import { playgroundMessages } from '../dist/adapters/playground/messages.js';
import {
  samplePartnership,
  seedContacts,
  seedRows,
} from '../dist/adapters/playground/sample-partnership.js';
import { openStore } from '../dist/adapters/sqlite/open.js';
import { systemClock } from '../dist/core/base/clock.js';
import { createBot } from '../dist/core/bot/bot.js';
import { allCommands } from '../dist/core/bot/commands.js';
import { collections } from '../dist/core/domain/collections.js';
import { metrics } from '../dist/process/metrics.js';

const silent = { info() {}, warn() {}, error() {} };

/** The bot and the playground over a new SQLite database in a temporary folder. */
export async function openPlayground() {
  const dataDir = await mkdtemp(join(tmpdir(), 'convenor-bench-'));
  const shapes = [...collections, playgroundMessages, playgroundClocks];
  const { stores, close } = await openStore({ dataDir, shapes });
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
    reset: async () => {},
    processRoutes: [metrics().routes],
    port: 0,
    log: silent,
  });
  await seedContacts(bot);
  await chat.start(bot);
  return {
    url: chat.url.replace('localhost', '127.0.0.1'),
    store: stores.forPartnership(samplePartnership.id),
    async stop() {
      await chat.stop();
      await close();
      await rm(dataDir, { recursive: true });
    },
  };
}
