// How long others wait while a list of partners is read: the longest time that nobody has a turn.
import { setImmediate } from 'node:timers/promises';
import { readTable } from '../dist/core/features/partners/csv.js';
import { promise } from './statistics.mjs';

const MAX_BLOCK_MS = 50;
const ROUNDS = 5;

const FILES = {
  'of 495,000 rows of one letter': `name\n${'a\n'.repeat(495_000)}`,
  'of 330,000 empty rows': `name,level\n${',\n'.repeat(330_000)}Elm House,local`,
  'of one row with 495,000 cells': `name${',a'.repeat(495_000)}\nElm House`,
  'of one cell that never ends': `name\n"${'a\n'.repeat(490_000)}`,
};

export async function benchPartnerFile() {
  for (const [name, file] of Object.entries(FILES)) {
    const blocks = [];
    // Other work of the machine only makes a block longer.
    for (let round = 0; round < ROUNDS; round++) blocks.push(await longestBlock(file));
    promise(`a list ${name}`, Math.min(...blocks), MAX_BLOCK_MS, 'ms (longest block)');
  }
}

/** The longest time between two turns of others while a file is read (ms). */
async function longestBlock(file) {
  let isDone = false;
  const done = readTable(file)
    .catch(() => undefined)
    .finally(() => {
      isDone = true;
    });
  let longest = 0;
  let before = performance.now();
  while (!isDone) {
    await setImmediate();
    const now = performance.now();
    longest = Math.max(longest, now - before);
    before = now;
  }
  await done;
  return longest;
}
