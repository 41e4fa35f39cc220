import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { failureForCode } from '../../../src/adapters/slack/connection/error-codes.ts';
import { failureOf } from '../../../src/adapters/slack/connection/errors.ts';
import { methods } from '../../doubles/slack/contracts.ts';

/** The errors of the method's page, and those that every method may answer. */
const errorsOf = (method: string): string[] => [...(methods.get(method)?.errors ?? [])];

describe('knows every error that sending may meet', () => {
  it.each([
    'chat.postMessage',
    'chat.update',
    'chat.delete',
    'files.getUploadURLExternal',
    'files.completeUploadExternal',
    'files.delete',
    'conversations.open',
    'conversations.history',
    'auth.test',
  ])('of %s', (method) => {
    const errors = errorsOf(method);
    expect(errors).toContain('token_revoked');
    expect(errors.filter((error) => failureForCode(error) === undefined)).toEqual([]);
  });

  it('says what to do in a sentence or two, without a code', () => {
    for (const error of errorsOf('chat.postMessage')) {
      const meaning = failureForCode(error);
      if (meaning?.outcome !== 'permanent') continue;
      expect(meaning.reason).toMatch(/^[A-Z][^_]+[.)]$/);
    }
  });
});

const answered = (error: string) => new WebAPIPlatformError({ ok: false, error });

it.each([
  [answered('is_archived'), { outcome: 'permanent', reason: 'That channel is archived.' }],
  [answered('internal_error'), { outcome: 'unknown' }],
  [answered('service_unavailable'), { outcome: 'later', ms: 30_000 }],
  [new WebAPIRateLimitedError(3), { outcome: 'later', ms: 3_000 }],
  [new WebAPIHTTPError(502, 'Bad Gateway', {}), { outcome: 'unknown' }],
  [new WebAPIHTTPError(403, 'Forbidden', {}), { outcome: 'later', ms: 60_000 }],
  // A proxy's page is not Slack's answer.
  [answered('<html>Sign in</html>'), { outcome: 'unknown' }],
  [new Error('anything else'), { outcome: 'unknown' }],
])('%s means %o', (error, meaning) => {
  expect(failureOf(error)).toEqual(meaning);
});

it('an unknown error is permanent, and the reason names it', () => {
  expect(failureOf(answered('quite_new'))).toEqual({
    outcome: 'permanent',
    reason: expect.stringContaining('quite_new'),
  });
});
