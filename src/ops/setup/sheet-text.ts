import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { Values } from '../env-file.ts';
import type { Service } from './units.ts';

/** What each secret is, and where another comes from. */
const SECRETS: Record<string, [what: string, another: string]> = {
  MONGODB_URI: ['the way into the database', 'a new password for its user, in MongoDB'],
  REDIS_URL: ['the way into the queue', 'a new password, in Redis'],
  SLACK_BOT_TOKEN: [
    'speaks as Convenor in Slack',
    '"Install App" in the settings of the Slack app',
  ],
  SLACK_APP_TOKEN: [
    'listens in Slack',
    '"Basic Information", "App-Level Tokens" in the settings of the Slack app',
  ],
  SLACK_SIGNING_SECRET: [
    'tells what is from Slack',
    '"Basic Information", "App Credentials" in the settings of the Slack app',
  ],
  SLACK_CLIENT_SECRET: [
    'installs Convenor in workspaces',
    '"Basic Information", "App Credentials" in the settings of the Slack app',
  ],
  DISCORD_TOKEN: [
    'listens and speaks as Convenor in Discord',
    '"Bot", "Reset Token" in the settings of the Discord application',
  ],
  SECRET_KEY: [
    'opens the tokens in the store: kept apart from the backups, since without it they are of no use',
    'put a new one in front of the old one, with a comma between (docs/slack.md)',
  ],
};

/** What the sheet is made of. */
export interface Handover {
  settings: Values;
  service: Service;
  isService: boolean;
  /** Name, and how to reach them. */
  keeper: string;
}

/** Who looks after it, as a sheet that is there says. */
export function keeperIn(sheet: string): string | undefined {
  return /^Looked after by: (.+)$/m.exec(sheet)?.[1];
}

/** The sheet. It names variables and never a value that is secret. */
export function sheetOf({ settings: given, service, isService, keeper }: Handover): string {
  const { folder, program } = service;
  const settings = withWholePaths(given, folder);
  const sudo = isService ? 'sudo ' : '';
  const [start, stop, said] = isService
    ? [
        'sudo systemctl start convenor',
        'sudo systemctl stop convenor',
        'sudo journalctl -u convenor',
      ]
    : ['npm start', 'Ctrl+C where it runs', 'the terminal it runs in'];
  const held = Object.keys(SECRETS).filter((name) => settings.has(name));
  return `# Convenor: the hand-over sheet

Looked after by: ${keeper}

For whoever looks after it next. Print it; there is no secret in it.

## What runs where

| what | where |
|---|---|
| machine | ${hostname()} |
| program | ${program} |
| settings, with the secrets | ${folder}/.env, for its owner alone |
| data | ${dataPlace(settings)} |
| people talk with it in | ${chats(settings)} |
| start, stop | \`${start}\`, \`${stop}\` |
| what it says | \`${said}\` |
| backups | ${backups(settings, isService)} |

## Who holds which key

All of them stand in ${folder}/.env. Whoever leaves hands over the right to make new ones, then each is made anew.

| variable | what it does | where another comes from | who can make it |
|---|---|---|---|
${held.map((name) => `| ${name} | ${SECRETS[name]?.join(' | ')} | |`).join('\n')}

## Is it well?

    cd ${program}
    ${sudo}npm run doctor

It says what to mend. In the chat, \`why\` says what was owed to whom, and when it came.

## To update it

    cd ${program}
    ${sudo}git pull
    ${sudo}npm ci
    ${sudo}npm run build
    ${isService ? 'sudo systemctl restart convenor' : '(stop it, and start it again)'}

${restoring(settings, { program, sudo, start, stop })}
## Before you leave

- Somebody else is a collaborator of the Slack app, or in the team of the Discord application.
- Somebody else can log in to this machine, and pays for it.
- Somebody else knows where the copies of the backups are${settings.has('SECRET_KEY') ? ', and has SECRET_KEY' : ''}.
- They have restored a backup once, on another machine, with you beside them.
`;
}

/** Whoever reads it does not know where `./data` is. */
function withWholePaths(settings: Values, folder: string): Values {
  const paths = ['DATA_DIR', 'BACKUP_DIR'].map(
    (name) => [name, resolve(folder, settings.get(name) ?? '')] as const,
  );
  return new Map([...settings, ...paths]);
}

function dataPlace(settings: Values): string {
  const uri = settings.get('MONGODB_URI');
  // Neither the user and password nor the options of the address.
  const host = /^[^:]+:\/\/(?:[^@/]*@)?([^?]*)/.exec(uri ?? '')?.[1];
  return host ? `MongoDB at ${host}` : `${settings.get('DATA_DIR')} (the embedded store)`;
}

function chats(settings: Values): string {
  const found = [
    settings.has('SLACK_BOT_TOKEN') ? 'Slack, one workspace' : '',
    settings.has('SLACK_CLIENT_ID') ? `Slack, by ${settings.get('PUBLIC_URL')}` : '',
    settings.has('DISCORD_TOKEN') ? 'Discord' : '',
  ].filter(Boolean);
  return found.join('; ') || 'nothing yet: `npm run setup` asks';
}

function backups(settings: Values, isService: boolean): string {
  if (settings.has('MONGODB_URI')) return 'MongoDB’s own: docs/install.md, "Backup"';
  const often = isService ? 'each night' : 'whenever somebody types `npm run backup`';
  return `${settings.get('BACKUP_DIR')}, ${often}; copies elsewhere: ______`;
}

function restoring(settings: Values, at: Record<'program' | 'sudo' | 'start' | 'stop', string>) {
  if (settings.has('MONGODB_URI'))
    return '## To restore a backup\n\nBy `mongorestore`: docs/install.md, "Restore".\n\n';
  const folder = settings.get('DATA_DIR');
  return `## To restore a backup

    cd ${at.program}
    ${at.stop}
    ${at.sudo}mv ${folder} ${folder}.before
    ${at.sudo}npm run restore -- ${settings.get('BACKUP_DIR')}/convenor-….log
    ${at.start}

`;
}
