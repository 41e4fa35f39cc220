/** Slack's limits. Lengths are in characters. */

/** https://docs.slack.dev/reference/block-kit/blocks */
export const MAX_BLOCKS_PER_MESSAGE = 50;
/** Home tabs and modals: https://docs.slack.dev/reference/views/home-tab-views */
export const MAX_BLOCKS_PER_VIEW = 100;
/** All blocks of a message as JSON. Not documented; Slack refuses from about 13,000 on: https://github.com/slackapi/bolt-js/issues/2509 */
export const MAX_MESSAGE_BYTES = 12_000;
/** A view as JSON. Slack's limit is 250 kB: https://docs.slack.dev/reference/methods/views.open */
export const MAX_VIEW_BYTES = 200_000;
/** The `text` beside the blocks: https://docs.slack.dev/reference/methods/chat.update (`msg_too_long`) */
export const MAX_FALLBACK_LENGTH = 4000;

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export const MAX_TEXT_LENGTH = 3000;
/** https://docs.slack.dev/reference/block-kit/blocks/actions-block */
export const MAX_ACTIONS_PER_BLOCK = 25;
/** Of actions, blocks and callbacks: https://docs.slack.dev/reference/block-kit/blocks/actions-block */
export const MAX_ID_LENGTH = 255;
/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export const MAX_BUTTON_LABEL_LENGTH = 75;
/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export const MAX_URL_LENGTH = 3000;

/** Label and value: https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export const MAX_OPTION_LENGTH = 75;
/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
export const MAX_OPTIONS = 100;
/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
export const MAX_PLACEHOLDER_LENGTH = 150;
/** https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element */
export const MAX_OVERFLOW_OPTIONS = 5;

/** Title, submit and close: https://docs.slack.dev/reference/views/modal-views */
export const MAX_TITLE_LENGTH = 24;
/** Slack counts characters, which are never more than bytes: https://docs.slack.dev/reference/views/modal-views */
export const MAX_METADATA_BYTES = 3000;
/** Label and hint: https://docs.slack.dev/reference/block-kit/blocks/input-block */
export const MAX_FIELD_LABEL_LENGTH = 2000;
/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
export const MAX_INPUT_LENGTH = 3000;
