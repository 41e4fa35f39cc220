import { open } from 'node:fs/promises';
import { type Finding, good, wrong } from './finding.ts';

const SUBJECT = 'settings file';

/** Checks that the file with the tokens can be read by its owner alone. */
export async function checkEnvFile(path: string): Promise<Finding[]> {
  try {
    const file = await open(path, 'r');
    const { mode } = await file.stat();
    await file.close();
    // Windows has no such modes.
    if (process.platform !== 'win32' && mode & 0o077) {
      const message = `Others on this machine can read ${path}, and the tokens in it.`;
      return [wrong(SUBJECT, message, `Type: chmod 600 ${path}`)];
    }
    return [good(SUBJECT, `${path} can be read by its owner alone.`)];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return [good(SUBJECT, `There is no ${path}: the settings are those of the environment.`)];
    const remedy = `Run this as the owner of ${path}: sudo npm run doctor`;
    return [wrong(SUBJECT, `You may not read ${path}, so it could not be checked.`, remedy)];
  }
}
