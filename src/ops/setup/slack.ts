import { readConfig, type Variable } from '../../config/config.ts';
import type { Finding } from '../checks/finding.ts';
import { checkSlack } from '../checks/lazy-checks.ts';
import type { Prompt } from '../terminal/prompt.ts';
import { askForVariable, askUntilValid, type Settings } from './settings.ts';

const SOCKET_VARIABLES = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'] as const;
const HTTP_VARIABLES = ['SLACK_SIGNING_SECRET', 'SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET'] as const;

/** Asks whether people use Convenor in Slack, in how many workspaces, and for the credentials. */
export async function askSlack(prompt: Prompt, settings: Settings): Promise<void> {
  const isConfigured = [...SOCKET_VARIABLES, ...HTTP_VARIABLES].some((name) => settings.has(name));
  prompt.say('\nSlack: docs/slack.md says, step by step, where each of these is found.');
  if (!(await prompt.confirm('Do people talk with it in Slack?', isConfigured))) {
    remove(settings, [...SOCKET_VARIABLES, ...HTTP_VARIABLES]);
    return;
  }
  const isMany = HTTP_VARIABLES.some((name) => settings.has(name));
  const wantsMany = await prompt.confirm('In more than one workspace?', isMany);
  remove(settings, wantsMany ? SOCKET_VARIABLES : HTTP_VARIABLES);
  await askUntilValid(
    prompt,
    () => (wantsMany ? askForApp(prompt, settings) : askForTokens(prompt, settings)),
    () => checkAnswers(settings),
  );
}

function remove(settings: Settings, names: readonly Variable[]): void {
  for (const name of names) settings.delete(name);
}

async function askForTokens(prompt: Prompt, settings: Settings): Promise<void> {
  const bot = 'Bot User OAuth Token, from "Install App" (xoxb-…)';
  await askForVariable(prompt, settings, 'SLACK_BOT_TOKEN', { text: bot, secret: true });
  const app = 'App-level token, from "Basic Information" (xapp-…)';
  await askForVariable(prompt, settings, 'SLACK_APP_TOKEN', { text: app, secret: true });
}

async function askForApp(prompt: Prompt, settings: Settings): Promise<void> {
  const address = 'Address of this server from outside, such as https://convenor.example.org';
  await askForVariable(prompt, settings, 'PUBLIC_URL', { text: address });
  prompt.say('From "Basic Information", "App Credentials":');
  await askForVariable(prompt, settings, 'SLACK_CLIENT_ID', { text: 'Client ID' });
  await askForVariable(prompt, settings, 'SLACK_CLIENT_SECRET', {
    text: 'Client Secret',
    secret: true,
  });
  await askForVariable(prompt, settings, 'SLACK_SIGNING_SECRET', {
    text: 'Signing Secret',
    secret: true,
  });
}

async function checkAnswers(settings: Settings): Promise<Finding[]> {
  const names = [
    ...SOCKET_VARIABLES,
    ...HTTP_VARIABLES,
    'PUBLIC_URL',
    'SECRET_KEY',
    'SLACK_API_URL',
  ];
  const { slack } = readConfig(
    Object.fromEntries(names.map((name) => [name, settings.get(name)])),
    [],
  );
  return slack ? checkSlack(slack) : [];
}
