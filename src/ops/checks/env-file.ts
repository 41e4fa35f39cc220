import { open } from 'node:fs/promises';
import { type Finding, good, wrong } from '../finding.ts';

/** Where the settings stand, in the folder that Convenor is started in. */
export const ENV_FILE = '.env';

const ABOUT = 'settings file';

/** Whether the file with the tokens can be read by those who need it, and by nobody else. */
export async function checkEnvFile(path: string): Promise<Finding[]> {
  try {
    const file = await open(path, 'r');
    const { mode } = await file.stat();
    await file.close();
    // Windows keeps no such modes.
    if (process.platform !== 'win32' && mode & 0o077) {
      const says = `Others on this machine can read ${path}, and the tokens in it.`;
      return [wrong(ABOUT, says, `Type: chmod 600 ${path}`)];
    }
    return [good(ABOUT, `${path} can be read by its owner alone.`)];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return [good(ABOUT, `There is no ${path}: the settings are those of the environment.`)];
    const mend = `Run this as whoever wrote ${path}: sudo npm run doctor`;
    return [wrong(ABOUT, `You may not read ${path}, so nothing of it is known here.`, mend)];
  }
}
