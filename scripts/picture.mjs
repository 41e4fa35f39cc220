// Takes the picture of the playground that README shows: `node scripts/picture.mjs` after a build.
// The browser is the one that the tests use; CHROMIUM names another.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const lines = [
  'log the shores centre talked about the room for the summer fair how:call next:"send the list of stalls" by:friday',
  'quiet',
];

const dataDir = await mkdtemp(join(tmpdir(), 'convenor-picture-'));
const env = { ...process.env, PORT: '0', DATA_DIR: dataDir };
const child = spawn(process.execPath, ['dist/main.js', '--try'], { env });
let said = '';
for await (const text of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
  said += text;
  if (/http:\S+/.test(said)) break;
}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage({
  viewport: { width: 1100, height: 720 },
  deviceScaleFactor: 2,
});
await page.goto(`${/http:\S+/.exec(said)[0]}/#tom/dm`);
for (const [index, line] of lines.entries()) {
  const box = page.getByRole('combobox', { name: /^Message/ });
  await box.fill(line);
  await box.press('Escape');
  await box.press('Enter');
  await page
    .locator('.message')
    .nth(index * 2 + 1)
    .waitFor();
}
await page.screenshot({ path: fileURLToPath(new URL('../docs/playground.png', import.meta.url)) });
await browser.close();
child.kill();
await once(child, 'exit');
await rm(dataDir, { recursive: true });
