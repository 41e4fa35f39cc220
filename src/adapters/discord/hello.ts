import { Routes } from 'discord.js';
import type { Clock } from '../../core/base/clock.ts';
import { derivedId } from '../../core/base/id.ts';
import { errorFields, type Log } from '../../core/base/log.ts';
import { replyWithPartnership } from '../../core/bot/with-partnership.ts';
import { helloReply } from '../../core/cards/set-up-offer.ts';
import { workspaceAt } from '../../core/domain/workspaces/workspace.ts';
import type { Reply } from '../../core/message/reply.ts';
import type { Stores } from '../../core/ports/store.ts';
import type { CommandNames } from '../shared/inline-nodes.ts';
import { anonymousReader } from '../shared/reader-context.ts';
import { failureOf } from './connection/errors.ts';
import { PLATFORM } from './connection/platform.ts';
import { CALL_TIMEOUT_MS, type Rest } from './connection/rest.ts';
import type { DiscordDirectMessages } from './delivery/direct-messages.ts';
import type { ServerData } from './input/payloads.ts';
import { firstPostOf } from './render/first-post.ts';

interface HelloDeps {
  rest: Rest;
  direct: DiscordDirectMessages;
  stores: Stores;
  clock: Clock;
  commandNames?: CommandNames | undefined;
  log: Pick<Log, 'warn'>;
}

/**
 * Says hello on a server that Convenor has just joined: in its channel for system messages, else to its owner. What may
 * have been posted is not posted again. Never throws.
 */
export async function sayHello(server: ServerData, deps: HelloDeps): Promise<void> {
  const { stores, direct, log } = deps;
  const { id, name, owner_id: owner, system_channel_id: channel } = server;
  const hello = helloReply(name || 'this server');
  try {
    if (channel && (await isPosted(async () => channel, hello, id, deps))) return;
    const row = await workspaceAt(stores, { platform: PLATFORM, workspace: id });
    if (!owner || !row) return;
    const open = async () => (await direct.channelOf(owner)).channel;
    await isPosted(open, replyWithPartnership(hello, row.partnership), id, deps);
  } catch (error) {
    log.warn(errorFields(error), 'discord takes no hello');
  }
}

/** @returns false if it can never be posted there. @throws if it may have been posted. */
async function isPosted(
  channel: () => Promise<string>,
  hello: Reply,
  server: string,
  { rest, clock, commandNames }: HelloDeps,
): Promise<boolean> {
  const reader = { ...anonymousReader(clock), commandNames };
  const { message } = firstPostOf(hello, reader, derivedId('hello', server));
  try {
    const options = { body: message, timeoutMs: CALL_TIMEOUT_MS };
    await rest.call('POST', Routes.channelMessages(await channel()), options);
    return true;
  } catch (error) {
    if (failureOf(error).outcome === 'permanent') return false;
    throw error;
  }
}
