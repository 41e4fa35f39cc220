import type { Identity } from './invocation.ts';

/** Where a message goes: to one person, or into a channel. */
export type Address =
  | { to: 'user'; identity: Identity; otherwise?: Otherwise }
  | { to: 'channel'; channel: ChannelRef };

/**
 * What to do when the person's direct messages are closed. `thread`: the message in a private thread of the channel,
 * with that person in it. `mention`: the channel sees their name and how to read it, and nothing of its content.
 */
export interface Otherwise {
  how: 'thread' | 'mention';
  channel: ChannelRef;
}

/** A channel on a platform. */
export interface ChannelRef {
  platform: string;
  workspace: string;
  channel: string;
}
