import { RESTJSONErrorCodes as Code, DiscordAPIError, RateLimitError } from 'discord.js';
import { isConnectionError } from '../../../core/async/connection-error.ts';
import type { RetryOptions } from '../../../core/async/retry.ts';
import type { Failure } from '../../../core/ports/platform.ts';
import { RETRY_WHEN_UNREACHABLE_MS } from '../../shared/failure.ts';
import { failureForCode, OPEN_DIRECT_MESSAGES, REMOVED_REASON } from './error-codes.ts';
import { NotSentError } from './rest.ts';

const MINUTE_MS = 60_000;

/** What an error thrown by a call means for a delivery: `unknown` unless it is certain. */
export function failureOf(error: unknown): Failure {
  if (error instanceof RateLimitError) return { outcome: 'later', ms: error.retryAfter };
  if (error instanceof NotSentError) return { outcome: 'later', ms: error.retryAfterMs };
  if (isConnectionError(error)) return { outcome: 'later', ms: RETRY_WHEN_UNREACHABLE_MS };
  if (!(error instanceof DiscordAPIError)) return { outcome: 'unknown' };
  // The operator has to set a new DISCORD_TOKEN. Until then every delivery waits.
  if (error.status === 401) return { outcome: 'later', ms: 10 * MINUTE_MS };
  const code = discordCode(error);
  // An answer without a code comes from a proxy, not from Discord.
  if (code === undefined) return { outcome: 'later', ms: MINUTE_MS };
  const failure = failureForCode(code);
  if (failure?.outcome === 'permanent' && isClosed(error))
    return { ...failure, remedy: OPEN_DIRECT_MESSAGES };
  return failure ?? { outcome: 'permanent', reason: unknownCodeReason(code) };
}

/** Options for retrying a call until Discord can be reached. */
export function retryOptions(options: Pick<RetryOptions, 'isCancelled' | 'log'>): RetryOptions {
  const retryAfterMs = (error: unknown) =>
    error instanceof RateLimitError ? error.retryAfter : undefined;
  return { ...options, retryAfterMs, event: 'discord is out of reach' };
}

/** Convenor is not on that server, or was removed. */
export const removedFailure: Failure = { outcome: 'permanent', reason: REMOVED_REASON };

/** Whether somebody does not accept direct messages from Convenor. */
export const isClosed = (error: unknown) =>
  discordCode(error) === Code.CannotSendMessagesToThisUser;

/** Whether Discord does not find the channel, or does not let Convenor in. */
export const isAboutChannel = (error: unknown) =>
  [Code.UnknownChannel, Code.MissingAccess].includes(discordCode(error) ?? 0);

/** Whether the message that should be deleted is not there any more, or its channel is gone. */
export const isAlreadyGone = (error: unknown) =>
  [Code.UnknownMessage, Code.UnknownChannel].includes(discordCode(error) ?? 0);

/** Whether Discord does not find the server, or does not let Convenor in. */
export const isAboutServer = (error: unknown) =>
  [Code.UnknownGuild, Code.MissingAccess].includes(discordCode(error) ?? 0);

/** Whether somebody is not on the server, or no longer on it. */
export const isNoMember = (error: unknown) =>
  [Code.UnknownMember, Code.UnknownUser].includes(discordCode(error) ?? 0);

/** Whether a thread is archived. Posting in it still works, and opens it again. */
export const isArchived = (error: unknown) =>
  discordCode(error) === Code.InvalidActionOnArchivedThread;

/** The error code of Discord's answer: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
function discordCode(error: unknown): number | undefined {
  if (!(error instanceof DiscordAPIError)) return undefined;
  const code = Number(error.code);
  return code > 0 ? code : undefined;
}

function unknownCodeReason(code: number): string {
  return `Discord refused it with the code ${code}: please tell the person who runs Convenor.`;
}
