import type { Place } from '../../../core/message/invocation.ts';
import type { PressedAction } from '../render/button.ts';
import type { SubmittedView } from '../render/form.ts';
import type { SlackUser } from './payloads.ts';

/** What every kind of input from Slack has. */
export interface SlackInput {
  /** Identifies this input. Slack may send it more than once. */
  key: string;
  /** Team id of the workspace it comes from. */
  team: string;
  /** The team's domain, which serves as its name until the real one is known; '' if Slack does not send it. */
  teamDomain: string;
  /** Organisation id, if Convenor is installed in the whole organisation. */
  enterprise: string | undefined;
  user: string;
  place: Place;
  /** Opens one modal within 3 s: https://docs.slack.dev/interactivity/handling-user-interaction#composing */
  triggerId: string | undefined;
  /** Takes up to 5 answers within 30 minutes: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
  responseUrl: string | undefined;
  /** Where the pressed button is; undefined if no button was pressed. */
  source: ButtonSource | undefined;
  /** The thread that it comes from, as the `ts` of its first message. */
  thread?: string | undefined;
  /** Set if it was typed as a message. */
  said?: SaidMessage;
}

/** A message that others in its place have read too. */
interface SaidMessage {
  ts: string;
  /** Whether it only mentions the bot in the middle of a sentence. */
  isInPassing: boolean;
}

/** Where a pressed button is. */
export type ButtonSource =
  | { kind: 'message'; channel: string; ts: string }
  /** A message that only its reader sees. */
  | { kind: 'ephemeral' }
  | { kind: 'home' }
  | { kind: 'modal'; view: string };

/** A slash command. */
export interface SlashCommand extends SlackInput {
  /** With its slash. */
  name: string;
  text: string;
}

/** A pressed button or picked option. */
export interface ButtonPress extends SlackInput {
  action: PressedAction;
}

/** A submitted modal. */
export interface FormSubmission extends SlackInput {
  view: SubmittedView & { id: string };
}

/** Somebody types into a field that suggests choices. */
export interface Autocomplete extends SlackInput {
  typed: string;
  block_id: string;
  view: { callback_id: string };
}

/** "Log this" in the menu of a message. */
export interface MessageShortcut extends SlackInput {
  message: { text: string; user: string | undefined; link: string | undefined };
}

/** A message in a direct conversation with the bot, or one that mentions it. */
export interface ChatMessage extends SlackInput {
  /** Without the mention of the bot. */
  text: string;
  /** Whether it is a file, or several, without a word. */
  isFileOnly: boolean;
  /** The first of its files that may be a list, by its name. */
  list: { id: string; name: string } | undefined;
}

/** Somebody opens the App Home. */
export type HomeOpened = SlackInput;

/** A user of a workspace has changed. */
export interface UserChange {
  /** Team id, or the id of an organisation. */
  team: string;
  user: SlackUser;
}

/** A workspace or organisation that has, or had, Convenor installed. */
export interface InstallationHolder {
  team: string | undefined;
  enterprise: string | undefined;
  /** Whether it is the organisation. */
  isEnterpriseInstall: boolean;
}

/** Workspaces of an organisation that its installation serves from now on, or no longer. */
export interface TeamAccess {
  /** Undefined if Slack does not name it. */
  enterprise: string | undefined;
  teams: readonly string[];
  isGranted: boolean;
  at: Date;
}

/** Convenor was removed, or its bot token was revoked. */
export interface Uninstall {
  holder: InstallationHolder;
  at: Date;
}
