import { RESTJSONErrorCodes as Code } from 'discord.js';
import { failuresByCode } from '../../shared/failure.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

export const REMOVED_REASON =
  'I was removed from that Discord server: the person who looks after me there can invite me again.';

/** How somebody lets Convenor write to them: https://support.discord.com/hc/en-us/articles/217916488 */
export const OPEN_DIRECT_MESSAGES =
  'To get them in Discord, open the menu of the server, choose Privacy Settings, and switch on Direct Messages.';

/** What each of Discord's error codes means for a delivery. */
export const failureForCode = failuresByCode<number>({
  later: [
    {
      ms: 30 * SECOND_MS,
      codes: [Code.ServiceResourceIsBeingRateLimited, Code.APIResourceOverloaded],
    },
    {
      ms: MINUTE_MS,
      codes: [
        Code.ActionCannotBePerformedDueToSlowmodeRateLimit,
        Code.ChannelWriteRateLimit,
        Code.ServerWriteRateLimit,
      ],
    },
    {
      ms: 10 * MINUTE_MS,
      codes: [
        Code.CloudflareIsBlockingYourRequest,
        Code.FeatureTemporarilyDisabledServerSide,
        Code.OpeningDirectMessagesTooFast,
        Code.SendMessagesHasBeenTemporarilyDisabled,
      ],
    },
    {
      ms: 60 * MINUTE_MS,
      codes: [
        Code.AnnouncementEditLimitExceeded,
        Code.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
      ],
    },
    // The token was reset: messages wait until the operator sets the new one.
    { ms: 10 * MINUTE_MS, codes: [Code.InvalidToken, Code.Unauthorized] },
  ],
  permanent: [
    { reason: REMOVED_REASON, codes: [Code.InvalidGuild, Code.UnknownGuild] },
    { reason: 'That channel is gone.', codes: [Code.UnknownChannel] },
    {
      reason:
        'I cannot see that channel: in its settings, under Permissions, allow Convenor "View Channel".',
      codes: [Code.ChannelVerificationLevelTooHighForYouToGainAccess, Code.MissingAccess],
    },
    {
      reason:
        'I may not write in that channel: in its settings, under Permissions, allow Convenor "Send Messages", and for threads "Create Private Threads" and "Send Messages in Threads".',
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
        'They do not take direct messages from me: in the menu of the server, under Privacy Settings, they can allow direct messages.',
      codes: [Code.CannotSendMessagesToThisUser],
    },
    { reason: 'They are no longer on Discord.', codes: [Code.InvalidRecipients, Code.UnknownUser] },
    {
      reason: 'They are no longer on that Discord server.',
      codes: [Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds, Code.UnknownMember],
    },
    {
      reason:
        'The automatic moderation of that server held the message back: ask its moderators to let me through.',
      codes: [
        Code.ExplicitContentCannotBeSentToTheDesiredRecipient,
        Code.MessageBlockedByHarmfulLinksFilter,
        Code.MessageWasBlockedByAutomaticModeration,
        Code.TitleWasBlockedByAutomaticModeration,
      ],
    },
    {
      reason:
        'That server asks its moderators for two-factor authentication: the person who owns my Discord application has to turn it on for their own account.',
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
        'Discord would not take the message as I wrote it: please tell the person who runs Convenor.',
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
  ],
});
