import { failuresByCode } from '../../shared/failure.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** Codes that mean that Slack no longer accepts the token. */
export const tokenErrorCodes: readonly string[] = [
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'org_login_required',
  'token_expired',
  'token_revoked',
];

export const REMOVED_REASON =
  'I was removed from that Slack workspace: the person who looks after me there can install me again.';

/** What each of Slack's error codes means for a delivery. */
export const failureForCode = failuresByCode<string>({
  later: [
    { ms: 10 * SECOND_MS, codes: ['request_timeout'] },
    { ms: 30 * SECOND_MS, codes: ['ratelimited', 'rate_limited', 'service_unavailable'] },
    { ms: 10 * MINUTE_MS, codes: ['team_added_to_org', 'external_channel_migrating'] },
    { ms: 60 * MINUTE_MS, codes: ['message_limit_exceeded'] },
  ],
  // "It's possible some aspect of the operation succeeded before the error was raised", say Slack's pages of these.
  unknown: ['fatal_error', 'internal_error', 'update_failed', 'file_update_failed'],
  permanent: [
    {
      reason: REMOVED_REASON,
      codes: tokenErrorCodes,
    },
    {
      reason:
        'I lack a permission in that Slack workspace: install me there again, so that Slack asks for all I need.',
      codes: ['missing_scope', 'no_permission', 'not_allowed_token_type'],
    },
    {
      reason: 'The administrators of that Slack workspace do not allow it: ask them.',
      codes: [
        'access_denied',
        'accesslimited',
        'app_access_restricted',
        'ekm_access_denied',
        'enterprise_is_restricted',
        'restricted_action',
        'team_access_not_granted',
        'team_not_found',
        'two_factor_setup_required',
      ],
    },
    { reason: 'That channel is archived.', codes: ['is_archived', 'is_inactive'] },
    {
      reason: 'I cannot see that channel: if it is still there, type /invite @Convenor in it.',
      codes: ['channel_not_found', 'channel_is_limited_access', 'invalid_channel'],
    },
    {
      reason: 'I am not in that channel: type /invite @Convenor there.',
      codes: ['not_in_channel'],
    },
    {
      reason: 'The settings of that channel do not let me post there.',
      codes: [
        'method_not_supported_for_channel_type',
        'restricted_action_non_threadable_channel',
        'restricted_action_read_only_channel',
        'restricted_action_thread_locked',
        'restricted_action_thread_only_channel',
        'cannot_reply_to_message',
      ],
    },
    {
      reason: 'That Slack workspace does not take the file: ask its administrators.',
      codes: [
        'file_type_not_allowed',
        'file_upload_size_restricted',
        'file_uploads_disabled',
        'file_uploads_except_images_disabled',
        'storage_limit_reached',
      ],
    },
    {
      reason: 'Slack does not let me delete that.',
      codes: [
        'cant_delete_file',
        'cant_delete_message',
        'compliance_exports_prevent_deletion',
        'delete_not_allowed',
        'file_deleting_disabled',
      ],
    },
    { reason: 'They are no longer on Slack.', codes: ['user_disabled', 'user_not_found'] },
    {
      reason: 'Slack does not let me write to them.',
      codes: ['cannot_dm_bot', 'invalid_user_combination', 'user_not_visible'],
    },
    {
      reason:
        "My messages are turned off: the app's settings at api.slack.com have the switch (App Home, Messages Tab).",
      codes: ['messages_tab_disabled'],
    },
    {
      reason: 'Slack does not let that message be changed any more.',
      codes: [
        'block_mismatch',
        'cant_update_message',
        'edit_window_closed',
        'message_not_found',
        'streaming_state_conflict',
      ],
    },
    {
      reason:
        'Slack would not take the message as I wrote it: please tell the person who runs Convenor.',
      codes: [
        'alt_txt_too_large',
        'as_user_not_supported',
        'attachment_payload_limit_exceeded',
        'blocked_file_type',
        'cant_broadcast_message',
        'channels_limit_exceeded',
        'deprecated_endpoint',
        'draft_already_deleted',
        'draft_already_sent',
        'draft_has_conflict',
        'draft_not_found',
        'duplicate_channel_not_found',
        'duplicate_message_not_found',
        'file_deleted',
        'file_is_deleted',
        'file_not_found',
        'file_share_limit_reached',
        'invalid_arg_name',
        'invalid_arguments',
        'invalid_array_arg',
        'invalid_attachments',
        'invalid_blocks',
        'invalid_blocks_format',
        'invalid_charset',
        'invalid_cursor',
        'invalid_form_data',
        'invalid_metadata_filter_keys',
        'invalid_metadata_format',
        'invalid_metadata_schema',
        'invalid_post_type',
        'invalid_ts_latest',
        'invalid_ts_oldest',
        'markdown_text_conflict',
        'max_file_sharing_exceeded',
        'metadata_must_be_sent_from_app',
        'metadata_too_large',
        'method_deprecated',
        'missing_argument',
        'missing_file_data',
        'missing_post_type',
        'msg_blocks_too_long',
        'msg_too_long',
        'no_dual_broadcast_content_update',
        'no_text',
        'not_enough_users',
        'posting_to_channel_denied',
        'send_on_behalf_not_allowed',
        'slack_connect_blocked_file_type',
        'snippet_too_large',
        'unknown_snippet_type',
        'unknown_subtype',
        'slack_connect_canvas_sharing_blocked',
        'slack_connect_clip_sharing_blocked',
        'slack_connect_file_link_sharing_blocked',
        'slack_connect_file_upload_sharing_blocked',
        'slack_connect_lists_sharing_blocked',
        'too_many_attachments',
        'too_many_contact_cards',
        'too_many_users',
        'unknown_method',
        'unable_to_share_files',
        'users_list_not_supplied',
      ],
    },
  ],
});
