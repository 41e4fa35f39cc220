import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const main = fileURLToPath(new URL('../../../dist/main.js', import.meta.url));

/** Where the browser is; undefined where there is none, and its tests are skipped. */
export const chromiumPath = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
  (path): path is string => path !== undefined && existsSync(path),
);

/** A browser that talks to nobody but us. */
export function openBrowser(): Promise<Browser> {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return chromium.launch({
    executablePath: chromiumPath ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', ...quiet],
  });
}

/** `npm run try` as a process of its own, on a free port, with a data folder that is removed again. */
export async function startTryout(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'convenor-try-'));
  const { MONGODB_URI: _, ...env } = process.env;
  const running = spawn(process.execPath, [main, '--try'], {
    env: { ...env, PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'warn' },
  });
  const stop = async () => {
    const ended = new Promise((resolve) => running.once('exit', resolve));
    if (running.exitCode === null && running.kill()) await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { url: await urlSaidBy(running), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function urlSaidBy(running: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (part: Buffer) => {
      said += part;
      const url = /http:\/\/localhost:\d+/.exec(said)?.[0];
      if (url) resolve(url);
    };
    running.stdout?.on('data', hear);
    running.stderr?.on('data', hear);
    running.once('exit', () => reject(new Error(`The playground did not start: ${said}`)));
  });
}
