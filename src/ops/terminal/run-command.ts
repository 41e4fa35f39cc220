import { StoreTooNew } from '../../adapters/shared/store/store-too-new.ts';
import { BackupRefused } from '../../adapters/sqlite/backup.ts';
import { DataFolderError } from '../../adapters/sqlite/data-folder.ts';
import { ConfigError } from '../../config/config.ts';
import { CredentialError } from '../../core/base/credential-error.ts';
import { StoreError } from '../../core/ports/store.ts';
import { Cancelled } from './prompt.ts';

/** Errors whose message says what to do, so that no stack is shown. */
const USER_ERRORS = [
  ...[BackupRefused, ConfigError, Cancelled],
  ...[CredentialError, DataFolderError, StoreError, StoreTooNew],
];

/**
 * Runs a command of the terminal. An error that its user can fix is shown as one sentence, and the exit code is 1.
 * @param usage shown instead of running when the command line has `--help`.
 */
export async function runCommand(usage: string, work: () => Promise<void>): Promise<void> {
  if (process.argv.includes('--help')) {
    console.log(usage);
    return;
  }
  try {
    await work();
  } catch (error) {
    const isForUser = USER_ERRORS.some((kind) => error instanceof kind);
    console.error(permissionProblem(error) ?? (isForUser ? (error as Error).message : error));
    process.exitCode = 1;
  }
}

/** What to do when the system denied access to a file; undefined for any other error. */
function permissionProblem(error: unknown): string | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  return path !== undefined && /^(EACCES|EPERM|EROFS)$/.test(code ?? '')
    ? `You may not use ${path} (${code}): run this as root (sudo), or in a folder of your own.`
    : undefined;
}
