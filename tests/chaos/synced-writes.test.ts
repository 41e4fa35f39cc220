import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/adapters/sqlite/open-database.ts';
import { isProof } from '../fixtures/proof.ts';
import { newDataFolder } from '../fixtures/try-process.ts';

const dist = (path: string) => fileURLToPath(new URL(`../../dist/${path}`, import.meta.url));

async function newFolder(): Promise<string> {
  const { dataDir, remove } = await newDataFolder();
  onTestFinished(remove);
  return dataDir;
}

it('the connection that writes waits for the disk at each commit', async () => {
  // The writer's thread opens its connection by the same function.
  const database = openDatabase(join(await newFolder(), 'convenor.db'));
  // 2 is FULL: the write-ahead log is synced at each commit, https://sqlite.org/pragma.html#pragma_synchronous
  expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
  expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  database.close();
});

const WRITES = 50;
/** Why syncs cannot be counted; undefined if they can. */
function whyNoStrace(): string | undefined {
  if (!isProof) return 'only in npm run proof';
  return spawnSync('strace', ['true']).status === 0 ? undefined : 'strace is not there';
}

it('strace sees a sync for each write, before it is answered', async ({ skip }) => {
  const reason = whyNoStrace();
  if (reason) skip(reason);
  const folder = await newFolder();
  const calls = join(folder, 'calls');
  const program = `
    const { openStore } = await import(${JSON.stringify(dist('adapters/sqlite/open.js'))});
    const { receipts } = await import(${JSON.stringify(dist('core/domain/receipts/receipt.js'))});
    const { stores } = await openStore({ dataDir: ${JSON.stringify(join(folder, 'data'))}, shapes: [receipts] });
    const row = { partnership: 'p', command: 'log', actor: 'a', at: new Date(0), answer: {}, changes: [], undoable: false };
    const { writeSync } = await import('node:fs');
    for (let id = 0; id < ${WRITES}; id++) {
      writeSync(1, 'before ' + id + '\\n');
      await stores.global(receipts).insert({ ...row, id: String(id) });
      writeSync(1, 'after ' + id + '\\n');
    }
    process.exit();`;
  const traced = ['-f', '-s', '20', '-e', 'trace=fdatasync,fsync,write', '-o', calls];
  const { status } = spawnSync('strace', [
    ...traced,
    ...[process.execPath, '--input-type=module', '-e', program],
  ]);
  expect(status).toBe(0);
  // Between the two lines of each write there is a sync.
  const lines = readFileSync(calls, 'utf8').split('\n');
  for (let id = 0; id < WRITES; id++) {
    const from = lines.findIndex((line) => line.includes(`"before ${id}\\n`));
    const to = lines.findIndex((line) => line.includes(`"after ${id}\\n`));
    expect(to).toBeGreaterThan(from);
    const between = lines.slice(from, to);
    expect(
      between.some((line) => /f(data)?sync\(/.test(line)),
      `write ${id}`,
    ).toBe(true);
  }
});
