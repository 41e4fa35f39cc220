import { slack } from '../../../dist/adapters/slack/adapter.js';
import { directoriesOver } from '../../../dist/core/domain/directory/directories.js';

/**
 * Slack as a worker's process has it: it sends, finds and edits, and hears nothing, since nobody starts it.
 * @param {{ apiUrl: string, botToken: string, appToken: string }} options
 */
export function openAdapter({ apiUrl, ...tokens }, { stores, clock, log }) {
  const way = { kind: 'socket', ...tokens };
  const directories = directoriesOver(stores);
  return slack({ way, apiUrl, commands: new Map(), directories, stores, clock, log });
}
