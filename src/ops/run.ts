import { BackupRefused } from '../adapters/embedded/backup.ts';
import { ConfigError } from '../config/config.ts';
import { Stopped } from './setup/ask.ts';

/** Does the work of a command; what its user can mend is told in a sentence, and ends it with 1. */
export async function run(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const mendable = [BackupRefused, ConfigError, Stopped].some((kind) => error instanceof kind);
    console.error(notAllowed(error) ?? (mendable ? (error as Error).message : error));
    process.exitCode = 1;
  }
}

/** What to do where the system did not let us. */
function notAllowed(error: unknown): string | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  return path !== undefined && /^(EACCES|EPERM|EROFS)$/.test(code ?? '')
    ? `You may not use ${path} (${code}): run this as root (sudo), or in a folder of your own.`
    : undefined;
}
