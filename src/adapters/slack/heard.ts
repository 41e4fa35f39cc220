import type { Place } from '../../core/message/invocation.ts';
import type { SubmittedView } from './form.ts';

/** Somebody did something in Slack. */
export interface Heard {
  /** Names this delivery. */
  key: string;
  /** Team id of the workspace it happened in, and what to call it until its name is known. */
  team: string;
  domain: string;
  /** Organisation id, where Convenor is installed in all of it. */
  enterprise: string | undefined;
  user: string;
  /** The user's own team: another one for people from elsewhere. */
  home: string;
  place: Place;
  /** Opens a modal, once and within 3 s: https://docs.slack.dev/interactivity/handling-user-interaction#composing */
  trigger: string | undefined;
  /** Takes up to 5 answers in 30 minutes: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
  responseUrl: string | undefined;
  /** What a pressed button stands on. */
  on: Standing | undefined;
}

/** Where a pressed button stands. */
export type Standing =
  | { kind: 'message'; channel: string; ts: string }
  /** A message that only its reader sees. */
  | { kind: 'ephemeral' }
  | { kind: 'home' }
  | { kind: 'modal'; view: string };

/** A typed slash command. */
export interface HeardCommand extends Heard {
  /** With its slash. */
  name: string;
  text: string;
}

/** A pressed button or picked option, as Slack has it. */
export interface HeardPress extends Heard {
  action: { action_id: string; selected_option?: { value?: string } | null };
}

/** A submitted modal. */
export interface HeardSubmission extends Heard {
  view: SubmittedView & { id: string };
}

/** A letter more has been typed into a box that offers choices. */
export interface HeardQuery extends Heard {
  typed: string;
  block_id: string;
  view: { callback_id: string };
}

/** "Log this" of a message's menu. */
export interface HeardShortcut extends Heard {
  message: { text: string; user: string | undefined; link: string | undefined };
}

/** Somebody has opened the App Home. */
export type HeardHome = Heard;
