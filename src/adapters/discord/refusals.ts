import { RESTJSONErrorCodes as Code } from 'discord.js';
import type { Failure } from '../../core/ports/platform.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Discord says that it has not taken the call, but will: after how long (ms) it is worth another try. */
const laters: readonly { ms: number; codes: readonly number[] }[] = [
  { ms: 30 * SECOND, codes: [Code.ServiceResourceIsBeingRateLimited, Code.APIResourceOverloaded] },
  {
    ms: MINUTE,
    codes: [
      Code.ActionCannotBePerformedDueToSlowmodeRateLimit,
      Code.ChannelWriteRateLimit,
      Code.ServerWriteRateLimit,
    ],
  },
  {
    ms: 10 * MINUTE,
    codes: [
      Code.CloudflareIsBlockingYourRequest,
      Code.FeatureTemporarilyDisabledServerSide,
      Code.OpeningDirectMessagesTooFast,
      Code.SendMessagesHasBeenTemporarilyDisabled,
    ],
  },
  {
    ms: 60 * MINUTE,
    codes: [
      Code.AnnouncementEditLimitExceeded,
      Code.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
    ],
  },
  // Nobody's message is lost because a token was reset: whoever runs Convenor sets the new one.
  { ms: 10 * MINUTE, codes: [Code.InvalidToken, Code.Unauthorized] },
];

export const REMOVED =
  'Convenor was removed from that Discord server: whoever looks after it there can invite it again.';

/** The refusals that stay: nothing was posted, and nothing will be until somebody mends it. In words for a coordinator. */
const refusals: readonly { reason: string; codes: readonly number[] }[] = [
  { reason: REMOVED, codes: [Code.InvalidGuild, Code.UnknownGuild] },
  { reason: 'That channel is gone.', codes: [Code.UnknownChannel] },
  {
    reason:
      'Convenor cannot see that channel: in its settings, under Permissions, allow Convenor "View Channel".',
    codes: [Code.ChannelVerificationLevelTooHighForYouToGainAccess, Code.MissingAccess],
  },
  {
    reason:
      'Convenor may not write in that channel: in its settings, under Permissions, allow Convenor "Send Messages", and for threads "Send Messages in Threads".',
    codes: [Code.MissingPermissions],
  },
  {
    reason: 'That thread is archived: open it again.',
    codes: [Code.InvalidActionOnArchivedThread],
  },
  { reason: 'That thread is locked: ask a moderator to unlock it.', codes: [Code.ThreadLocked] },
  {
    reason: 'Messages cannot be posted in a channel of that kind: choose a text channel.',
    codes: [
      Code.CannotExecuteActionOnThisChannelType,
      Code.CannotSendAMessageInAForumChannel,
      Code.CannotSendMessagesInNonTextChannel,
      Code.TagRequiredToCreateAForumPostInThisChannel,
    ],
  },
  {
    reason: 'That server has as many open threads as Discord allows: archive some.',
    codes: [Code.MaximumActiveThreads, Code.MaximumThreadParticipantsReached],
  },
  {
    reason:
      'They do not take direct messages from Convenor: in the menu of the server, under Privacy Settings, they can allow direct messages.',
    codes: [Code.CannotSendMessagesToThisUser],
  },
  { reason: 'They are no longer on Discord.', codes: [Code.InvalidRecipients, Code.UnknownUser] },
  {
    reason: 'They are no longer on that Discord server.',
    codes: [Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds, Code.UnknownMember],
  },
  {
    reason:
      'The automatic moderation of that server held the message back: ask its moderators to let Convenor through.',
    codes: [
      Code.ExplicitContentCannotBeSentToTheDesiredRecipient,
      Code.MessageBlockedByHarmfulLinksFilter,
      Code.MessageWasBlockedByAutomaticModeration,
      Code.TitleWasBlockedByAutomaticModeration,
    ],
  },
  {
    reason:
      'That server asks its moderators for two-factor authentication: whoever owns the Discord application of Convenor has to turn it on for their own account.',
    codes: [Code.TwoFactorAuthenticationIsRequired],
  },
  {
    reason: 'Discord does not let that message be changed any more.',
    codes: [
      Code.CannotEditMessageAuthoredByAnotherUser,
      Code.CannotExecuteActionOnSystemMessage,
      Code.UnknownMessage,
    ],
  },
  {
    reason:
      'Discord would not take the message as Convenor wrote it: please tell whoever runs Convenor.',
    codes: [
      Code.BotsCannotUseThisEndpoint,
      Code.CannotExecuteActionOnDMChannel,
      Code.CannotSendAnEmptyMessage,
      Code.InvalidAPIVersion,
      Code.InvalidFormBodyOrContentType,
      Code.RequestBodyContainsInvalidJSON,
      Code.RequestEntityTooLarge,
    ],
  },
];

const meanings: ReadonlyMap<number, Failure> = new Map([
  ...laters.flatMap(({ ms, codes }) =>
    codes.map((code): [number, Failure] => [code, { outcome: 'later', ms }]),
  ),
  ...refusals.flatMap(({ reason, codes }) =>
    codes.map((code): [number, Failure] => [code, { outcome: 'permanent', reason }]),
  ),
]);

/** What one of Discord's error codes means for a delivery; undefined for one that is not known here. */
export function meaningOf(code: number): Failure | undefined {
  return meanings.get(code);
}
