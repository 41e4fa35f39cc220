import { RESTJSONErrorCodes as Code, DiscordAPIError, RateLimitError } from 'discord.js';
import { isConnectionError } from '../../core/async/connection-error.ts';
import type { RetryOptions } from '../../core/async/retry.ts';
import type { Failure } from '../../core/ports/platform.ts';
import { RETRY_WHEN_UNREACHABLE_MS } from '../shared/post.ts';
import { NeverLeft } from './connection/rest.ts';
import { meaningOf, REMOVED } from './refusals.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What an error thrown by a call means for a delivery. Whatever is not certain is `unknown`. */
export function failureOf(error: unknown): Failure {
  if (error instanceof RateLimitError) return { outcome: 'later', ms: error.retryAfter };
  if (error instanceof NeverLeft) return { outcome: 'later', ms: error.wait };
  if (isConnectionError(error)) return { outcome: 'later', ms: RETRY_WHEN_UNREACHABLE_MS };
  if (!(error instanceof DiscordAPIError)) return { outcome: 'unknown' };
  // Whoever runs Convenor has to set DISCORD_TOKEN anew; until then nothing of what is owed is given up.
  if (error.status === 401) return { outcome: 'later', ms: 10 * MINUTE };
  const code = discordCode(error);
  // The page of some proxy's is not Discord's answer.
  if (code === undefined) return { outcome: 'later', ms: MINUTE };
  return meaningOf(code) ?? { outcome: 'permanent', reason: strange(code) };
}

/** How what Discord does not take just now is tried again. */
export function outOfReach(how: Pick<RetryOptions, 'isOver' | 'log'>): RetryOptions {
  const retryAfterMs = (error: unknown) =>
    error instanceof RateLimitError ? error.retryAfter : undefined;
  return { ...how, retryAfterMs, event: 'discord is out of reach' };
}

/** Convenor is not there, or not any more. */
export const removed: Failure = { outcome: 'permanent', reason: REMOVED };

/** Whether somebody does not take direct messages from Convenor. */
export const isClosed = (error: unknown) =>
  discordCode(error) === Code.CannotSendMessagesToThisUser;

/** Whether Discord does not find, or does not let us into, a channel. */
export const isAboutChannel = (error: unknown) =>
  [Code.UnknownChannel, Code.MissingAccess].includes(discordCode(error) ?? 0);

/** Whether Discord does not find, or does not let us into, a server. */
export const isAboutServer = (error: unknown) =>
  [Code.UnknownGuild, Code.MissingAccess].includes(discordCode(error) ?? 0);

/** Whether somebody is not, or not any more, on the server. */
export const isNoMember = (error: unknown) =>
  [Code.UnknownMember, Code.UnknownUser].includes(discordCode(error) ?? 0);

/** Whether a thread has been archived, which does not keep it from being posted in. */
export const isArchived = (error: unknown) =>
  discordCode(error) === Code.InvalidActionOnArchivedThread;

/** The code Discord answered with, if it did: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
function discordCode(error: unknown): number | undefined {
  if (!(error instanceof DiscordAPIError)) return undefined;
  const code = Number(error.code);
  return code > 0 ? code : undefined;
}

function strange(code: number): string {
  return `Discord refused it with the code ${code}: please tell whoever runs Convenor.`;
}
