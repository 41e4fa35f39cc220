import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { READABLE_MODE, replaceFile } from '../files/replace-file.ts';
import type { Prompt } from '../terminal/prompt.ts';
import { SERVICE_ACCOUNT, type Service, systemdUnits } from './units.ts';

const SYSTEMD_FOLDER = '/etc/systemd/system';

/** Whether systemd runs on this machine. */
export const hasSystemd = existsSync('/run/systemd/system');

/** Why systemd could not run a service with these paths; undefined if it could. */
export function serviceProblem({ node, program, folder, backupDir }: Service): string | undefined {
  const paths = [node, program, folder, ...(backupDir === undefined ? [] : [backupDir])];
  const unusual = paths.find((path) => !/^\/[\w./-]+$/.test(path));
  if (unusual)
    return `The paths of a service may only have letters, digits and ./_-, without spaces: ${unusual} has others.`;
  const home = paths.find((path) => /^\/(home|root|run\/user)\//.test(path));
  return home === undefined
    ? undefined
    : `A service cannot see home folders, and ${home} is in one: move it, for example to /opt/convenor (Node: install it for all users).`;
}

/**
 * Makes systemd start Convenor and back it up each night. Without root or systemd it writes the files and says how.
 * @param isChanged whether the settings have changed, so that a running service has to be restarted.
 */
export function installService(
  prompt: Pick<Prompt, 'say'>,
  service: Service,
  isChanged: boolean,
): void {
  const units = systemdUnits(service);
  const isOurs = hasSystemd && process.getuid?.() === 0;
  const target = isOurs ? SYSTEMD_FOLDER : join(service.folder, 'systemd');
  mkdirSync(target, { recursive: true });
  const written = [...units].filter(([name, text]) => writeIfChanged(join(target, name), text));
  const start = !isOurs || isChanged || written.length > 0 ? 'restart' : 'start';
  const commands = commandsFor(service, [...units.keys()], start);
  if (isOurs) {
    const failed = commands.find((command) => !succeeds(command));
    prompt.say(
      failed
        ? `That did not work, and it says why above: ${failed.join(' ')}`
        : 'The service is installed, and runs.',
    );
    return;
  }
  prompt.say(`The service is written to ${target}. To install it:\n`);
  for (const command of [['cp', `${target}/convenor*`, SYSTEMD_FOLDER], ...commands])
    prompt.say(
      `    sudo ${command.map((word) => (word.includes(' ') ? `'${word}'` : word)).join(' ')}`,
    );
}

/** The commands that install the service. All of them may be repeated. */
function commandsFor(
  { backupDir }: Service,
  names: readonly string[],
  start: 'start' | 'restart',
): string[][] {
  const started = names.filter((name) => name !== 'convenor-backup.service');
  return [
    ['systemd-sysusers', '--inline', `u ${SERVICE_ACCOUNT} - Convenor`],
    ...(backupDir === undefined ? [] : [['install', '-d', '-m', '700', backupDir]]),
    ['systemctl', 'daemon-reload'],
    ['systemctl', 'enable', ...started],
    ['systemctl', start, ...started],
  ];
}

function succeeds([program = '', ...args]: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

/** @returns whether the file has changed. */
function writeIfChanged(path: string, text: string): boolean {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return false;
  replaceFile(path, text, READABLE_MODE);
  return true;
}
