import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { isConnectionError } from '../../core/async/connection-error.ts';
import type { RetryOptions } from '../../core/async/retry.ts';
import type { Failure } from '../../core/ports/platform.ts';
import { RETRY_WHEN_UNREACHABLE_MS } from '../shared/post.ts';
import { meaningOf, REMOVED, tokenErrors } from './refusals.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What an error thrown by a WebClient means for a delivery. Whatever is not certain is `unknown`. */
export function failureOf(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError) {
    return { outcome: 'later', ms: error.retryAfter * SECOND };
  }
  const code = slackError(error);
  if (code !== undefined) return meaningOf(code) ?? { outcome: 'permanent', reason: strange(code) };
  if (error instanceof WebAPIHTTPError && error.statusCode >= 400 && error.statusCode < 500) {
    return { outcome: 'later', ms: MINUTE };
  }
  if (neverLeft(error)) return { outcome: 'later', ms: RETRY_WHEN_UNREACHABLE_MS };
  return { outcome: 'unknown' };
}

/** The code Slack answered with, if it did. What is no code (a page of some proxy's) is no answer of Slack's. */
function slackError(error: unknown): string | undefined {
  if (!(error instanceof WebAPIPlatformError)) return undefined;
  const code: unknown = error.data.error;
  return typeof code === 'string' && /^[a-z][a-z0-9_]{1,80}$/.test(code) ? code : undefined;
}

/** How what Slack does not take just now is tried again. */
export function outOfReach(how: Pick<RetryOptions, 'isOver' | 'log'>): RetryOptions {
  const retryAfterMs = (error: unknown) =>
    error instanceof WebAPIRateLimitedError ? error.retryAfter * SECOND : undefined;
  return { ...how, retryAfterMs, event: 'slack is out of reach' };
}

/** Convenor is not there, or not any more. */
export const removed: Failure = { outcome: 'permanent', reason: REMOVED };

/** Whether Slack does not find, or does not let us into, the channel. */
export function isAboutChannel(error: unknown): boolean {
  return ['channel_not_found', 'is_archived', 'not_in_channel'].includes(slackError(error) ?? '');
}

/** Whether Slack says that Convenor is not in the workspace any more: https://docs.slack.dev/reference/methods/auth.test#errors */
export function isRemoval(error: unknown): boolean {
  return ['account_inactive', 'token_revoked'].includes(slackError(error) ?? '');
}

/** Whether Slack refuses the token itself. */
export function refusesToken(error: unknown): boolean {
  return tokenErrors.includes(slackError(error) ?? '');
}

function strange(code: string): string {
  return `Slack refused it and said "${code}": please tell whoever runs Convenor.`;
}

function neverLeft(error: unknown): boolean {
  return error instanceof WebAPIRequestError && isConnectionError(error.original.cause);
}
