import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { isConnectionError } from '../../../core/async/connection-error.ts';
import type { RetryOptions } from '../../../core/async/retry.ts';
import type { Failure } from '../../../core/ports/platform.ts';
import { RETRY_WHEN_UNREACHABLE_MS } from '../../shared/failure.ts';
import { failureForCode, REMOVED_REASON, tokenErrorCodes } from './error-codes.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** What an error thrown by a WebClient means for a delivery: `unknown` unless it is certain. */
export function failureOf(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError) {
    return { outcome: 'later', ms: error.retryAfter * SECOND_MS };
  }
  const code = slackError(error);
  if (code !== undefined)
    return failureForCode(code) ?? { outcome: 'permanent', reason: unknownCodeReason(code) };
  if (error instanceof WebAPIHTTPError && error.statusCode >= 400 && error.statusCode < 500) {
    return { outcome: 'later', ms: MINUTE_MS };
  }
  if (wasNotSent(error)) return { outcome: 'later', ms: RETRY_WHEN_UNREACHABLE_MS };
  return { outcome: 'unknown' };
}

/** The error code of Slack's answer. Anything that does not look like a code comes from a proxy, not from Slack. */
function slackError(error: unknown): string | undefined {
  if (!(error instanceof WebAPIPlatformError)) return undefined;
  const code: unknown = error.data.error;
  return typeof code === 'string' && /^[a-z][a-z0-9_]{1,80}$/.test(code) ? code : undefined;
}

/** Options for retrying a call until Slack can be reached. */
export function retryOptions(options: Pick<RetryOptions, 'isCancelled' | 'log'>): RetryOptions {
  const retryAfterMs = (error: unknown) =>
    error instanceof WebAPIRateLimitedError ? error.retryAfter * SECOND_MS : undefined;
  return { ...options, retryAfterMs, event: 'slack is out of reach' };
}

/** Convenor is not installed there, or was removed. */
export const removedFailure: Failure = { outcome: 'permanent', reason: REMOVED_REASON };

/** Whether Slack does not find the channel, or does not let Convenor in. */
export function isAboutChannel(error: unknown): boolean {
  return ['channel_not_found', 'invalid_channel', 'is_archived', 'not_in_channel'].includes(
    slackError(error) ?? '',
  );
}

/** Whether Slack does not find a channel, or Convenor may not know of it since it is private. */
export function isUnknownChannel(error: unknown): boolean {
  return slackError(error) === 'channel_not_found';
}

/** Whether Slack does not find a user, or they are in no workspace where Convenor is. */
export function isUnknownUser(error: unknown): boolean {
  return ['user_not_found', 'user_not_visible'].includes(slackError(error) ?? '');
}

/** Whether the message or file that should be deleted is not there any more. */
export function isAlreadyGone(error: unknown): boolean {
  return ['message_not_found', 'file_not_found', 'file_deleted'].includes(slackError(error) ?? '');
}

/** Whether the workspace did not give Convenor the scope that a call needs. */
export function lacksScope(error: unknown): boolean {
  return slackError(error) === 'missing_scope';
}

/** Whether Slack says that Convenor was removed from the workspace: https://docs.slack.dev/reference/methods/auth.test#errors */
export function isRemoval(error: unknown): boolean {
  return ['account_inactive', 'token_revoked'].includes(slackError(error) ?? '');
}

/** Whether Slack refuses the token itself. */
export function refusesToken(error: unknown): boolean {
  return tokenErrorCodes.includes(slackError(error) ?? '');
}

function unknownCodeReason(code: string): string {
  return `Slack refused it and said "${code}": please tell the person who runs Convenor.`;
}

/** Whether the connection was never made, so that Slack cannot have received the call. */
function wasNotSent(error: unknown): boolean {
  return error instanceof WebAPIRequestError && isConnectionError(error.original.cause);
}
