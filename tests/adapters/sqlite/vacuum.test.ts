import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { databaseFile } from '../../../src/adapters/sqlite/data-folder.ts';
import { openStore } from '../../../src/adapters/sqlite/open.ts';
import { defineCollection, type Row } from '../../../src/core/ports/store.ts';

interface Note extends Row {
  words: string;
}

const notes = defineCollection<Note>()({
  name: 'notes',
  scope: 'partnership',
  fields: { words: 'text' },
  indexes: { byWords: { on: ['words'] } },
});

const SECRET = 'quixwell';

async function openFolder() {
  const dataDir = await mkdtemp(join(tmpdir(), 'convenor-vacuum-'));
  const { stores, close } = await openStore({ dataDir, shapes: [notes] });
  onTestFinished(async () => {
    await close();
    await rm(dataDir, { recursive: true });
  });
  /** Whether another process finds the secret in a file: this one must not open the database by itself. */
  const isInFiles = () => spawnSync('grep', ['-rqa', SECRET, dataDir]).status === 0;
  return { dataDir, stores, rows: stores.forPartnership('p').of(notes), isInFiles };
}

const note = (index: number) => ({
  id: `n${index}`,
  words: `${SECRET} ${index} ${'x'.repeat(300)}`,
});

it('nothing of removed and changed rows is left in the files', async () => {
  const { stores, rows, isInFiles } = await openFolder();
  await rows.insertAll(Array.from({ length: 500 }, (_, index) => note(index * 7)));
  await rows.insertAll(Array.from({ length: 500 }, (_, index) => note(index * 7 + 3)));
  for (const row of (await rows.find({ index: 'byId' }, 2_000)).rows) {
    if (row.id.endsWith('1')) await rows.remove(row.id);
    else await rows.save({ ...row, words: 'nothing' });
  }
  expect(await stores.vacuum()).toBe(true);
  expect(isInFiles()).toBe(false);
});

it('writes that come meanwhile wait, and are kept; reads go on', async () => {
  const { stores, rows } = await openFolder();
  await rows.insertAll(Array.from({ length: 300 }, (_, index) => note(index)));
  const page = rows.all({ index: 'byId' }, 10)[Symbol.asyncIterator]();
  await page.next();
  const vacuumed = stores.vacuum();
  const written = Array.from({ length: 50 }, (_, index) =>
    rows.insert({ id: `m${index}`, words: 'meanwhile' }),
  );
  expect(await rows.get('n1')).toBeDefined();
  expect(await vacuumed).toBe(true);
  await Promise.all(written);
  expect(await rows.count({ index: 'byId' })).toBe(350);
  expect((await page.next()).done).toBe(false);
});

it('is false while another process reads what was there before, and true afterwards', async () => {
  const { dataDir, stores, rows, isInFiles } = await openFolder();
  await rows.insert(note(1));
  const binding = fileURLToPath(
    new URL('../../../dist/adapters/sqlite/binding.js', import.meta.url),
  );
  const code = `
    const { DatabaseSync } = await import(${JSON.stringify(binding)});
    const database = new DatabaseSync(${JSON.stringify(databaseFile(dataDir))}, { readOnly: true });
    database.exec('BEGIN');
    database.prepare('SELECT count(*) FROM notes').all();
    console.log('reading');
    process.stdin.on('end', () => { database.close(); process.exit(); }).resume();`;
  const reader = spawn(process.execPath, ['--input-type=module', '-e', code]);
  await once(reader.stdout, 'data');
  await rows.remove('n1');
  expect(await stores.vacuum()).toBe(false);
  expect(isInFiles()).toBe(true);
  await rows.insert({ id: 'n2', words: 'later' });
  reader.stdin.end();
  await once(reader, 'exit');
  expect(await stores.vacuum()).toBe(true);
  expect(isInFiles()).toBe(false);
  expect(await rows.get('n2')).toBeDefined();
}, 30_000);
