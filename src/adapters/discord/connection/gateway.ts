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
import { badShards, badToken, refusesToken } from '../credentials.ts';
import { outOfReach } from '../errors.ts';
import { restOptions } from './rest.ts';

export interface GatewayOptions {
  token: string;
  apiUrl: string | undefined;
  /** The shards of this process; undefined: all that Discord advises. */
  shards: DiscordShards | undefined;
  log: Log;
  /** Something has happened (`t`), with what Discord tells of it. May not throw. */
  onDispatch(event: { t: string; d: unknown }): void;
}

type Manager = ConstructorParameters<typeof SimpleShardingStrategy>[0];

export interface Gateway {
  /** Resolves when all shards stand. @throws BadCredential */
  open(): Promise<void>;
  close(): Promise<void>;
  /** Why it does not stand any more, and is not opened again by itself. */
  readonly trouble: CredentialError | undefined;
}

/** How long closing waits for Discord to say goodbye (ms). */
const GOODBYE = 2_000;

/** What the client needs to know that it stands, and nothing else. */
const KEPT: readonly string[] = [GatewayDispatchEvents.Ready, GatewayDispatchEvents.Resumed];

/** The gateway, over the sharding and resuming of discord.js. */
export function gatewayTo(options: GatewayOptions): Gateway {
  const { token, apiUrl, shards, log, onDispatch } = options;
  let current: Client | undefined;
  let isClosed = false;
  let trouble: CredentialError | undefined;

  async function connect(): Promise<void> {
    await end(current);
    const client: Client = new Client({
      // None of them is privileged. Interactions come without any.
      intents: [GatewayIntentBits.Guilds],
      rest: restOptions(apiUrl),
      ...(shards ? { shards: [...shards.ids], shardCount: shards.total } : { shards: 'auto' }),
      waitGuildTimeout: 0,
      ws: { buildStrategy: (manager) => endable(manager, () => isClosed || current !== client) },
    });
    current = client;
    let stands = false;
    const ended = new Promise<never>((_, reject) => {
      client.on(Events.ShardDisconnect, ({ code }) => {
        reject(closedBy(code, shards));
        if (stands && current === client) openAnew(code);
        stands = false;
      });
    });
    ended.catch(() => {});
    const failed = (error: Error) => log.warn(errorFields(error), 'discord gateway failed');
    client.on(Events.Error, failed).on(Events.ShardError, failed);
    client.on(Events.Raw, (packet: { t: string | null; d: unknown }) => {
      const { t, d } = packet;
      // The client would make an object of every interaction, which ends the process where a field is missing
      // (`authorizing_integration_owners`, `entitlements`), and hold in memory servers, channels and roles that nobody
      // here asks for. So it gets nothing; what comes is read field by field (payloads.ts) and answered by rest.ts.
      if (t === null) return;
      if (!KEPT.includes(t)) packet.t = null;
      onDispatch({ t, d });
    });
    try {
      await Promise.race([client.login(token), ended]);
      stands = true;
    } catch (error) {
      throw refusesToken(error) ? badToken() : error;
    }
  }

  function open(): Promise<void> {
    return retry(connect, outOfReach({ isOver: () => isClosed, log }));
  }

  /** A shard that stood was turned away: there are more servers by now than it may have, or another token. */
  function openAnew(code: number): void {
    log.error({ code }, 'discord gateway closed');
    open().catch((error: unknown) => {
      if (error instanceof CredentialError) trouble = error;
      log.error(errorFields(error), 'discord gateway lost');
    });
  }

  return {
    open,
    get trouble() {
      return trouble;
    },
    async close() {
      isClosed = true;
      await end(current);
    },
  };
}

async function end(client: Client | undefined): Promise<void> {
  if (client) await withTimeout(GOODBYE, client.destroy());
}

/** A shard that is about to open its connection again cannot be told not to: where it is over, it waits for ever. */
function endable(manager: Manager, isOver: () => boolean): SimpleShardingStrategy {
  const { retrieveSessionInfo } = manager.options;
  manager.options.retrieveSessionInfo = (id) =>
    isOver() ? new Promise(() => {}) : retrieveSessionInfo(id);
  return new SimpleShardingStrategy(manager);
}

function closedBy(code: number, shards: DiscordShards | undefined): Error {
  if (code === GatewayCloseCodes.AuthenticationFailed) return badToken();
  const isAboutShards =
    code === GatewayCloseCodes.InvalidShard || code === GatewayCloseCodes.ShardingRequired;
  return shards && isAboutShards ? badShards() : new GatewayClosed(code);
}

class GatewayClosed extends Error {
  constructor(code: number) {
    super(`code ${code}`);
    this.name = `GatewayClosed${code}`;
  }
}
