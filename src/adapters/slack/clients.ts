import type { WebClient, WebClientOptions } from '@slack/web-api';

/** The Web API as Convenor's bot in each workspace. */
export interface Clients {
  /**
   * @param workspace Slack team id.
   * @returns undefined when Convenor is not installed there (any more).
   * @throws when the token cannot be read just now.
   */
  of(workspace: string): Promise<WebClient | undefined>;
  /**
   * Slack has refused a client's token: forgets what is held of it.
   * @returns whether there is another token by now (it was installed anew meanwhile), so that trying again helps.
   */
  refused(workspace: string, client: WebClient): Promise<boolean>;
}

/** Gives the bot token of a workspace; undefined where Convenor is not installed. */
export interface Tokens {
  tokenOf(workspace: string): Promise<string | undefined>;
  /** Forgets what is held in memory, so that the next read sees the store. */
  forget(workspace: string): void;
}

/** What every client of ours is made with: nothing is retried or queued by the SDK, since it would post twice. */
export function clientOptions(_apiUrl?: string): WebClientOptions {
  throw new Error('Not built yet.');
}

/** Clients of workspaces whose tokens differ (HTTP and OAuth): `tokens` comes from `installations`. */
export function clientsOver(_tokens: Tokens, _options: WebClientOptions): Clients {
  throw new Error('Not built yet.');
}

/** The client of the one workspace whose bot token is configured (Socket Mode). */
export function clientsOfOne(_token: string, _options: WebClientOptions): Clients {
  throw new Error('Not built yet.');
}
