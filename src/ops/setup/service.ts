import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ask } from './ask.ts';
import { ACCOUNT, type Service, unitsFor } from './units.ts';

const UNITS = '/etc/systemd/system';

/** Whether systemd looks after this machine. */
export const hasSystemd = existsSync('/run/systemd/system');

/** Why a service cannot be made of what is where it is; undefined: it can. */
export function whyNoService({ node, program, folder, backupDir }: Service): string | undefined {
  const paths = [node, program, folder, ...(backupDir === undefined ? [] : [backupDir])];
  const strange = paths.find((path) => !/^\/[\w./-]+$/.test(path));
  if (strange) return `A service needs plain paths, without spaces, and ${strange} is none.`;
  const home = paths.find((path) => /^\/(home|root|run\/user)\//.test(path));
  return home === undefined
    ? undefined
    : `A service sees no home folders, and ${home} is in one: move it, to /opt/convenor or the like (Node: install it for all users).`;
}

/**
 * Has systemd start Convenor and back it up each night; where that is not ours to do, says how.
 * @param isChanged whether its settings are others than before: what runs is then started again.
 */
export function installService(ask: Pick<Ask, 'say'>, service: Service, isChanged: boolean): void {
  const units = unitsFor(service);
  const isOurs = hasSystemd && process.getuid?.() === 0;
  const target = isOurs ? UNITS : join(service.folder, 'systemd');
  mkdirSync(target, { recursive: true });
  const written = [...units].filter(([name, text]) => put(join(target, name), text));
  const start = !isOurs || isChanged || written.length > 0 ? 'restart' : 'start';
  const commands = commandsFor(service, [...units.keys()], start);
  if (isOurs) {
    const failed = commands.find((command) => !succeeds(command));
    ask.say(
      failed
        ? `That did not work, and it says why above: ${failed.join(' ')}`
        : 'The service is installed, and runs.',
    );
    return;
  }
  ask.say(`The service is written to ${target}. To install it:\n`);
  for (const command of [['cp', `${target}/convenor*`, UNITS], ...commands])
    ask.say(
      `    sudo ${command.map((word) => (word.includes(' ') ? `'${word}'` : word)).join(' ')}`,
    );
}

/** All of them may be repeated. */
function commandsFor(
  { backupDir }: Service,
  names: readonly string[],
  start: 'start' | 'restart',
): string[][] {
  const started = names.filter((name) => name !== 'convenor-backup.service');
  return [
    ['systemd-sysusers', '--inline', `u ${ACCOUNT} - Convenor`],
    ...(backupDir === undefined ? [] : [['install', '-d', '-m', '700', backupDir]]),
    ['systemctl', 'daemon-reload'],
    ['systemctl', 'enable', ...started],
    ['systemctl', start, ...started],
  ];
}

function succeeds([program = '', ...args]: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

/** @returns whether the file was not so before. */
function put(path: string, text: string): boolean {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return false;
  writeFileSync(`${path}.next`, text, { mode: 0o644 });
  renameSync(`${path}.next`, path);
  return true;
}
