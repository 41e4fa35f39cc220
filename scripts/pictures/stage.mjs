import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { UNTIL_WRITTEN } from './scenes.mjs';

/** A playground with a browser in front of it. */
export async function openStage() {
  const dataDir = await mkdtemp(join(tmpdir(), 'convenor-picture-'));
  const { MONGODB_URI: _, ...rest } = process.env;
  const env = { ...rest, PORT: '0', DATA_DIR: dataDir };
  const child = spawn(process.execPath, ['dist/main.js', '--try'], { env });
  const url = await addressOf(child);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });

  async function tell(path, body) {
    const response = await fetch(`${url}/playground/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  /** Moves the clock on, a day at a time, until there is something to read. */
  async function untilWritten(as, place) {
    const read = () => fetch(`${url}/playground/messages?as=${as}&place=${place}`);
    while ((await (await read()).json()).length === 0) await tell('clock', { advance: '1d' });
  }

  /** Plays a scene from a fresh start. @returns the PNG. */
  async function picture({ as, place, size, steps }) {
    await tell('afresh', {});
    for (const step of steps) {
      const [who, line] = Array.isArray(step) ? step : [as, step];
      if (line === UNTIL_WRITTEN) await untilWritten(as, place);
      else if (line.startsWith('+')) await tell('clock', { advance: line.slice(1) });
      else await tell('say', { as: who, place: 'dm', text: line });
    }
    const page = await browser.newPage({ viewport: size, deviceScaleFactor: 1.2 });
    await page.goto(`${url}/#${as}/${place}`);
    await page.locator('.message').last().waitFor();
    const png = await page.screenshot();
    await page.close();
    return png;
  }

  async function close() {
    await browser.close();
    child.kill();
    await once(child, 'exit');
    await rm(dataDir, { recursive: true });
  }

  return { picture, close };
}

/** The address that a starting playground prints. */
async function addressOf(child) {
  let said = '';
  for await (const text of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    said += text;
    const [address] = /http:\/\/\S+/.exec(said) ?? [];
    if (address) return address.replace(/\/$/, '');
  }
  throw new Error(`The playground did not start: ${said}`);
}
