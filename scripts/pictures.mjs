// Takes the pictures in docs/pictures from the playground: `npm run pictures`. With names after it, only those.
// The browser is the one that the tests use; CHROMIUM names another.
import { mkdir, writeFile } from 'node:fs/promises';
import { scenes } from './pictures/scenes.mjs';
import { openStage } from './pictures/stage.mjs';

const wanted = process.argv.slice(2);
const folder = new URL('../docs/pictures/', import.meta.url);

await mkdir(folder, { recursive: true });
const stage = await openStage();
try {
  for (const [name, scene] of Object.entries(scenes)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    await writeFile(new URL(`${name}.png`, folder), await stage.picture(scene));
    console.log(`docs/pictures/${name}.png`);
  }
} finally {
  await stage.close();
}
