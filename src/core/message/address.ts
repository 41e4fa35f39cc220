import type { Identity } from './invocation.ts';

/** Where a message goes: to one person, or into a channel. */
export type Address =
  | { to: 'user'; identity: Identity; fallback?: Fallback }
  | { to: 'channel'; channel: ChannelRef };

/**
 * What to do if the person does not accept direct messages. `thread`: post the message in a private thread of the
 * channel, with that person in it. `mention`: post in the channel, without the content, that there is a message for them.
 */
export interface Fallback {
  how: 'thread' | 'mention';
  channel: ChannelRef;
}

/** A channel on a platform, by the platform's ids. */
export interface ChannelRef {
  platform: string;
  workspace: string;
  channel: string;
}
