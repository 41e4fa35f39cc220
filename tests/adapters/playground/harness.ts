import { connectStores } from '../../../src/adapters/mongo/connect.ts';
import { type Playground, playground } from '../../../src/adapters/playground/adapter.ts';
import { PlaygroundClock, playgroundClocks } from '../../../src/adapters/playground/clock.ts';
import { playgroundMessages } from '../../../src/adapters/playground/messages.ts';
import {
  samplePartnership,
  seedRows,
} from '../../../src/adapters/playground/sample-partnership.ts';
import type { LogFields } from '../../../src/core/base/log.ts';
import { collections } from '../../../src/core/domain/collections.ts';
import type { Stores } from '../../../src/core/ports/store.ts';
import { healthRoutes } from '../../../src/process/health.ts';
import { metrics } from '../../../src/process/metrics.ts';
import { startTestServer } from '../../contracts/store/server.ts';
import { atEnd } from '../../fixtures/at-end.ts';
import { type ScriptedBot, scriptedBot } from './scripted-bot.ts';

/** A running playground, and what a test may look at behind it. */
export interface PlaygroundHarness {
  playground: Playground;
  bot: ScriptedBot;
  stores: Stores;
  clock: PlaygroundClock;
  url: string;
  errors: LogFields[];
  /** The instants to which the clock was moved, and how often everything was reset. */
  moves: Date[];
  resets(): number;
  notReady: string[];
  /** The commands sent to the store. */
  commands: string[];
  /** Requests a path; with a `body` by POST, else by GET. */
  ask(path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
}

/** Starts a playground on a free port, with a store of its own and a scripted bot. */
export async function startHarness(): Promise<PlaygroundHarness> {
  const server = await startTestServer();
  atEnd(server.stop);
  const declarations = [...collections, playgroundMessages, playgroundClocks];
  const { uri, database } = server;
  const commands: string[] = [];
  const { stores, close } = await connectStores({
    uri,
    database: database(),
    declarations,
    onCommand: (command) => void commands.push(command),
  });
  atEnd(close);
  const { id, members } = samplePartnership;
  const clock = await PlaygroundClock.open(stores, id);
  await seedRows(stores, clock.now());

  const bot = scriptedBot();
  const errors: LogFields[] = [];
  const moves: Date[] = [];
  const notReady: string[] = [];
  let afresh = 0;
  const adapter = playground({
    stores,
    partnership: id,
    members,
    clock,
    async moveTo(instant) {
      moves.push(instant);
      await clock.moveTo(instant);
    },
    async reset() {
      afresh += 1;
      const rows = stores.forPartnership(id).of(playgroundMessages);
      for await (const message of rows.all({ index: 'byId' })) await rows.remove(message.id);
      await clock.reset();
    },
    processRoutes: [healthRoutes(async () => notReady.map((part) => ({ part }))), metrics().routes],
    port: 0,
    log: { error: (fields) => void errors.push(fields) },
  });
  await adapter.start(bot);
  atEnd(() => adapter.stop());
  const { url } = adapter;
  return {
    playground: adapter,
    bot,
    stores,
    clock,
    url,
    errors,
    moves,
    resets: () => afresh,
    notReady,
    commands,
    async ask(path, body) {
      const headers = { 'content-type': 'application/json' };
      const init =
        body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
      const response = await fetch(`${url}${path}`, init);
      return { status: response.status, body: await response.json() };
    },
  };
}
