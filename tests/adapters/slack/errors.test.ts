import { readFileSync } from 'node:fs';
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { failureOf, meaningOf } from '../../../src/adapters/slack/errors.ts';

const folder = new URL('../../doubles/slack/contracts/methods/', import.meta.url);
const errorsOf = (method: string): string[] =>
  Object.keys(JSON.parse(readFileSync(new URL(`${method}.json`, folder), 'utf8')).errors);

/** What every method may answer: https://docs.slack.dev/reference/methods/auth.test#errors */
const everywhere =
  `access_denied accesslimited account_inactive deprecated_endpoint ekm_access_denied
  enterprise_is_restricted fatal_error internal_error invalid_arg_name invalid_arguments invalid_array_arg
  invalid_auth invalid_charset invalid_form_data invalid_post_type method_deprecated missing_post_type
  missing_scope no_permission not_allowed_token_type not_authed org_login_required ratelimited
  request_timeout service_unavailable team_access_not_granted team_added_to_org token_expired
  token_revoked two_factor_setup_required unknown_method`.split(/\s+/);

describe('every error that a delivery may meet is known', () => {
  it.each([
    ['chat.postMessage', errorsOf('chat.postMessage')],
    ['chat.update', errorsOf('chat.update')],
    ['conversations.open', errorsOf('conversations.open')],
    ['conversations.history', errorsOf('conversations.history')],
    ['any method', everywhere],
  ] as const)('of %s', (_, errors) => {
    expect(errors.length).toBeGreaterThan(3);
    expect(errors.filter((error) => meaningOf(error) === undefined)).toEqual([]);
  });

  it('and says what to do in a sentence or two, without a code', () => {
    for (const error of [...everywhere, ...errorsOf('chat.postMessage')]) {
      const meaning = meaningOf(error);
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
  // The page of some proxy's is not Slack's answer.
  [answered('<html>Sign in</html>'), { outcome: 'unknown' }],
  [new Error('anything else'), { outcome: 'unknown' }],
])('%s means %o', (error, meaning) => {
  expect(failureOf(error)).toEqual(meaning);
});

it('an error that is new to us is a refusal, told with its name', () => {
  expect(failureOf(answered('quite_new'))).toEqual({
    outcome: 'permanent',
    reason: expect.stringContaining('quite_new'),
  });
});
