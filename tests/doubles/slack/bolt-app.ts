import { App, type Installation, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { SlackDouble } from './slack.ts';

const optionsFor = (slack: SlackDouble) => ({
  clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  logLevel: LogLevel.ERROR,
  logger: silentLogger,
});

/** Bolt logs every dropped connection, and these tests drop many. */
export const silentLogger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** Starts a plain Bolt app in Socket Mode, and waits until it is connected. */
export async function socketApp(slack: SlackDouble, token: string, listen: (app: App) => void) {
  const app = new App({
    ...optionsFor(slack),
    token,
    receiver: new SocketModeReceiver({
      appToken: slack.app.appToken,
      // How long it waits before it connects again (ms); 5 s by default.
      clientPingTimeout: 300,
      logger: silentLogger,
      installerOptions: optionsFor(slack),
    }),
  });
  listen(app);
  await app.start();
  await slack.until('a connection', () => slack.socket.connections || undefined);
  return app;
}

/** Starts a plain Bolt app with HTTP and OAuth, which keeps its installations in `kept`. */
export async function httpApp(slack: SlackDouble, listen: (app: App) => void) {
  const kept = new Map<string, Installation>();
  const keyOf = (id: { teamId?: string; enterpriseId?: string; isEnterpriseInstall: boolean }) =>
    String(id.isEnterpriseInstall ? id.enterpriseId : id.teamId);
  const app = new App({
    ...optionsFor(slack),
    signingSecret: slack.app.signingSecret,
    clientId: slack.app.clientId,
    clientSecret: slack.app.clientSecret,
    stateSecret: 'state-secret',
    scopes: ['commands', 'chat:write'],
    installerOptions: { directInstall: true },
    installationStore: {
      async storeInstallation(given) {
        const key = given.isEnterpriseInstall ? given.enterprise?.id : given.team?.id;
        kept.set(String(key), given as Installation);
      },
      async fetchInstallation(query) {
        const found = kept.get(keyOf(query as Parameters<typeof keyOf>[0]));
        if (!found) throw new Error('not installed');
        return found as Installation<'v2', boolean>;
      },
    },
  });
  listen(app);
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  slack.deliverTo({ url: `${url}/slack/events`, signingSecret: slack.app.signingSecret });
  return { app, kept, url, installUrl: `${url}/slack/install` };
}
