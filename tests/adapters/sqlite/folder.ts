import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from '../../fixtures/at-end.ts';

/** A folder that is removed after the tests of the file. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'convenor-sqlite-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
