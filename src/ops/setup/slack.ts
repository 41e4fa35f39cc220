import { readConfig, type Variable } from '../../config/config.ts';
import { checkSlack } from '../checks/outside.ts';
import type { Finding } from '../finding.ts';
import type { Ask } from './ask.ts';
import { askFor, type Settings, untilGood } from './settings.ts';

const SOCKET = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'] as const;
const HTTP = ['SLACK_SIGNING_SECRET', 'SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET'] as const;

/** Whether people talk with Convenor in Slack, and what it needs for that. */
export async function askSlack(ask: Ask, settings: Settings): Promise<void> {
  const isThere = [...SOCKET, ...HTTP].some((name) => settings.has(name));
  ask.say('\nSlack: docs/slack.md says, step by step, where each of these is found.');
  if (!(await ask.yes('Do people talk with it in Slack?', isThere))) {
    remove(settings, [...SOCKET, ...HTTP]);
    return;
  }
  const isMany = HTTP.some((name) => settings.has(name));
  const toMany = await ask.yes('In more than one workspace?', isMany);
  remove(settings, toMany ? SOCKET : HTTP);
  await untilGood(
    ask,
    () => (toMany ? askForApp(ask, settings) : askForTokens(ask, settings)),
    () => tryOut(settings),
  );
}

function remove(settings: Settings, names: readonly Variable[]): void {
  for (const name of names) settings.delete(name);
}

async function askForTokens(ask: Ask, settings: Settings): Promise<void> {
  const bot = 'Bot User OAuth Token, from "Install App" (xoxb-…)';
  await askFor(ask, settings, 'SLACK_BOT_TOKEN', { text: bot, secret: true });
  const app = 'App-level token, from "Basic Information" (xapp-…)';
  await askFor(ask, settings, 'SLACK_APP_TOKEN', { text: app, secret: true });
}

async function askForApp(ask: Ask, settings: Settings): Promise<void> {
  const address = 'Address of this server from outside, such as https://convenor.example.org';
  await askFor(ask, settings, 'PUBLIC_URL', { text: address });
  ask.say('From "Basic Information", "App Credentials":');
  await askFor(ask, settings, 'SLACK_CLIENT_ID', { text: 'Client ID' });
  await askFor(ask, settings, 'SLACK_CLIENT_SECRET', { text: 'Client Secret', secret: true });
  await askFor(ask, settings, 'SLACK_SIGNING_SECRET', { text: 'Signing Secret', secret: true });
}

async function tryOut(settings: Settings): Promise<Finding[]> {
  const names = [...SOCKET, ...HTTP, 'PUBLIC_URL', 'SECRET_KEY', 'SLACK_API_URL'];
  const { slack } = readConfig(
    Object.fromEntries(names.map((name) => [name, settings.get(name)])),
    [],
  );
  return slack ? checkSlack(slack) : [];
}
