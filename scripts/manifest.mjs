import { inviteUrl, permissions } from '../dist/adapters/discord/connection/invite.js';
import { botScopes, manifestOf } from '../dist/adapters/slack/manifest/manifest.js';
import { allCommands } from '../dist/core/bot/commands.js';
import { generate, read } from './generated.mjs';
import { answerHelp } from './usage.mjs';

answerHelp(`Usage: npm run manifest
Writes the manifests of the Slack app and the tables in the guides. With --check it only compares.
With PUBLIC_URL or SLACK_COMMAND set it prints the manifest to paste into Slack instead.`);

const EXAMPLE = 'https://convenor.example.org';
const PERMISSIONS = /(?<=<!-- permissions -->\n).*(?=\n<!-- end of permissions -->)/s;
const INVITE = /https:\/\/discord\.com\/oauth2\/authorize\S+/;
const SCOPES = /(?<=<!-- scopes -->\n).*(?=\n<!-- end of scopes -->)/s;

const { PUBLIC_URL: url, SLACK_COMMAND: command = '/convenor' } = process.env;
const text = (options) => `${JSON.stringify(manifestOf(allCommands(), options), null, 2)}\n`;

const isToPaste = Boolean(url || process.env.SLACK_COMMAND);
if (isToPaste && !process.argv.includes('--check')) {
  process.stdout.write(text({ command, ...(url && { url: url.replace(/\/+$/, '') }) }));
} else {
  const how = { source: 'the commands declare', command: 'npm run manifest' };
  for (const [name, wanted] of await wantedFiles()) await generate(name, wanted, how);
}

/** Every generated file, and what it should say. */
async function wantedFiles() {
  const guide = await read('docs/slack.md');
  const scopes = botScopes.map(({ scope, reason }) => `| \`${scope}\` | ${reason} |`);
  const table = ['', '| scope | what for |', '|---|---|', ...scopes, ''].join('\n');
  return [
    ['manifest.json', text({ command: '/convenor' })],
    ['manifest.http.json', text({ command: '/convenor', url: EXAMPLE })],
    ['docs/slack.md', guide.replace(SCOPES, table)],
    ['docs/discord.md', await discordGuide()],
  ];
}

async function discordGuide() {
  const rows = permissions.map(({ name, reason }) => `| ${name} | ${reason} |`);
  const table = ['', '| permission | what for |', '|---|---|', ...rows, ''].join('\n');
  const guide = await read('docs/discord.md');
  return guide.replace(PERMISSIONS, table).replace(INVITE, inviteUrl('APPLICATION_ID'));
}
