/** Args as they come in: each a string as typed, chosen or carried by a button. A few names are the kit's own. */
export interface RawArgs {
  readonly [name: string]: string;
}

/** The raw arg that holds typed words not yet read by the text grammar. */
export const WORDS = 'words';
/** The raw arg that asks for the form, whatever else is filled in. */
export const FORM = 'form';

/** The raw arg of a button whose answer takes the place of the message it stands on. */
export const REPLACE = 'swap';
/** The raw arg that the buttons of one question share: pressing two of them has one effect. */
export const ONCE = 'once';
/** The raw arg of a button that stands in a brief: its delivery. The answer is told in the brief, as it is by then. */
export const BRIEF = 'brief';

/** The raw arg of a button that says which partnership it is about, where its place does not: for the adapter to read. */
export const PARTNERSHIP = 'in';

/** A person on a platform, before Convenor knows which member that is. */
export interface Identity {
  platform: string;
  workspace: string;
  user: string;
}

/** A person as their platform knows them at this moment. */
export interface Profile {
  name: string;
  /** IANA name; null where the platform does not know it. */
  zone: string | null;
  /**
   * `owner`: may set Convenor up there. `full`: becomes a member by speaking. `visitor`: only when a coordinator lets
   * them in. `guest`: gets nothing.
   */
  standing: 'owner' | 'full' | 'visitor' | 'guest';
}

/** Where something was said. */
export interface Place {
  platform: string;
  workspace: string;
  channel: string;
  /** True in a direct message with Convenor. */
  direct: boolean;
}

/** The only inbound word: a typed command, a pressed button and a submitted form are all one. */
export interface Invocation {
  command: string;
  args: RawArgs;
  actor: Identity;
  place: Place;
  partnership: string;
  /** The actor and whoever is mentioned, by the platform's user id, as far as the platform told. */
  profiles?: { readonly [user: string]: Profile };
  /** True where the place does not say which partnership it is: the buttons of the answer carry it (see `IN`). */
  withPartnership?: true;
  /** True where nobody asked just now (a page that is shown anew): it does not tell that the actor was there. */
  unasked?: true;
  /** Names this delivery of the event: the same key has its effect once, however often it comes. */
  key: string;
}
