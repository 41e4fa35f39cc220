import { type App, type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { WebAPIRateLimitedError, type WebClientOptions } from '@slack/web-api';
import { errorFields, type Log } from '../../core/log.ts';
import { badAppToken } from './credentials.ts';

/** Two: Slack closes a connection every hour or so, and what people do meanwhile comes over the other one. */
const CONNECTIONS = 2;
/** The first pause before a connection is tried again, and the longest (ms). */
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 30_000;

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
      processEventErrorHandler: async ({ error }) => {
        log.warn(errorFields(error), 'slack sent what cannot be read');
        return true;
      },
    });
  });

  /** Opens a connection, again and again until it stands. @throws BadCredential the first time. */
  async function open(receiver: SocketModeReceiver, isFirst: boolean): Promise<void> {
    for (let pause = FIRST_PAUSE; !isStopped; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        await receiver.start();
        return;
      } catch (error) {
        const bad = badAppToken(error);
        if (bad && isFirst) throw bad;
        log.warn(errorFields(bad ?? error), 'slack connection not opened');
        const wait = error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : pause;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
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
