import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import type { CredentialError } from '../../../core/base/credential-error.ts';
import { badBotToken } from '../credentials.ts';

/** How long one call of a delivery may take (ms): with the one before it, less than the lease. */
const CALL_LIMIT = 1_500;

/** How long any other call may take (ms). */
const LONGEST_CALL = 10_000;

/** After Slack has refused the one token it is not tried again for so long (ms). */
const REFUSED = 60_000;

/** How many workspaces' clients are held in memory. */
const MOST_HELD = 1_000;

/** The Web API as Convenor's bot in each workspace. */
export interface Clients {
  /**
   * @param workspace Slack team id.
   * @returns undefined when Convenor is not installed there (any more).
   * @throws when its token cannot be read just now.
   */
  of(workspace: string): Promise<WebClient | undefined>;
  /**
   * Slack has refused a client's token, with an error: forgets what is held of it.
   * @returns whether there is another one by now (installed anew meanwhile), so that trying again helps.
   */
  refused(workspace: string, client: WebClient, error: unknown): Promise<boolean>;
  /** What is wrong with the one token that is configured, until Slack takes it again. */
  readonly trouble?: CredentialError | undefined;
}

/** Where the bot tokens of workspaces come from. */
export interface Tokens {
  /** The bot token of a workspace; undefined where Convenor is not installed. */
  tokenOf(workspace: string): Promise<string | undefined>;
  /** Forgets what is held in memory of a workspace, so that the next read sees the store. */
  forget(workspace: string): Promise<void>;
}

/**
 * What every client is made with. The SDK repeats nothing, since it would post twice, and a rate limit is told at
 * once instead of stopping all of a client's calls: channels are paced by the ledger.
 * @param apiUrl another Slack API base, ending in `/api/`.
 */
export function clientOptions(apiUrl?: string): WebClientOptions {
  return {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: LONGEST_CALL,
    logLevel: LogLevel.ERROR,
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  };
}

/** Clients of workspaces that each have a token of their own (HTTP and OAuth). */
export function clientsOver(tokens: Tokens, options: WebClientOptions): Clients {
  const held = new Map<string, WebClient>();
  return {
    async of(workspace) {
      const token = await tokens.tokenOf(workspace);
      const known = held.get(workspace);
      held.delete(workspace);
      if (token === undefined) return undefined;
      const client = known?.token === token ? known : clientOf(token, options);
      held.set(workspace, client);
      if (held.size > MOST_HELD) held.delete(held.keys().next().value as string);
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
export function clientsOfOne(token: string, options: WebClientOptions): Clients {
  const client = clientOf(token, options);
  let home: ReturnType<WebClient['auth']['test']> | undefined;
  let refused: { error: unknown; trouble: CredentialError; at: number } | undefined;

  function ask(): ReturnType<WebClient['auth']['test']> {
    const asked = client.auth.test();
    asked.then(() => {
      refused = undefined;
    }, refuse);
    return asked;
  }

  function refuse(error: unknown): void {
    home = undefined;
    const trouble = badBotToken(error);
    if (trouble) refused = { error, trouble, at: performance.now() };
  }

  return {
    get trouble() {
      return refused?.trouble;
    },
    async of(workspace) {
      if (refused && performance.now() - refused.at < REFUSED) throw refused.error;
      home ??= ask();
      const { team_id: team, is_enterprise_install: isOrganisation } = await home;
      return isOrganisation || team === workspace ? client : undefined;
    },
    async refused(_workspace, _client, error) {
      refuse(error);
      return false;
    },
  };
}

function clientOf(token: string, options: WebClientOptions): WebClient {
  return new WebClient(token, { ...options, timeout: CALL_LIMIT });
}
