import { type AuthTestResponse, WebAPIPlatformError, WebClient } from '@slack/web-api';
import { clientOptions } from '../../adapters/slack/connection/clients.ts';
import { badAppToken, badBotToken } from '../../adapters/slack/connection/credentials.ts';
import { silentLogger } from '../../adapters/slack/connection/silent-logger.ts';
import { botScopes } from '../../adapters/slack/manifest/manifest.ts';
import type { HttpConnection, SlackConfig, SocketConnection } from '../../config/slack.ts';
import { advice, type Finding, good, reasonOf, wrong } from './finding.ts';

const SUBJECT = 'Slack';

/** Checks that Slack accepts the credentials, and that the app has the scopes it needs. */
export function checkSlack({ connection, apiUrl }: SlackConfig): Promise<Finding[]> {
  const clientOf = slackClients(apiUrl);
  return connection.kind === 'socket'
    ? checkTokens(connection, clientOf)
    : checkApp(connection, clientOf());
}

type ClientOf = (token?: string) => WebClient;

/** Makes clients with the options that Convenor itself uses. */
export function slackClients(apiUrl: string | undefined): ClientOf {
  const options = { ...clientOptions(apiUrl), logger: silentLogger };
  return (token) => new WebClient(token, options);
}

const PASTE_MANIFEST =
  'Paste manifest.json in "App Manifest" in the settings of the Slack app, save';

async function checkTokens(
  { botToken, appToken }: SocketConnection,
  clientOf: ClientOf,
): Promise<Finding[]> {
  const again = `${PASTE_MANIFEST}, and install the app again in "Install App".`;
  const bot = clientOf(botToken).auth.test();
  const socket = clientOf(appToken).apps.connections.open({});
  const answers = [
    bot.then((found) => checkScopes(found, again)).catch(credentialFinding(badBotToken)),
    socket.then(
      () => [good(SUBJECT, 'It lets Convenor listen (Socket Mode).')],
      credentialFinding(badAppToken),
    ),
  ];
  return (await Promise.all(answers).catch(unreachable)).flat();
}

/** Over HTTP there is no token to try: asks with an invalid code, and Slack's error says whether it knows the app. */
async function checkApp(
  { clientId, clientSecret }: HttpConnection,
  client: WebClient,
): Promise<Finding[]> {
  const made = { client_id: clientId, client_secret: clientSecret, code: 'no-code' };
  const error: unknown = await client.oauth.v2.access(made).catch((reason: unknown) => reason);
  const code = error instanceof WebAPIPlatformError ? error.data.error : undefined;
  const copy = 'Copy it again from "Basic Information" in the settings of the Slack app.';
  if (code === 'invalid_code')
    return [good(SUBJECT, 'It knows the app by its client id and secret.')];
  if (code === 'invalid_client_id')
    return [wrong('SLACK_CLIENT_ID', 'Slack knows no app of that id.', copy)];
  if (code === 'bad_client_secret')
    return [wrong('SLACK_CLIENT_SECRET', 'It is not the one of that app.', copy)];
  return unreachable(error);
}

/** Compares the app's scopes with those of the manifest. @param again how to install the app again. */
export function checkScopes(found: AuthTestResponse, again: string): Finding[] {
  const { team, response_metadata: about } = found;
  const given = about?.scopes ?? [];
  const wanted = botScopes.map(({ scope }) => scope);
  const missing = botScopes.filter(({ scope }) => !given.includes(scope));
  const namesOf = (scopes: typeof missing) => scopes.map(({ scope }) => scope).join(', ');
  const needed = missing.filter(({ optional }) => !optional);
  if (needed.length > 0)
    return [wrong(SUBJECT, `In ${team} Convenor lacks ${namesOf(needed)}.`, again)];
  const findings = [good(SUBJECT, `It takes the bot token, for ${team}, with all it needs.`)];
  if (missing.length > 0) {
    const message = `In ${team} Convenor does without ${namesOf(missing)}: docs/slack.md says what for.`;
    findings.push(advice(SUBJECT, message, again));
  }
  const extra = given.filter((scope) => !wanted.includes(scope));
  if (extra.length === 0) return findings;
  const message = `In ${team} Convenor may do more than it needs: ${extra.join(', ')}.`;
  return [...findings, advice(SUBJECT, message, `Remove the app there; ${again}`)];
}

/** Turns a credential error into a finding. @throws any other error. */
function credentialFinding(badCredential: (error: unknown) => Error | undefined) {
  return (error: unknown): Finding[] => {
    const bad = badCredential(error);
    if (!bad) throw error;
    return [wrong(SUBJECT, bad.message)];
  };
}

/** The finding when Slack does not answer. */
export function unreachable(error: unknown): Finding[] {
  return [
    wrong(
      SUBJECT,
      `It cannot be asked (${reasonOf(error)}).`,
      'May this machine reach https://slack.com? A proxy or firewall may be in the way; else see https://slack-status.com.',
    ),
  ];
}
