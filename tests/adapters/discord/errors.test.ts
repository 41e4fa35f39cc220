import {
  RESTJSONErrorCodes as Code,
  DiscordAPIError,
  HTTPError,
  type RateLimitData,
  RateLimitError,
} from 'discord.js';
import { describe, expect, it } from 'vitest';
import { failureForCode } from '../../../src/adapters/discord/connection/error-codes.ts';
import { failureOf } from '../../../src/adapters/discord/connection/errors.ts';
import { NotSentError } from '../../../src/adapters/discord/connection/rest.ts';

const answered = (code: number, status = 400) =>
  new DiscordAPIError({ code, message: 'No' }, code, status, 'POST', '/', {});

/** The documented codes that sending to a channel, a direct channel or a private thread may meet. */
const met: readonly number[] = [
  ...[Code.UnknownChannel, Code.UnknownGuild, Code.UnknownMember, Code.UnknownMessage],
  ...[Code.UnknownUser, Code.MissingAccess, Code.MissingPermissions, Code.InvalidRecipients],
  ...[Code.CannotSendMessagesToThisUser, Code.CannotSendMessagesInNonTextChannel],
  ...[
    Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
    Code.OpeningDirectMessagesTooFast,
  ],
  ...[Code.SendMessagesHasBeenTemporarilyDisabled, Code.FeatureTemporarilyDisabledServerSide],
  ...[
    Code.ChannelWriteRateLimit,
    Code.ServerWriteRateLimit,
    Code.ServiceResourceIsBeingRateLimited,
  ],
  ...[Code.InvalidFormBodyOrContentType, Code.CannotSendAnEmptyMessage, Code.RequestEntityTooLarge],
  ...[Code.CannotEditMessageAuthoredByAnotherUser, Code.InvalidActionOnArchivedThread],
  ...[Code.ThreadLocked, Code.MaximumActiveThreads, Code.CannotExecuteActionOnThisChannelType],
  ...[Code.MessageWasBlockedByAutomaticModeration, Code.MessageBlockedByHarmfulLinksFilter],
  ...[Code.MaximumNumberOfEditsToMessagesOlderThanOneHourReached, Code.APIResourceOverloaded],
  ...[Code.TwoFactorAuthenticationIsRequired, Code.ActionCannotBePerformedDueToSlowmodeRateLimit],
  ...[Code.CloudflareIsBlockingYourRequest, Code.CannotSendAMessageInAForumChannel],
];

describe('every error that sending may meet', () => {
  it.each(met.map((code) => [Code[code], code]))('%s is known', (_, code) => {
    expect(failureForCode(Number(code))).toBeDefined();
  });

  it('is explained in a sentence or two, without a code', () => {
    for (const code of met) {
      const meaning = failureForCode(code);
      if (meaning?.outcome === 'permanent') expect(meaning.reason).toMatch(/^[A-Z][^_]+[.)]$/);
    }
  });
});

const limit: RateLimitData = {
  ...{
    global: false,
    hash: '',
    limit: 5,
    majorParameter: '1',
    method: 'POST',
    route: '/',
    url: '/',
  },
  ...{ retryAfter: 3_000, sublimitTimeout: 0, timeToReset: 3_000 },
  scope: 'user',
};
const refused = Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
const reset = Object.assign(new Error('no'), { code: 'ECONNRESET' });

it.each([
  [answered(Code.UnknownChannel), { outcome: 'permanent', reason: 'That channel is gone.' }],
  [answered(Code.APIResourceOverloaded), { outcome: 'later', ms: 30_000 }],
  [new RateLimitError(limit), { outcome: 'later', ms: 3_000 }],
  [new NotSentError(1_000), { outcome: 'later', ms: 1_000 }],
  [refused, { outcome: 'later', ms: 10_000 }],
  [reset, { outcome: 'unknown' }],
  [new HTTPError(502, 'Bad Gateway', 'POST', '/', {}), { outcome: 'unknown' }],
  [answered(0, 401), { outcome: 'later', ms: 600_000 }],
  // A proxy's page is not Discord's answer.
  [answered(0, 403), { outcome: 'later', ms: 60_000 }],
  [new Error('anything else'), { outcome: 'unknown' }],
])('%s means %o', (error, meaning) => {
  expect(failureOf(error)).toEqual(meaning);
});

it('an unknown error is permanent, and the reason names its code', () => {
  expect(failureOf(answered(99_999))).toEqual({
    outcome: 'permanent',
    reason: expect.stringContaining('99999'),
  });
});
