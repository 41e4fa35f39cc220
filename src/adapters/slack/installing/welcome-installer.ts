import type { Installation } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Clock } from '../../../core/base/clock.ts';
import { errorFields, type Log } from '../../../core/base/log.ts';
import { welcomeReply } from '../../../core/cards/set-up-offer.ts';
import { anonymousReader } from '../../shared/reader-context.ts';
import { messageOf } from '../render/message.ts';

interface WelcomeDeps {
  clientOptions: WebClientOptions;
  clock: Clock;
  log: Pick<Log, 'warn'>;
}

/**
 * Writes to the person who has installed Convenor how to go on. It is not repeated if it fails: the first answer to them
 * offers the same. Never throws.
 */
export async function welcomeInstaller(
  { team, enterprise, user, bot }: Installation,
  { clientOptions, clock, log }: WelcomeDeps,
): Promise<void> {
  const place = team?.name ?? enterprise?.name ?? 'Slack';
  const message = messageOf(welcomeReply(place), anonymousReader(clock));
  try {
    const client = new WebClient(bot?.token, clientOptions);
    // Slack takes a user's id for their direct message with the bot.
    await client.chat.postMessage({ channel: user.id, ...message });
  } catch (error) {
    log.warn(errorFields(error), 'slack installer not welcomed');
  }
}
