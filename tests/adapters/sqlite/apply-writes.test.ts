import { join } from 'node:path';
import { expect, it } from 'vitest';
import { applyWrites } from '../../../src/adapters/sqlite/apply-writes.ts';
import type { Database } from '../../../src/adapters/sqlite/binding.ts';
import { openDatabase } from '../../../src/adapters/sqlite/open-database.ts';
import type { WriteOp } from '../../../src/adapters/sqlite/write-op.ts';
import { scratchFolder } from './folder.ts';

async function database(): Promise<Database> {
  const opened = openDatabase(join(await scratchFolder(), 'test.db'));
  opened.exec('CREATE TABLE rows (id TEXT PRIMARY KEY, text TEXT) STRICT');
  return opened;
}

const insert = (id: string, text = '') => ({
  sql: 'INSERT INTO rows VALUES (?, ?)',
  params: [id, text],
});
const update = (id: string, text: string) => ({
  sql: 'UPDATE rows SET text = ? WHERE id = ?',
  params: [text, id],
});
const alone = (...statements: WriteOp['statements']): WriteOp => ({ statements });
const together = (...statements: WriteOp['statements']): WriteOp => ({
  statements,
  together: true,
});
const ids = (rows: Database) =>
  rows
    .prepare('SELECT id FROM rows ORDER BY id')
    .all()
    .map(({ id }) => id);

it('tells the fate of each statement, and a taken key spoils nothing else', async () => {
  const rows = await database();
  const results = applyWrites(rows)([
    alone(insert('a'), insert('a'), insert('b')),
    alone(update('a', 'x'), update('nobody', 'x')),
  ]);
  expect(results).toEqual([{ results: [1, 'conflict', 1] }, { results: [1, 0] }]);
  expect(ids(rows)).toEqual(['a', 'b']);
});

it('does what belongs together whole or not at all, and goes on with the next', async () => {
  const rows = await database();
  const results = applyWrites(rows)([
    together(insert('a'), update('nobody', 'x'), insert('b')),
    together(insert('c'), insert('c')),
    together(insert('d'), update('d', 'x')),
  ]);
  expect(results).toEqual([{ results: [1, 0] }, { results: [1, 'conflict'] }, { results: [1, 1] }]);
  expect(ids(rows)).toEqual(['d']);
});

it('answers nobody of a group as done that a full disk took back', async () => {
  const rows = await database();
  const apply = applyWrites(rows);
  const pages = Number(rows.prepare('PRAGMA page_count').get()?.page_count);
  rows.exec(`PRAGMA max_page_count = ${pages + 4}`);
  const large = 'x'.repeat(100_000);
  const results = apply([
    alone(insert('a')),
    alone(insert('large', large)),
    together(insert('b'), update('b', 'x')),
  ]);
  expect(results.map((result) => 'results' in result)).toEqual([true, false, true]);
  expect(ids(rows)).toEqual(['a', 'b']);
  // With room again it goes on by itself.
  rows.exec('PRAGMA max_page_count = 1000000');
  expect(apply([alone(insert('large', large))])).toEqual([{ results: [1] }]);
  expect(ids(rows)).toEqual(['a', 'b', 'large']);
});

it('names what went wrong by the result code', async () => {
  const rows = await database();
  const [result] = applyWrites(rows)([
    alone({ sql: 'INSERT INTO absent VALUES (?)', params: [1] }),
  ]);
  expect(result).toMatchObject({ failure: { code: 1, message: 'no such table: absent' } });
});
