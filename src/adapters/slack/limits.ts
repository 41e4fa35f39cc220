/** What Slack takes. Lengths are in characters where nothing else is said. */

/** https://docs.slack.dev/reference/block-kit/blocks */
export const MOST_BLOCKS_OF_MESSAGE = 50;
/** https://docs.slack.dev/reference/views/home-tab-views, and modals alike. */
export const MOST_BLOCKS_OF_VIEW = 100;
/** Bytes of all blocks as JSON. Not documented: from about 13,000 on, Slack refuses: https://github.com/slackapi/bolt-js/issues/2509 */
export const MOST_BYTES_OF_MESSAGE = 12_000;
/** Bytes of a view as JSON; 250 kB is the limit: https://docs.slack.dev/reference/methods/views.open */
export const MOST_BYTES_OF_VIEW = 200_000;
/** https://docs.slack.dev/reference/methods/chat.update (`msg_too_long`) */
export const LONGEST_FALLBACK = 4000;

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export const LONGEST_TEXT = 3000;
/** https://docs.slack.dev/reference/block-kit/blocks/actions-block */
export const MOST_ACTIONS = 25;
/** https://docs.slack.dev/reference/block-kit/blocks/actions-block (also of block ids and callback ids) */
export const LONGEST_ID = 255;
/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export const LONGEST_LABEL = 75;
/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export const LONGEST_URL = 3000;

/** Label and value alike: https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export const LONGEST_OPTION = 75;
/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
export const MOST_OPTIONS = 100;
/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
export const LONGEST_PLACEHOLDER = 150;
/** https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element */
export const MOST_FOLDED = 5;

/** https://docs.slack.dev/reference/views/modal-views (title, submit and close) */
export const LONGEST_TITLE = 24;
/** https://docs.slack.dev/reference/views/modal-views */
export const LONGEST_METADATA = 3000;
/** https://docs.slack.dev/reference/block-kit/blocks/input-block (label and hint) */
export const LONGEST_CAPTION = 2000;
/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
export const LONGEST_INPUT = 3000;
