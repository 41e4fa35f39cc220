import type { FilledOption } from '../manifest/option.ts';
import type { SlashName } from '../manifest/slash-name.ts';
import type { PressedComponent } from '../render/button.ts';
import type { SubmittedModal } from '../render/form.ts';
import type { DiscordUser } from './discord-user.ts';
import type { AttachmentData } from './payloads.ts';

/** What is needed to answer an interaction. */
export interface InteractionRef {
  id: string;
  /** Takes answers for 15 minutes: https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages */
  token: string;
  /** The server (guild) it comes from; undefined in a direct message. */
  guild: string | undefined;
}

/** What every kind of input from Discord has. */
export interface DiscordInput {
  /** Identifies this input. Discord may send it more than once. */
  key: string;
  /** The server (guild) it comes from; undefined in a direct message. */
  guild: string | undefined;
  user: string;
  channel: string;
  /** The user first, then the users they mention, as far as Discord sends them. */
  users: readonly DiscordUser[];
  /** Attached files, by their ids. */
  files: { readonly [id: string]: AttachmentData };
}

/** What every kind of interaction has. */
export interface InteractionInput extends DiscordInput, InteractionRef {
  /** Id of Convenor's application. */
  application: string;
  /** The message whose button was pressed, or whose button opened the form. */
  sourceMessage: string | undefined;
  /** Whether it is a submitted form. Discord does not open a form as the answer to a form. */
  isForm: boolean;
}

/** A direct message to the bot, or a message on a server that mentions it. */
export interface ChatMessage extends DiscordInput {
  id: string;
  /** Without the mention of the bot. */
  text: string;
  /** Whether it only mentions the bot in the middle of a sentence, or by replying to it. */
  isInPassing: boolean;
  /** Whether it is a file, or several, without a word. */
  isFileOnly: boolean;
  /** Whether it mentions the bot's role, and Discord has left its words out. */
  isWithheld: boolean;
}

/** A slash command with its options. */
export interface SlashCommand extends InteractionInput {
  slash: SlashName & { options: readonly FilledOption[] };
}

/** A pressed button or picked option. */
export interface ButtonPress extends InteractionInput {
  pressed: PressedComponent;
}

/** A submitted modal. */
export interface FormSubmission extends InteractionInput {
  modal: SubmittedModal;
}

/** Somebody types into an option that suggests choices. */
export interface Autocomplete extends InteractionInput {
  slash: SlashName;
  /** The name of the option. */
  arg: string;
  typed: string;
}

/** "Log this" in the menu of a message. */
export interface MessageShortcut extends InteractionInput {
  name: string;
  message: { text: string; author: string | undefined; link: string };
}
