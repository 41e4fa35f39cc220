import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { EnvValues } from '../files/env-file.ts';
import { READABLE_MODE, replaceFile } from '../files/replace-file.ts';
import type { Prompt } from '../terminal/prompt.ts';
import type { Service } from './units.ts';

/** The page that the record is made from: just as far up from src/ as from dist/. */
const TEMPLATE = new URL('../../../docs/installation-record.md', import.meta.url);

const BLANK = '______';

/** What the record describes. */
export interface Installation {
  settings: EnvValues;
  service: Service;
  isService: boolean;
}

/**
 * Asks for the maintainer. An existing record, which somebody may have filled in, is replaced only if they agree.
 * @returns writes the record beside the settings; undefined when it stays as it is.
 */
export async function askInstallationRecord(
  prompt: Prompt,
  installation: Installation,
): Promise<(() => void) | undefined> {
  const path = join(installation.service.folder, 'HANDOVER.md');
  const existing = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (existing !== undefined) {
    const maintainer = /^Looked after by: (.+)$/m.exec(existing)?.[1] ?? '';
    if (existing === installationRecord(installation, maintainer)) return undefined;
    const question = `\n${path} is not what would be written now. Replace it?`;
    if (!(await prompt.confirm(question, false))) return undefined;
  }
  const question =
    '\nWho looks after it (name, and how to reach them; for the installation record)?';
  const maintainer = (await prompt.ask(question)) || BLANK;
  return () => {
    replaceFile(path, installationRecord(installation, maintainer), READABLE_MODE);
    prompt.say(`The installation record is ${path}: print it, and fill in the blanks.`);
  };
}

/** The record. It names the variables, and never a value that is secret. */
function installationRecord(installation: Installation, maintainer: string): string {
  const { settings } = installation;
  const values = new Map(Object.entries({ maintainer, ...valuesFor(installation) }));
  return readFileSync(TEMPLATE, 'utf8')
    .replace(/^<!--.*?-->\n+/s, '')
    .replace(/^\| ([A-Z]+_[A-Z_]+) \|.*\n/gm, (row, name) => (settings.has(name) ? row : ''))
    .replace(/\{\{(\w+)\}\}/g, (_, name) => values.get(name) ?? BLANK);
}

function valuesFor({ settings, service, isService }: Installation) {
  const { folder, program } = service;
  const paths = {
    data: resolve(folder, settings.get('DATA_DIR') ?? ''),
    backups: resolve(folder, settings.get('BACKUP_DIR') ?? ''),
  };
  const uri = settings.get('MONGODB_URI');
  const sudo = isService ? 'sudo ' : '';
  const commands = isService
    ? {
        start: 'sudo systemctl start convenor',
        stop: 'sudo systemctl stop convenor',
        restart: 'sudo systemctl restart convenor',
        log: 'sudo journalctl -u convenor',
      }
    : {
        start: 'npm start',
        stop: 'Ctrl+C where it runs',
        restart: '(stop it, and start it again)',
        log: 'the terminal it runs in',
      };
  const often = isService ? 'each night' : 'whenever somebody types `npm run backup`';
  const restoreSteps = [
    `cd ${program}`,
    commands.stop,
    `${sudo}mv ${paths.data} ${paths.data}.before`,
    `${sudo}npm run restore -- ${paths.backups}/convenor-….db`,
    commands.start,
  ];
  return {
    ...{ program, folder, sudo, ...commands },
    machine: hostname(),
    data: uri ? `MongoDB at ${hostOf(uri)}` : `${paths.data} (SQLite)`,
    chats: chatNames(settings),
    backups: uri
      ? 'MongoDB’s own: docs/install.md, "Backup"'
      : `${paths.backups}, ${often}; copies elsewhere: ${BLANK}`,
    restore: uri
      ? 'By `mongorestore`: docs/install.md, "Restore".'
      : restoreSteps.map((step) => `    ${step}`).join('\n'),
  };
}

/** The hosts and the database, without user, password and options. */
function hostOf(uri: string): string {
  return /^[^:]+:\/\/(?:[^@/]*@)?([^?]*)/.exec(uri)?.[1] ?? BLANK;
}

function chatNames(settings: EnvValues): string {
  const names = [
    settings.has('SLACK_BOT_TOKEN') ? 'Slack, one workspace' : '',
    settings.has('SLACK_CLIENT_ID') ? `Slack, by ${settings.get('PUBLIC_URL')}` : '',
    settings.has('DISCORD_TOKEN') ? 'Discord' : '',
  ].filter(Boolean);
  return names.join('; ') || 'nothing yet: `npm run setup` asks';
}
