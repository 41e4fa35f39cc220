import { discord } from '../../../dist/adapters/discord/adapter.js';
import { threads } from '../../../dist/adapters/discord/delivery/thread-row.js';
import { servers } from '../../../dist/adapters/discord/installing/server-row.js';
import { directoriesOf } from '../../../dist/core/domain/directory/directory.js';

export const ownCollections = [servers, threads];

/**
 * Discord's adapter as a worker has it: it sends, finds and edits. It is not started, so it receives nothing.
 * @param {{ apiUrl: string, token: string }} options
 */
export function openAdapter(options, { stores, clock, log }) {
  const allServers = { guildId: undefined, shards: undefined };
  const directories = directoriesOf(stores);
  const shared = { directories, stores, clock, log };
  return discord({ ...options, ...allServers, commands: new Map(), ...shared });
}
