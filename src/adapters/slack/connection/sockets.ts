import { type App, type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { retry } from '../../../core/async/retry.ts';
import { errorFields, type Log } from '../../../core/base/log.ts';
import { badAppToken } from '../credentials.ts';
import { outOfReach } from '../errors.ts';

/** Two: Slack closes a connection every hour or so, and what people do meanwhile comes over the other one. */
const CONNECTIONS = 2;

export interface SocketOptions {
  appToken: string;
  clientOptions: WebClientOptions;
  logger: Logger;
  log: Log;
}

/** Socket Mode over several connections, each opened again by itself: https://docs.slack.dev/apis/events-api/using-socket-mode */
export function sockets({ appToken, clientOptions, logger, log }: SocketOptions): Receiver {
  let isStopped = false;
  const receivers = Array.from({ length: CONNECTIONS }, () => {
    return new SocketModeReceiver({
      appToken,
      logger,
      // Its own way to reconnect waits for 5 s, and ends the process when Slack is out of reach just then.
      autoReconnectEnabled: false,
      installerOptions: { clientOptions: { ...clientOptions } },
      processEventErrorHandler: async ({ error, event }) => {
        log.warn(errorFields(error), 'slack sent what cannot be read');
        // Trying again would not help; and the connection may be gone.
        await event.ack().catch(() => {});
        return false;
      },
    });
  });

  /** Opens a connection, again and again until it stands. @throws BadCredential, but only when Convenor starts. */
  function open(receiver: SocketModeReceiver, isStart: boolean): Promise<void> {
    const start = () =>
      receiver.start().catch((error: unknown) => {
        throw (isStart && badAppToken(error)) || error;
      });
    return retry(start, outOfReach({ isOver: () => isStopped, log }));
  }

  async function keepOpen(receiver: SocketModeReceiver): Promise<void> {
    await open(receiver, true);
    let isOpening = false;
    receiver.client.on('disconnected', async () => {
      // A try that fails says so too.
      if (isOpening) return;
      isOpening = true;
      await open(receiver, false);
      isOpening = false;
    });
  }

  return {
    init: (app: App) => {
      for (const receiver of receivers) receiver.init(app);
    },
    start: () => Promise.all(receivers.map(keepOpen)),
    async stop() {
      isStopped = true;
      await Promise.all(receivers.map((receiver) => receiver.stop()));
    },
  };
}
