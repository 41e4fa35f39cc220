import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { answerHelp } from './usage.mjs';

answerHelp(`Usage: npm run pictures, or npm run pictures -- NAME ...
Takes the pictures in docs/pictures from the playground: all of them, or those that are named.
It uses /usr/bin/chromium; CHROMIUM names another browser.`);

const FOLDER = new URL('../docs/pictures/', import.meta.url);
const WIDE = { width: 940, height: 590 };
const TALL = { width: 940, height: 690 };
const PHONE = { width: 390, height: 640 };

/** The step that moves the clock, a day at a time, until there is a message. */
const UNTIL_MESSAGE = 'until message';

const call =
  'log the shores centre talked about the room for the summer fair how:call next:"send the list of stalls" by:friday';
const request = 'followup ask confirm the room who:@Tom';

/**
 * The pictures, by the name of their file: who looks at which place, and what happened before. A step is a line that
 * this member says (or `[member, line]`), or moves the clock, such as `+1w`.
 */
const pictures = {
  contact: { as: 'maya', place: 'dm', size: WIDE, steps: [call] },
  brief: { as: 'tom', place: 'dm', size: TALL, steps: [['maya', request], UNTIL_MESSAGE] },
  quiet: { as: 'grace', place: 'dm', size: WIDE, steps: ['quiet'] },
  digest: { as: 'grace', place: 'partners', size: WIDE, steps: [['maya', call], '+1w'] },
  phone: { as: 'maya', place: 'dm', size: PHONE, steps: ['today'] },
};

const names = process.argv.slice(2);
const wanted = Object.entries(pictures).filter(
  ([name]) => names.length === 0 || names.includes(name),
);
await mkdir(FOLDER, { recursive: true });
const playground = await startPlayground();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  for (const [name, picture] of wanted) {
    await writeFile(new URL(`${name}.png`, FOLDER), await takePicture(picture));
    console.log(`docs/pictures/${name}.png`);
  }
} finally {
  await browser.close();
  await playground.stop();
}

/** Plays the steps from a fresh start. @returns the PNG. */
async function takePicture({ as, place, size, steps }) {
  await post('reset', {});
  for (const step of steps) {
    const [member, line] = Array.isArray(step) ? step : [as, step];
    if (line === UNTIL_MESSAGE) await advanceUntilMessage(as, place);
    else if (line.startsWith('+')) await post('clock', { advance: line.slice(1) });
    else await post('say', { as: member, place: 'dm', text: line });
  }
  const page = await browser.newPage({ viewport: size, deviceScaleFactor: 1.2 });
  await page.goto(`${playground.url}/#${as}/${place}`);
  await page.locator('.message').last().waitFor();
  const png = await page.screenshot();
  await page.close();
  return png;
}

async function advanceUntilMessage(as, place) {
  const url = `${playground.url}/playground/messages?as=${as}&place=${place}`;
  const messages = async () => (await fetch(url)).json();
  while ((await messages()).length === 0) await post('clock', { advance: '1d' });
}

async function post(path, body) {
  const response = await fetch(`${playground.url}/playground/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** Starts a playground in a folder of its own. */
async function startPlayground() {
  const folder = await mkdtemp(join(tmpdir(), 'convenor-pictures-'));
  const child = spawn(process.execPath, [resolve('dist/main.js'), '--try'], {
    cwd: folder,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    url: await printedUrl(child),
    async stop() {
      child.kill();
      await once(child, 'exit');
      await rm(folder, { recursive: true });
    },
  };
}

/** The address that a starting playground prints. */
async function printedUrl(child) {
  let output = '';
  const chunks = child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false });
  for await (const chunk of chunks) {
    output += chunk;
    const [url] = /http:\/\/\S+/.exec(output) ?? [];
    if (url) return url.replace(/\/$/, '');
  }
  throw new Error(`The playground did not start: ${output}`);
}
