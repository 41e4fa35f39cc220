import { threads } from '../adapters/discord/delivery/thread-row.ts';
import { servers } from '../adapters/discord/installing/server-row.ts';
import { startEmbeddedStore } from '../adapters/embedded/server.ts';
import { connectWhenThere } from '../adapters/mongo/connect-when-there.ts';
import { playgroundClocks } from '../adapters/playground/clock.ts';
import { playgroundMessages } from '../adapters/playground/messages.ts';
import { installations } from '../adapters/slack/installing/installation-row.ts';
import { usedStates } from '../adapters/slack/installing/oauth-states.ts';
import { collections } from '../core/domain/collections.ts';
import type { AnyDeclaration } from '../core/ports/store.ts';
import type { ProcessContext } from './lifecycle.ts';

/** The collections of the domain and of all adapters. */
export const allCollections: readonly AnyDeclaration[] = [
  ...collections,
  ...[installations, usedStates],
  ...[servers, threads],
  ...[playgroundMessages, playgroundClocks],
];

/**
 * Connects to the MongoDB of the settings, or starts the embedded store in the data folder. Waits for a MongoDB that is
 * not there yet.
 */
export async function openStores({ config, log, readiness, started }: ProcessContext) {
  let { mongodbUri: uri } = config;
  readiness.addPart('store', () => false);
  if (!uri) {
    const embedded = await startEmbeddedStore({
      dataDir: config.dataDir,
      onNotice: (sentence) => log.warn({}, sentence),
    });
    started.push(embedded);
    uri = embedded.uri;
  }
  const connected = await connectWhenThere({ uri, declarations: allCollections, log });
  started.push({ stop: connected.close });
  readiness.addPart('store', () => connected.ping().then(() => true));
  return connected;
}
