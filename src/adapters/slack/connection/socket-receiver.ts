import { type App, type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { retry } from '../../../core/async/retry.ts';
import { errorFields, type Log } from '../../../core/base/log.ts';
import { badAppToken } from './credentials.ts';
import { retryOptions } from './errors.ts';

/** Slack closes a connection every hour or so. Until it is open again, events come over the other one. */
const CONNECTION_COUNT = 2;

export interface SocketReceiverOptions {
  appToken: string;
  clientOptions: WebClientOptions;
  logger: Logger;
  log: Log;
}

/** Socket Mode over several connections, each of which is reopened when it closes: https://docs.slack.dev/apis/events-api/using-socket-mode */
export function socketReceiver({
  appToken,
  clientOptions,
  logger,
  log,
}: SocketReceiverOptions): Receiver {
  let isStopped = false;
  const receivers = Array.from({ length: CONNECTION_COUNT }, () => {
    return new SocketModeReceiver({
      appToken,
      logger,
      // Bolt's own reconnecting waits for 5 s, and ends the process if Slack cannot be reached then.
      autoReconnectEnabled: false,
      installerOptions: { clientOptions: { ...clientOptions } },
      processEventErrorHandler: async ({ error, event }) => {
        log.warn(errorFields(error), 'slack sent what cannot be read');
        // Acknowledged, because sending it again would not help. The connection may be closed by now.
        await event.ack().catch(() => {});
        return false;
      },
    });
  });

  /** Opens a connection, however many tries it takes. @throws CredentialError, but only if Convenor is starting. */
  function open(receiver: SocketModeReceiver, isStarting: boolean): Promise<void> {
    const start = () =>
      receiver.start().catch((error: unknown) => {
        throw (isStarting && badAppToken(error)) || error;
      });
    return retry(start, retryOptions({ isCancelled: () => isStopped, log }));
  }

  async function keepOpen(receiver: SocketModeReceiver): Promise<void> {
    await open(receiver, true);
    let isOpening = false;
    receiver.client.on('disconnected', async () => {
      // A failed try to reconnect emits this event too.
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
