/** What Discord takes. Lengths are in characters. */

/** Components of a message, nested ones included: https://discord.com/developers/docs/components/reference#component-reference */
export const MOST_COMPONENTS = 40;
/** Over all texts of a message: https://discordjs.guide/popular-topics/display-components.html#text-display */
export const LONGEST_MESSAGE = 4000;
/** https://discord.com/developers/docs/components/reference#action-row */
export const MOST_BUTTONS = 5;
/** Also of a form and its boxes: https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id */
export const LONGEST_ID = 100;
/** https://discord.com/developers/docs/components/reference#button */
export const LONGEST_LABEL = 80;

/** Label and value alike: https://discord.com/developers/docs/components/reference#string-select-select-option-structure */
export const LONGEST_OPTION = 100;
/** https://discord.com/developers/docs/components/reference#string-select */
export const MOST_OPTIONS = 25;

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal */
export const LONGEST_TITLE = 45;
/** Boxes and texts of a form: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal */
export const MOST_BOXES = 5;
/** https://discord.com/developers/docs/components/reference#label */
export const LONGEST_CAPTION = 45;
/** https://discord.com/developers/docs/components/reference#label */
export const LONGEST_HINT = 100;
/** https://discord.com/developers/docs/components/reference#text-input */
export const LONGEST_INPUT = 4000;

/** Of a command, a subcommand or an option: https://discord.com/developers/docs/interactions/application-commands#application-command-object */
export const LONGEST_DESCRIPTION = 100;
/** Choices of an option, and of what is offered while it is typed: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure */
export const MOST_CHOICES = 25;
/** Label and value alike: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure */
export const LONGEST_CHOICE = 100;
