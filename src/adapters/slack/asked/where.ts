import type { WebClient } from '@slack/web-api';
import type { Spot } from '../answer.ts';
import type { Heard, HeardSubmission } from '../heard.ts';
import { PLATFORM } from '../platform.ts';
import type { About } from './about.ts';

/** What a form has to know of where it is opened. */
export function aboutOf({ place, on, responseUrl }: Heard): About {
  if (on?.kind === 'ephemeral' && responseUrl) return { place, message: { responseUrl } };
  const message = on?.kind === 'message' ? { channel: on.channel, ts: on.ts } : undefined;
  return { place, ...(message && { message }), ...(responseUrl && { responseUrl }) };
}

/** A submitted form, as if it were said in the place in which it was opened. */
export function saidThere(heard: HeardSubmission, { place, message, responseUrl }: About): Heard {
  const here = { ...heard, place: { ...place, platform: PLATFORM, workspace: heard.team } };
  if (!message) return { ...here, responseUrl, on: undefined };
  if ('ts' in message) return { ...here, responseUrl, on: { kind: 'message', ...message } };
  return { ...here, ...message, on: { kind: 'ephemeral' } };
}

/** Where its answer goes. */
export function spotOf(
  { place, on, responseUrl, user }: Heard,
  client: WebClient | undefined,
): Spot {
  const isChannel = /^[CDG]/.test(place.channel);
  return {
    client,
    user,
    channel: isChannel ? place.channel : undefined,
    responseUrl,
    pressed:
      on?.kind === 'message'
        ? { responseUrl, channel: on.channel, ts: on.ts }
        : on?.kind === 'ephemeral'
          ? { responseUrl }
          : undefined,
  };
}
