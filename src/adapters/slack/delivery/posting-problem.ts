import type { Adapter } from '../../../core/ports/platform.ts';
import type { Clients } from '../connection/clients.ts';
import { isUnknownChannel } from '../connection/errors.ts';

const NOT_IN_CHANNEL = 'I am not in it yet: type /invite @Convenor there.';

/**
 * Makes the function that looks whether Convenor may post in a channel. Slack tells it with the scope `channels:read`, or
 * `groups:read` for private channels; without them, it turns out at the first post.
 */
export function createPostingProblem(clients: Clients): Adapter['postingProblem'] {
  return async ({ workspace, channel: id }, how) => {
    if (how === 'thread')
      return 'Slack has no private threads, and direct messages are never closed there.';
    try {
      const client = await clients.of(workspace);
      const channel = (await client?.conversations.info({ channel: id }))?.channel;
      if (!channel) return undefined;
      if (channel.is_archived) return 'It is archived: choose another channel.';
      return channel.is_member === false ? NOT_IN_CHANNEL : undefined;
    } catch (error) {
      return isUnknownChannel(error)
        ? `I can't see it: if it is a private channel, type /invite @Convenor there.`
        : undefined;
    }
  };
}
