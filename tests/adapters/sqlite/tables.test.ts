import { join } from 'node:path';
import { expect, it } from 'vitest';
import { planQuery } from '../../../src/adapters/shared/store/query-plan.ts';
import { StoreTooNew } from '../../../src/adapters/shared/store/store-too-new.ts';
import type { Database } from '../../../src/adapters/sqlite/binding.ts';
import { openDatabase } from '../../../src/adapters/sqlite/open-database.ts';
import { countSql, selectSql } from '../../../src/adapters/sqlite/query-sql.ts';
import { migrate, schemaVersion } from '../../../src/adapters/sqlite/schema-version.ts';
import { ensureTables } from '../../../src/adapters/sqlite/tables.ts';
import { collections } from '../../../src/core/domain/collections.ts';
import type { AnyDeclaration, Collection } from '../../../src/core/ports/store.ts';
import { type Thing, thing, things } from '../../contracts/store/things.ts';
import { openQuickly } from '../../fixtures/store.ts';
import { scratchFolder } from './folder.ts';

const database = async () => openDatabase(join(await scratchFolder(), 'test.db'));

const indexesOf = (rows: Database) =>
  rows
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
    )
    .all()
    .map(({ name }) => name);

it('answers each query on a declared index by that index, without sorting', async () => {
  const rows = await database();
  ensureTables(rows, collections);
  for (const shape of collections) {
    const tenant = shape.scope === 'partnership' ? 'p' : undefined;
    for (const index of ['byId', ...Object.keys(shape.indexes)]) {
      for (const descending of [false, true]) {
        const plan = planQuery(shape, { index, descending });
        const { sql, params } = selectSql(shape, tenant, plan, 10);
        const steps = rows.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params);
        const told = steps.map(({ detail }) => detail).join('; ');
        expect(told).toContain(`USING INDEX ${shape.name}.${index}`);
        expect(told).not.toContain('TEMP B-TREE');
        const count = countSql(shape, tenant, plan);
        rows.prepare(count.sql).get(...count.params);
      }
    }
  }
});

it('adds fields and indexes that are new, and drops indexes that are no longer declared', async () => {
  const rows = await database();
  const { rank: _, ...fields } = things.fields;
  ensureTables(rows, [{ ...things, fields, indexes: { byOld: { on: ['group'] } } }]);
  ensureTables(rows, [things]);
  const standing = indexesOf(rows);
  expect(standing).toContain('things.byGroup');
  expect(standing).not.toContain('things.byOld');
  ensureTables(rows, [things]);
  expect(indexesOf(rows)).toEqual(standing);
});

it('finds older rows by an index that is new, or was taken away for a while', async () => {
  const folder = await scratchFolder();
  const { byGroup: _, ...otherIndexes } = things.indexes;
  const older = { ...things, indexes: otherIndexes };
  const at = new Date('2026-11-18T10:00:00Z');
  const using = async (
    shape: AnyDeclaration,
    work: (rows: Collection<Thing, 'byGroup' | 'byDone'>) => Promise<unknown>,
  ) => {
    const { stores, close } = await openQuickly(folder, [shape]);
    const result = await work(stores.forPartnership('p').of(shape) as never);
    await close();
    return result;
  };
  const idsOf = (group: string) => (rows: Collection<Thing, 'byGroup' | 'byDone'>) =>
    rows
      .find({ index: 'byGroup', where: { group } }, 9)
      .then((found) => found.rows.map(({ id }) => id));
  await using(older, (rows) =>
    rows.insertAll([thing({ id: 'a', group: 'x\0', rank: 2, at }), thing({ id: 'b' })]),
  );
  expect(await using(things, idsOf('x\0'))).toEqual(['a']);
  await using(older, async (rows) => {
    const row = await rows.get('a');
    return row && rows.save({ ...row, group: 'y' });
  });
  expect(await using(things, idsOf('y'))).toEqual(['a']);
  expect(await using(things, (rows) => rows.get('a'))).toMatchObject({ group: 'y', rank: 2, at });
});

it('makes another index of the same name where its fields have changed', async () => {
  const rows = await database();
  ensureTables(rows, [{ ...things, indexes: { byGroup: { on: ['done'] } } }]);
  ensureTables(rows, [things]);
  const { sql } = rows
    .prepare("SELECT sql FROM sqlite_schema WHERE name = 'things.byGroup'")
    .get() as { sql: string };
  expect(sql).toContain('"group", "rank"');
});

it('migrates a store step by step, all or nothing, and a new one not at all', async () => {
  const rows = await database();
  const ran: string[] = [];
  const step = (name: string, fail = false) => ({
    name,
    run(given: Database) {
      ran.push(name);
      given.exec(`CREATE TABLE ${name} (id TEXT)`);
      if (fail) throw new Error('It broke.');
    },
  });
  migrate(rows, () => {}, { steps: [] });
  expect(schemaVersion(rows)).toBe(1);
  expect(() => migrate(rows, () => {}, { steps: [step('one'), step('two', true)] })).toThrow(
    'It broke.',
  );
  expect(schemaVersion(rows)).toBe(1);
  const told: string[] = [];
  const steps = [step('one'), step('two')];
  migrate(rows, () => {}, { steps, onStep: (name) => told.push(name) });
  migrate(rows, () => {}, { steps, onStep: (name) => told.push(name) });
  expect(schemaVersion(rows)).toBe(3);
  expect(told).toEqual(['one', 'two']);
  expect(ran).toEqual(['one', 'two', 'one', 'two']);

  const fresh = await database();
  migrate(fresh, () => {}, { steps });
  expect(schemaVersion(fresh)).toBe(3);
  expect(ran).toHaveLength(4);
});

it('leaves a store alone that a newer program has used', async () => {
  const rows = await database();
  rows.exec('PRAGMA user_version = 99');
  expect(() => migrate(rows, () => {})).toThrow(StoreTooNew);
  expect(() => migrate(rows, () => {})).toThrow('Start that newer version');
  expect(schemaVersion(rows)).toBe(99);
});
