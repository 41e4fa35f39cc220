import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { CredentialError } from '../../../core/base/credential-error.ts';
import { badBotToken } from './credentials.ts';

/** For the calls of a delivery: with the call before it, this is less than the delivery's lease. */
const CALL_TIMEOUT_MS = 1_500;

/** For all other calls. */
const SLOW_CALL_TIMEOUT_MS = 10_000;

/** How long a token that Slack has refused is not tried again. */
const REFUSED_TOKEN_PAUSE_MS = 60_000;

const MAX_CLIENTS = 1_000;

/** Clients for Slack's Web API, as Convenor's bot in each workspace. */
export interface Clients {
  /**
   * @param workspace Slack team id.
   * @returns undefined if Convenor is not installed there.
   * @throws if the workspace's token cannot be read at the moment, or was refused a short while ago.
   */
  of(workspace: string): Promise<WebClient | undefined>;
  /**
   * Reports that Slack refused a client's token.
   * @returns whether there is a newer token, so that trying again helps.
   */
  refused(workspace: string, client: WebClient, error: unknown): Promise<boolean>;
  /** What is wrong with the configured token, until Slack accepts it again. */
  readonly credentialError?: CredentialError | undefined;
}

/** The bot tokens of workspaces. */
export interface BotTokens {
  /** @returns undefined if Convenor is not installed there. */
  tokenOf(workspace: string): Promise<string | undefined>;
  /** Drops what is held in memory of a workspace, so that the next read sees the store. */
  forget(workspace: string): Promise<void>;
}

/**
 * The options of every client. The SDK must not retry, because it would post twice. Rate limits are returned as errors
 * instead of pausing all calls of a client: the delivery ledger paces each channel.
 * @param apiUrl another Slack API base, ending in `/api/`.
 */
export function clientOptions(apiUrl?: string): WebClientOptions {
  return {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: SLOW_CALL_TIMEOUT_MS,
    logLevel: LogLevel.ERROR,
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  };
}

/** Clients of workspaces that each have a token of their own (HTTP and OAuth). */
export function clientsForTokens(tokens: BotTokens, options: WebClientOptions): Clients {
  const clients = new LRUCache<string, WebClient>({ max: MAX_CLIENTS });
  return {
    async of(workspace) {
      const token = await tokens.tokenOf(workspace);
      if (token === undefined) {
        clients.delete(workspace);
        return undefined;
      }
      const known = clients.get(workspace);
      if (known?.token === token) return known;
      const client = createClient(token, options);
      clients.set(workspace, client);
      return client;
    },
    async refused(workspace, client) {
      await tokens.forget(workspace);
      const token = await tokens.tokenOf(workspace);
      return token !== undefined && token !== client.token;
    },
  };
}

/** The client of the one workspace (or organisation) whose bot token is configured (Socket Mode). */
export function clientsForOneToken(token: string, options: WebClientOptions): Clients {
  const client = createClient(token, options);
  let identity: ReturnType<WebClient['auth']['test']> | undefined;
  let refusal: { error: unknown; credentialError: CredentialError; at: number } | undefined;

  function testToken(): ReturnType<WebClient['auth']['test']> {
    const result = client.auth.test();
    result.then(() => {
      refusal = undefined;
    }, noteRefusal);
    return result;
  }

  function noteRefusal(error: unknown): void {
    identity = undefined;
    const credentialError = badBotToken(error);
    if (credentialError) refusal = { error, credentialError, at: performance.now() };
  }

  return {
    get credentialError() {
      return refusal?.credentialError;
    },
    async of(workspace) {
      if (refusal && performance.now() - refusal.at < REFUSED_TOKEN_PAUSE_MS) throw refusal.error;
      identity ??= testToken();
      const { team_id: team, is_enterprise_install: isOrganisation } = await identity;
      return isOrganisation || team === workspace ? client : undefined;
    },
    async refused(_workspace, _client, error) {
      noteRefusal(error);
      return false;
    },
  };
}

function createClient(token: string, options: WebClientOptions): WebClient {
  return new WebClient(token, { ...options, timeout: CALL_TIMEOUT_MS });
}
