/**
 * The args of an invocation: each is a string as it was typed, picked, or filled in by a button. Some names have a
 * meaning of their own, whatever the command: they are the constants below. Old buttons carry these names, so their
 * values never change.
 */
export interface RawArgs {
  readonly [name: string]: string;
}

/** Holds the words typed after a command's name, before they are parsed into the command's own args. */
export const WORDS = 'words';

/** Set to any value, opens the command's form even if no arg is missing. Set to the name of an arg, marks its field. */
export const FORM = 'form';

/** Set by a button whose reply replaces the message that the button is part of. */
export const REPLACE = 'swap';

/** Set to the same key by all buttons of one question, so that pressing two of them has one effect. */
export const ONCE = 'once';

/** Set to any value by a button that answers a question before a command runs, so that it is not asked again. */
export const CONFIRMED = 'confirmed';

/** Names that stand before a colon in the words and are text, not args: `from,subject`. */
export const PLAIN = 'plain';

/** Set by a button in a brief to the id of the brief's delivery. The reply goes into that brief. */
export const BRIEF = 'brief';

/**
 * Set by a button to what its message shows: a list (`followup list?show=late`), or the `#id` of a follow-up. The reply
 * goes into that message. Only answers that one person sees have it.
 */
export const VIEW = 'view';

/** Set by a button in a direct message to the partnership that it is about. Adapters read it and take it out. */
export const PARTNERSHIP = 'in';

/** A user of a platform. Which member that is, only the directory of a partnership can say. */
export interface Identity {
  /** Such as `slack` or `discord`. */
  platform: string;
  /** The platform's id of the Slack team or Discord server. */
  workspace: string;
  /** The platform's id of the user. */
  user: string;
}

/** What a platform says of a user at this moment. */
export interface Profile {
  name: string;
  /** An IANA name; null if the platform does not say. */
  zone: string | null;
  /**
   * What the user is in the workspace. An `owner` may set Convenor up; an `owner` or `full` user becomes a member with
   * their first command; a `visitor` has to be let in by a coordinator; a `guest` is refused; somebody who is `gone` has
   * left the workspace, or their account is closed.
   */
  standing: 'owner' | 'full' | 'visitor' | 'guest' | 'gone';
  /** Set for a bot, which is refused as a guest is. */
  isBot?: true;
  /**
   * The platform's id of the role or channel that a user needs to be `full` in this workspace; null or undefined: none
   * was chosen.
   */
  admits?: string | null;
}

/** Where a command was given. */
export interface Place {
  platform: string;
  workspace: string;
  channel: string;
  /** True in a direct message with the bot. */
  direct: boolean;
}

/** One use of a command: typed, by a pressed button, or by a submitted form. All input of the bot has this type. */
export interface Invocation {
  command: string;
  args: RawArgs;
  actor: Identity;
  place: Place;
  /** The id of the partnership that the command is about. */
  partnership: string;
  /** The profiles of the actor and of mentioned users, by user id, as far as the platform gave them. */
  profiles?: { readonly [user: string]: Profile };
  /** The users among them of whom the platform did not say in time who they are, by user id. */
  unanswered?: readonly string[];
  /** The names of the workspace's roles, by id, for a command that takes one; undefined if the platform does not tell. */
  roles?: { readonly [role: string]: string };
  /**
   * The channels that the command names, by id, on a platform where the members of a channel may be let in. `problem`: why
   * the platform does not say who is in the channel, and what to do about it. Undefined: roles let people in there.
   */
  channels?: { readonly [channel: string]: { problem?: string } };
  /** Set if the place belongs to several partnerships: buttons of the answer then carry {@link PARTNERSHIP}. */
  withPartnership?: true;
  /** Set if no person gave the command just now, such as when a page is refreshed. */
  automatic?: true;
  /** Set if it was typed as a message that others in the place have read. */
  spokenInPublic?: true;
  /** Where an answer for the actor alone goes, if the place cannot show it: the channel of their direct messages. */
  privateChannel?: string;
  /** Identifies the event: if it is delivered again with the same key, the command has no second effect. */
  key: string;
}
