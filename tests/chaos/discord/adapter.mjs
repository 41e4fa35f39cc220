import { discord } from '../../../dist/adapters/discord/adapter.js';
import { servers } from '../../../dist/adapters/discord/servers/server-row.js';
import { threads } from '../../../dist/adapters/discord/servers/thread-row.js';
import { directoriesOver } from '../../../dist/core/domain/directory/directories.js';

export const own = [servers, threads];

/**
 * Discord as a worker's process has it: it sends, finds and edits, and hears nothing, since nobody starts it.
 * @param {{ apiUrl: string, token: string }} options
 */
export function openAdapter(options, { stores, clock, log }) {
  const everywhere = { guildId: undefined, shards: undefined };
  const directories = directoriesOver(stores);
  const shared = { directories, stores, clock, log };
  return discord({ ...options, ...everywhere, commands: new Map(), ...shared });
}
