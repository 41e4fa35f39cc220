import {
  Client,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  SimpleShardingStrategy,
} from 'discord.js';
import type { DiscordShards } from '../../../config/discord.ts';
import { retry } from '../../../core/async/retry.ts';
import { withTimeout } from '../../../core/async/with-timeout.ts';
import { CredentialError } from '../../../core/base/credential-error.ts';
import { errorFields, type Log } from '../../../core/base/log.ts';
import { badShards, badToken, refusesToken } from './credentials.ts';
import { retryOptions } from './errors.ts';
import { restOptions } from './rest.ts';

export interface GatewayOptions {
  token: string;
  apiUrl: string | undefined;
  /** The shards of this process; undefined: as many as Discord advises. */
  shards: DiscordShards | undefined;
  log: Log;
  /** Receives each event: its name (`t`) and data (`d`). Must not throw. */
  onDispatch(event: { t: string; d: unknown }): void;
}

type Manager = ConstructorParameters<typeof SimpleShardingStrategy>[0];

export interface Gateway {
  /** Resolves when all shards are connected. @throws CredentialError */
  open(): Promise<void>;
  close(): Promise<void>;
  /** Why the gateway was closed for good. */
  readonly credentialError: CredentialError | undefined;
}

/** How long closing waits for Discord's part of it. */
const CLOSE_TIMEOUT_MS = 2_000;

/**
 * No privileged intents: messages on a server come without their words, unless they mention the bot. Interactions come
 * without any intent.
 */
export const INTENTS: readonly GatewayIntentBits[] = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
];

/** The events that discord.js needs to know that it is connected. */
const CLIENT_EVENTS: readonly string[] = [
  GatewayDispatchEvents.Ready,
  GatewayDispatchEvents.Resumed,
];

/** The gateway. discord.js does the sharding and resuming. */
export function createGateway(options: GatewayOptions): Gateway {
  const { token, apiUrl, shards, log, onDispatch } = options;
  let current: Client | undefined;
  let isClosed = false;
  let credentialError: CredentialError | undefined;

  async function connect(): Promise<void> {
    await destroy(current);
    const client: Client = new Client({
      intents: [...INTENTS],
      rest: restOptions(apiUrl),
      ...(shards ? { shards: [...shards.ids], shardCount: shards.total } : { shards: 'auto' }),
      waitGuildTimeout: 0,
      ws: { buildStrategy: (manager) => stoppable(manager, () => isClosed || current !== client) },
    });
    current = client;
    let isConnected = false;
    const ended = new Promise<never>((_, reject) => {
      client.on(Events.ShardDisconnect, ({ code }) => {
        reject(closeError(code, shards));
        if (isConnected && current === client) reopen(code);
        isConnected = false;
      });
    });
    ended.catch(() => {});
    const failed = (error: Error) => log.warn(errorFields(error), 'discord gateway failed');
    client.on(Events.Error, failed).on(Events.ShardError, failed);
    client.on(Events.Raw, (packet: { t: string | null; d: unknown }) => {
      const { t, d } = packet;
      // The client gets no other events. It would end the process if an interaction lacks a field (such as
      // `entitlements`), and keep servers, channels, roles and messages in memory that Convenor does not use. Instead,
      // payloads.ts reads the events and rest.ts answers them.
      if (t === null) return;
      if (!CLIENT_EVENTS.includes(t)) packet.t = null;
      onDispatch({ t, d });
    });
    try {
      await Promise.race([client.login(token), ended]);
      isConnected = true;
    } catch (error) {
      throw refusesToken(error) ? badToken() : error;
    }
  }

  function open(): Promise<void> {
    return retry(connect, retryOptions({ isCancelled: () => isClosed, log }));
  }

  /** Discord closed a shard that was connected: there are too many servers for it now, or the token was reset. */
  function reopen(code: number): void {
    log.error({ code }, 'discord gateway closed');
    open().catch((error: unknown) => {
      if (error instanceof CredentialError) credentialError = error;
      log.error(errorFields(error), 'discord gateway lost');
    });
  }

  return {
    open,
    get credentialError() {
      return credentialError;
    },
    async close() {
      isClosed = true;
      await destroy(current);
    },
  };
}

async function destroy(client: Client | undefined): Promise<void> {
  if (client) await withTimeout(CLOSE_TIMEOUT_MS, client.destroy());
}

/** A shard that is about to reconnect cannot be cancelled. Once `isOver`, it waits for ever instead. */
function stoppable(manager: Manager, isOver: () => boolean): SimpleShardingStrategy {
  const { retrieveSessionInfo } = manager.options;
  manager.options.retrieveSessionInfo = (id) =>
    isOver() ? new Promise(() => {}) : retrieveSessionInfo(id);
  return new SimpleShardingStrategy(manager);
}

function closeError(code: number, shards: DiscordShards | undefined): Error {
  if (code === GatewayCloseCodes.AuthenticationFailed) return badToken();
  const isAboutShards =
    code === GatewayCloseCodes.InvalidShard || code === GatewayCloseCodes.ShardingRequired;
  return shards && isAboutShards ? badShards() : new GatewayClosedError(code);
}

class GatewayClosedError extends Error {
  constructor(code: number) {
    super(`code ${code}`);
    this.name = `GatewayClosed${code}`;
  }
}
