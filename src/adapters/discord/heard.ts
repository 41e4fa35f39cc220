import type { SubmittedModal } from './form.ts';
import type { AttachmentData } from './payloads.ts';
import type { Person } from './servers/person.ts';
import type { FilledOption } from './slash/option.ts';
import type { Slash } from './slash/slash.ts';

/** Where an interaction is answered. */
export interface Receipt {
  id: string;
  /** Answers for 15 minutes: https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages */
  token: string;
  /** The server (guild) it happened on; undefined in a direct message. */
  guild: string | undefined;
}

/** Somebody did something in Discord. */
export interface Heard extends Receipt {
  /** Names this delivery. */
  key: string;
  /** Id of Convenor's application. */
  application: string;
  user: string;
  channel: string;
  /** Who did it and whom it names, as far as Discord told; those who did it first. */
  people: readonly Person[];
  /** Files that came along, by their ids. */
  files: { readonly [id: string]: AttachmentData };
  /** The message that a pressed button stands on, or whose button opened a form. */
  on: Standing | undefined;
  /** It is a submitted form, which cannot be answered with another one. */
  isForm: boolean;
}

/** A message of Convenor's. */
interface Standing {
  message: string;
}

/** A slash command with its options. */
export interface HeardCommand extends Heard {
  slash: Slash & { options: readonly FilledOption[] };
}

/** A pressed button or picked option, as Discord has it. */
export interface HeardPress extends Heard {
  pressed: { customId: string; values?: readonly string[] };
}

/** A submitted modal. */
export interface HeardSubmission extends Heard {
  modal: SubmittedModal;
}

/** A letter more has been typed into an option that offers choices. */
export interface HeardQuery extends Heard {
  slash: Slash;
  /** The option's name, and what stands in it. */
  arg: string;
  typed: string;
}

/** "Log this" of a message's menu. */
export interface HeardShortcut extends Heard {
  name: string;
  message: { text: string; author: string | undefined; link: string };
}
