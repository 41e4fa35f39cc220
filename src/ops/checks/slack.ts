import { type AuthTestResponse, WebAPIPlatformError, WebClient } from '@slack/web-api';
import { clientOptions } from '../../adapters/slack/connection/clients.ts';
import { quietLogger } from '../../adapters/slack/connection/quiet-logger.ts';
import { badAppToken, badBotToken } from '../../adapters/slack/credentials.ts';
import { botScopes } from '../../adapters/slack/manifest.ts';
import type { HttpWay, SlackConfig, SocketWay } from '../../config/slack.ts';
import { advice, type Finding, good, reasonOf, wrong } from '../finding.ts';

const ABOUT = 'Slack';

/** Slack: whether it takes what it is given, and whether the app may do there what it needs to. */
export function checkSlack({ way, apiUrl }: SlackConfig): Promise<Finding[]> {
  const clientOf = clientsAt(apiUrl);
  return way.kind === 'socket' ? checkTokens(way, clientOf) : checkApp(way, clientOf());
}

type ClientOf = (token?: string) => WebClient;

/** Clients as Convenor has them. */
export function clientsAt(apiUrl: string | undefined): ClientOf {
  const options = { ...clientOptions(apiUrl), logger: quietLogger };
  return (token) => new WebClient(token, options);
}

const PASTE = 'Paste manifest.json in "App Manifest" in the settings of the Slack app, save';

async function checkTokens(
  { botToken, appToken }: SocketWay,
  clientOf: ClientOf,
): Promise<Finding[]> {
  const again = `${PASTE}, and install the app again in "Install App".`;
  const bot = clientOf(botToken).auth.test();
  const socket = clientOf(appToken).apps.connections.open({});
  const answers = [
    bot.then((found) => checkScopes(found, again)).catch(refused(badBotToken)),
    socket.then(
      () => [good(ABOUT, 'It lets Convenor listen (Socket Mode).')],
      refused(badAppToken),
    ),
  ];
  return (await Promise.all(answers).catch(unreachable)).flat();
}

/** The tokens of workspaces are sealed in the store; what can be asked from outside is whether the app is known. */
async function checkApp(
  { clientId, clientSecret }: HttpWay,
  client: WebClient,
): Promise<Finding[]> {
  const made = { client_id: clientId, client_secret: clientSecret, code: 'no-code' };
  const error: unknown = await client.oauth.v2.access(made).catch((reason: unknown) => reason);
  const code = error instanceof WebAPIPlatformError ? error.data.error : undefined;
  const copy = 'Copy it again from "Basic Information" in the settings of the Slack app.';
  if (code === 'invalid_code')
    return [good(ABOUT, 'It knows the app by its client id and secret.')];
  if (code === 'invalid_client_id')
    return [wrong('SLACK_CLIENT_ID', 'Slack knows no app of that id.', copy)];
  if (code === 'bad_client_secret')
    return [wrong('SLACK_CLIENT_SECRET', 'It is not the one of that app.', copy)];
  return unreachable(error);
}

/** Whether the app has the scopes of the manifest. @param again how it gets what it lacks. */
export function checkScopes(found: AuthTestResponse, again: string): Finding[] {
  const { team, response_metadata: about } = found;
  const given = about?.scopes ?? [];
  const wanted = botScopes.map(({ scope }) => scope);
  const missing = wanted.filter((scope) => !given.includes(scope));
  if (missing.length > 0)
    return [wrong(ABOUT, `In ${team} Convenor lacks ${missing.join(', ')}.`, again)];
  const findings = [good(ABOUT, `It takes the bot token, for ${team}, with all it needs.`)];
  const extra = given.filter((scope) => !wanted.includes(scope));
  if (extra.length === 0) return findings;
  const says = `In ${team} Convenor may do more than it needs: ${extra.join(', ')}.`;
  return [...findings, advice(ABOUT, says, `Remove the app there; ${again}`)];
}

/** What is wrong with a credential, if that is why a call failed. @throws what it failed with, if not. */
function refused(badCredential: (error: unknown) => Error | undefined) {
  return (error: unknown): Finding[] => {
    const bad = badCredential(error);
    if (!bad) throw error;
    return [wrong(ABOUT, bad.message)];
  };
}

/** What is found where Slack does not answer. */
export function unreachable(error: unknown): Finding[] {
  return [
    wrong(
      ABOUT,
      `It cannot be asked (${reasonOf(error)}).`,
      'May this machine reach https://slack.com? A proxy or firewall may be in the way; else see https://slack-status.com.',
    ),
  ];
}
