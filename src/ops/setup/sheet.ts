import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ask } from './ask.ts';
import { type Handover, keeperIn, sheetOf } from './sheet-text.ts';

/**
 * Asks what the hand-over sheet needs besides. One that is there, and perhaps filled in, is replaced only if asked to.
 * @returns what writes it beside the settings; undefined: it stays as it is.
 */
export async function askSheet(
  ask: Ask,
  about: Omit<Handover, 'keeper'>,
): Promise<(() => void) | undefined> {
  const path = join(about.service.folder, 'HANDOVER.md');
  const there = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (there !== undefined) {
    if (there === sheetOf({ ...about, keeper: keeperIn(there) ?? '' })) return undefined;
    const question = `\n${path} differs from what would be written now. Write it anew?`;
    if (!(await ask.yes(question, false))) return undefined;
  }
  const question = '\nWho looks after it (name, and how to reach them; for the hand-over sheet)?';
  const keeper = (await ask.line(question)) || '______';
  return () => {
    writeFileSync(`${path}.next`, sheetOf({ ...about, keeper }));
    renameSync(`${path}.next`, path);
    ask.say(`The hand-over sheet is ${path}: print it, and fill in what it leaves open.`);
  };
}
