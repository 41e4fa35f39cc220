import { existsSync } from 'node:fs';
import type { LaunchOptions } from 'playwright-core';

const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** How tests start the browser of this machine: none is downloaded. `CHROMIUM` names another. */
export function launchOptions(): LaunchOptions {
  const executablePath = process.env.CHROMIUM ?? known.find((path) => existsSync(path));
  if (!executablePath)
    throw new Error('There is no Chromium: run npm test, which says how to get one.');
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking'];
  const still = ['--disable-component-update', '--disable-sync', '--disable-gpu'];
  return { executablePath, args: ['--no-sandbox', ...quiet, ...still] };
}
