import { slack } from '../../../dist/adapters/slack/adapter.js';
import { directoriesOf } from '../../../dist/core/domain/directory/directory.js';

/**
 * Slack's adapter as a worker has it: it sends, finds and edits. It is not started, so it receives nothing.
 * @param {{ apiUrl: string, botToken: string, appToken: string }} options
 */
export function openAdapter({ apiUrl, ...tokens }, { stores, clock, log }) {
  const connection = { kind: 'socket', ...tokens };
  const directories = directoriesOf(stores);
  return slack({ connection, apiUrl, commands: new Map(), directories, stores, clock, log });
}
