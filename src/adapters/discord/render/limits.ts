/** Discord's limits. Lengths are in characters. */

/** Including nested components: https://discord.com/developers/docs/components/reference#component-reference */
export const MAX_COMPONENTS_PER_MESSAGE = 40;
/** All texts of a message together: https://discordjs.guide/popular-topics/display-components.html#text-display */
export const MAX_MESSAGE_LENGTH = 4000;
/** Of a message of the older kind: https://discord.com/developers/docs/resources/message#create-message */
export const MAX_CONTENT_LENGTH = 2000;
/** Below `content`: https://discord.com/developers/docs/components/reference#legacy-message-component-behavior */
export const MAX_ROWS_WITH_CONTENT = 5;
/** https://discord.com/developers/docs/components/reference#action-row */
export const MAX_BUTTONS_PER_ROW = 5;
/** Of buttons, modals and their inputs: https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id */
export const MAX_ID_LENGTH = 100;
/** https://discord.com/developers/docs/components/reference#button */
export const MAX_BUTTON_LABEL_LENGTH = 80;

/** Label and value: https://discord.com/developers/docs/components/reference#string-select-select-option-structure */
export const MAX_OPTION_LENGTH = 100;
/** https://discord.com/developers/docs/components/reference#string-select */
export const MAX_OPTIONS = 25;

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal */
export const MAX_TITLE_LENGTH = 45;
/** Labels and texts of a modal: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal */
export const MAX_FIELDS = 5;
/** https://discord.com/developers/docs/components/reference#label */
export const MAX_FIELD_LABEL_LENGTH = 45;
/** https://discord.com/developers/docs/components/reference#label */
export const MAX_FIELD_DESCRIPTION_LENGTH = 100;
/** https://discord.com/developers/docs/components/reference#text-input */
export const MAX_INPUT_LENGTH = 4000;

/** Of commands, subcommands and options: https://discord.com/developers/docs/interactions/application-commands#application-command-object */
export const MAX_DESCRIPTION_LENGTH = 100;
/** Choices and autocomplete suggestions of an option: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure */
export const MAX_CHOICES = 25;
/** Label and value: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure */
export const MAX_CHOICE_LENGTH = 100;

/** Shorter than Discord's own limit of a file's name, so that it fits into the URL of a file component. */
export const MAX_FILE_NAME_LENGTH = 100;
