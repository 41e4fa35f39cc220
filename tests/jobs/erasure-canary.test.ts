import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { connectStores } from '../../src/adapters/mongo/connect.ts';
import { backUp, restore } from '../../src/adapters/sqlite/backup.ts';
import { databaseFile } from '../../src/adapters/sqlite/data-folder.ts';
import { type OpenStore, openStore } from '../../src/adapters/sqlite/open.ts';
import { readRedisAddress } from '../../src/config/redis-address.ts';
import { collect } from '../../src/core/async/collect.ts';
import { randomKey } from '../../src/core/base/id.ts';
import type { LogFields } from '../../src/core/base/log.ts';
import { createBot } from '../../src/core/bot/bot.ts';
import { allCommands } from '../../src/core/bot/commands.ts';
import { erasures } from '../../src/core/domain/erasures/erasure.ts';
import { members, newMember } from '../../src/core/domain/members/member.ts';
import { newPartnership, partnerships } from '../../src/core/domain/partnerships/partnership.ts';
import { personalDataOfDomain } from '../../src/core/domain/personal-data/declarations.ts';
import { wordsOfName } from '../../src/core/domain/personal-data/find-name.ts';
import {
  type PersonalData,
  textFieldsOf,
} from '../../src/core/domain/personal-data/personal-data.ts';
import { collectionOf } from '../../src/core/domain/personal-data/places.ts';
import { redoErasure } from '../../src/core/domain/personal-data/redo.ts';
import type { RawArgs } from '../../src/core/message/invocation.ts';
import { buttonsOf } from '../../src/core/message/reply.ts';
import type { Answer } from '../../src/core/ports/platform.ts';
import type { FieldKind, New, Row, Stores } from '../../src/core/ports/store.ts';
import { bullmqJobs } from '../../src/jobs/queue/bullmq.ts';
import { createWorker } from '../../src/jobs/worker.ts';
import { redoErasuresOnSqlite } from '../../src/ops/redo-erasures.ts';
import { adapterPersonalData } from '../../src/process/adapter-personal-data.ts';
import { openErasureRecords } from '../../src/process/erasure-records.ts';
import { allCollections } from '../../src/process/open-stores.ts';
import { randomIntegers } from '../chaos/random.ts';
import { startTestServer } from '../contracts/store/server.ts';
import { ChatPlatform } from '../doubles/chat-platform.ts';
import { atEnd } from '../fixtures/at-end.ts';
import { testErasureRecords } from '../fixtures/erasure-records.ts';
import { sized } from '../fixtures/proof.ts';
import { hasRedisServer, startRedis } from '../fixtures/redis.ts';

const NAME = 'Zebrina Quixwell';
/** One of these words in a file means that the name is there. */
const TRACE = /zebrina|quixwell/i;
const PARTNERSHIP = 'canary';

const declared = [...personalDataOfDomain, ...adapterPersonalData].filter(
  (one) => textFieldsOf(one).length > 0,
);

/** A value of a field that has nothing personal. */
const EMPTY: Readonly<Record<FieldKind, unknown>> = {
  text: 'x',
  integer: 1,
  flag: false,
  moment: new Date('2026-11-01T00:00:00.000Z'),
  list: [],
  data: {},
};

/** A message with the name in each place that a message has. */
const messageWith = (name: string) => ({
  text: [{ text: 'About ' }, { bold: name }, { member: 'nobody', name }],
  card: [
    { kind: 'text', text: [{ link: `${name}, by e-mail`, url: 'https://example.org' }] },
    {
      kind: 'row',
      text: [{ text: `Ring ${name}` }],
      buttons: [{ label: `Add ${name}`, command: 'partner add', args: { name } }],
    },
  ],
});

/** A row in which each field that can have a name has this one. */
function rowWith(name: string, id: string, { declaration, fields }: PersonalData): New<Row> {
  const words = `We met ${name}'s sister and ${name.toUpperCase()}.`;
  const values = Object.entries(declaration.fields).map(([field, kind]) => {
    if (['nextRunAt', 'claim', 'sending', 'removeAt'].includes(field)) return [field, null];
    if (field === 'partnership') return [field, PARTNERSHIP];
    const holds = fields[field];
    const isText = holds && !['member', 'identity'].includes(holds);
    if (!isText) return [field, holds || kind !== 'text' ? EMPTY[kind] : `x-${id}`];
    if (kind === 'text') return [field, words];
    return [field, kind === 'list' ? [words] : { answer: { reply: messageWith(name) } }];
  });
  return { id, ...Object.fromEntries(values) } as New<Row>;
}

const isPlanted = ({ declaration }: PersonalData) =>
  ![partnerships.name, members.name].includes(declaration.name);

/** Plants the name in some rows of each collection, among others, in random order. */
async function plant(stores: Stores): Promise<void> {
  const store = stores.forPartnership(PARTNERSHIP);
  const [withName, without] = [sized(12, 100), sized(60, 2_000)];
  const all = declared.filter(isPlanted).flatMap((one) => [
    ...Array.from({ length: withName }, (_, n) => ({ one, row: rowWith(NAME, `a${n}`, one) })),
    ...Array.from({ length: without }, (_, n) => ({
      one,
      row: rowWith('Ann Other', `b${n}`, one),
    })),
  ]);
  const keys = randomIntegers(0, 1_000_000_000, all.length);
  const order = all.map((entry, index) => ({ entry, key: keys[index] ?? 0 }));
  for (const { entry } of order.toSorted((a, b) => a.key - b.key)) {
    const rows = collectionOf(entry.one, { store, stores });
    await rows?.insert(entry.row);
  }
  const grace = { platform: 'test', workspace: 'W', user: 'grace' };
  const ada = { platform: 'test', workspace: 'W', user: 'ada' };
  const tom = { platform: 'test', workspace: 'W', user: 'tom' };
  const coordinator = { role: 'coordinator' } as const;
  await store
    .of(partnerships)
    .insert(newPartnership({ id: PARTNERSHIP, name: 'Riverside', zone: 'UTC' }, new Date(0)));
  await store.of(members).insertAll([
    newMember({ id: 'grace', name: 'Grace', ...coordinator, identities: [grace] }),
    newMember({ id: 'ada', name: 'Ada', ...coordinator, identities: [ada] }),
    {
      ...newMember({ id: 'left', name: NAME, role: 'worker', identities: [tom] }),
      active: false,
    },
  ]);
}

/** How many rows each collection has, and how many of them have the name. */
async function countRows(stores: Stores): Promise<Map<string, { rows: number; named: number }>> {
  const store = stores.forPartnership(PARTNERSHIP);
  const counts = new Map<string, { rows: number; named: number }>();
  for (const one of declared) {
    const rows = collectionOf(one, { store, stores });
    if (!rows) continue;
    const all = await collect(rows.all(one.rowsOf?.(PARTNERSHIP) ?? { index: 'byId' }));
    const named = all.filter((row) => TRACE.test(JSON.stringify(row))).length;
    counts.set(one.declaration.name, { rows: all.length, named });
  }
  return counts;
}

/** The files of a folder in which another process finds the name. */
function filesWithName(folder: string): string {
  const { stdout, status } = spawnSync('grep', ['-rlaiE', TRACE.source, folder], {
    encoding: 'utf8',
  });
  expect(status === 0 || status === 1).toBe(true);
  return stdout;
}

/** Another process, which reads the database in one transaction until its input ends. */
async function startReader(dataDir: string) {
  const binding = fileURLToPath(new URL('../../dist/adapters/sqlite/binding.js', import.meta.url));
  const code = `
    const { DatabaseSync } = await import(${JSON.stringify(binding)});
    const database = new DatabaseSync(${JSON.stringify(databaseFile(dataDir))}, { readOnly: true });
    database.exec('BEGIN');
    database.prepare('SELECT count(*) FROM contacts').all();
    console.log('reading');
    process.stdin.on('end', () => { database.close(); process.exit(); }).resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code]);
  await once(child.stdout, 'data');
  return {
    async stop() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

async function newFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `convenor-${name}-`));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const open = (dataDir: string): Promise<OpenStore> =>
  openStore({ dataDir, shapes: allCollections });

it.skipIf(!hasRedisServer)(
  'a name that is in every field is nowhere a minute after the last yes, nor in a restored backup',
  { timeout: 180_000 },
  async () => {
    const dataDir = await newFolder('canary');
    const backupDir = await newFolder('canary-backups');
    const store = await open(dataDir);
    const { stores } = store;
    await plant(stores);
    const before = await countRows(stores);
    for (const [name, { named }] of before)
      expect([name, named > 0]).toEqual([name, name !== partnerships.name]);
    const backup = join(backupDir, 'convenor-20261118T023000Z.db');
    await backUp(dataDir, backup);

    const lines: string[] = [];
    const note = (fields: LogFields, event: string) =>
      void lines.push(JSON.stringify({ fields, event }));
    const log = { info: note, warn: note, error: note };
    const erasureRecords = await openErasureRecords({ dataDir, backupDir, log });
    const clock = { now: () => new Date() };
    const redis = await startRedis();
    atEnd(redis.stop);
    const address = readRedisAddress(redis.url);
    if (!address) throw new Error('The address of the Redis cannot be read.');
    const jobs = bullmqJobs({ redis: address, log, name: `test-${randomKey()}` });
    const worker = createWorker({ stores, clock, jobs, log, erasureRecords, adapterPersonalData });
    const platform = new ChatPlatform();
    worker.adapters.set('test', platform);
    const wake = () => worker.sweep.wake();
    const bot = createBot({ stores, clock, commands: allCommands(), log, wake, erasureRecords });
    const use = (user: string, command: string, args: RawArgs): Promise<Answer> =>
      bot.handle({
        command,
        args,
        actor: { platform: 'test', workspace: 'W', user },
        place: { platform: 'test', workspace: 'W', channel: user, direct: true },
        profiles: { [user]: { name: user, zone: null, standing: 'full' } },
        partnership: PARTNERSHIP,
        key: randomKey(),
      });
    const pressed = (answer: Answer, label: string) => {
      const button = buttonsOf(answer.reply).find((one) => one.label.startsWith(label));
      if (!button) throw new Error(`There is no button ${label}.`);
      return use('grace', button.command, button.args);
    };

    worker.sweep.start();
    const preview = await use('grace', 'erase', { name: NAME });
    await pressed(preview, 'Erase');
    const reader = await startReader(dataDir);
    const [row] = await collect(
      stores.forPartnership(PARTNERSHIP).of(erasures).all({ index: 'byId' }),
    );
    const lastYes = Date.now();
    await use('ada', 'erase agree', { which: `#${row?.id}` });
    const stateOf = async () =>
      (
        await stores
          .forPartnership(PARTNERSHIP)
          .of(erasures)
          .get(row?.id ?? '')
      )?.nextStep;
    await expect.poll(stateOf, { timeout: 50_000 }).toBe('*files');
    await reader.stop();
    await expect
      .poll(
        async () =>
          (
            await stores
              .forPartnership(PARTNERSHIP)
              .of(erasures)
              .get(row?.id ?? '')
          )?.state,
        {
          timeout: 50_000,
        },
      )
      .not.toBe('erasing');
    expect(Date.now() - lastYes).toBeLessThan(60_000);

    const after = await countRows(stores);
    expect([...after].filter(([, { named }]) => named > 0)).toEqual([]);
    expect(filesWithName(dataDir)).toBe('');
    expect(lines.filter((line) => TRACE.test(line))).toEqual([]);
    const dump = spawnSync(
      'sh',
      [
        '-c',
        `for key in $(redis-cli -p ${redis.port} keys '*'); do redis-cli -p ${redis.port} dump "$key"; done`,
      ],
      { encoding: 'latin1' },
    );
    expect(dump.status).toBe(0);
    expect(dump.stdout).not.toMatch(TRACE);

    // Everything else is there.
    for (const one of declared) {
      const { name } = one.declaration;
      const [was, is] = [before.get(name), after.get(name)];
      if (!was || !is || name === 'deliveries' || name === 'historyEntries') continue;
      const gone = one.removesRow ? was.named : 0;
      expect([name, is.rows]).toEqual([name, was.rows - gone]);
    }
    await worker.stop();
    await store.close();
    expect(filesWithName(dataDir)).toBe('');

    // The backup from before has the name. A restoration erases it again.
    expect(filesWithName(backup)).not.toBe('');
    const restoredDir = await newFolder('canary-restored');
    spawnSync('cp', [join(dataDir, 'erased.key'), restoredDir]);
    await restore(backup, restoredDir, async (folder) => {
      expect(await redoErasuresOnSqlite(backup, restoredDir, folder)).toBe(1);
    });
    expect(filesWithName(restoredDir)).toBe('');
    const restored = await open(restoredDir);
    expect([...(await countRows(restored.stores))].filter(([, { named }]) => named > 0)).toEqual(
      [],
    );
    await restored.close();

    // Without the key, the texts of the places that were shown go. The playground's messages are not among these.
    const bareDir = await newFolder('canary-bare');
    await restore(backup, bareDir, async (folder) => {
      expect(await redoErasuresOnSqlite(backup, bareDir, folder)).toBe(1);
    });
    const bare = await open(bareDir);
    const named = [...(await countRows(bare.stores))].filter((entry) => entry[1].named > 0);
    expect(named.map(([name]) => name)).toEqual(['playgroundMessages']);
    await bare.close();
  },
);

it('on MongoDB no row has the name afterwards', { timeout: 180_000 }, async () => {
  const server = await startTestServer();
  atEnd(server.stop);
  const { stores, close } = await connectStores({
    uri: server.uri,
    database: server.database(),
    declarations: allCollections,
  });
  atEnd(close);
  await plant(stores);
  const records = testErasureRecords();
  const tombstone = {
    ...{ id: 'e1', partnership: PARTNERSHIP, day: '2026-11-18', keyId: records.keyId },
    ...{ name: wordsOfName(NAME).map(records.hash), texts: [], member: 'left', places: [] },
  };
  const personalData = [...personalDataOfDomain, ...adapterPersonalData];
  await redoErasure(tombstone, { stores, personalData, records, now: new Date() });
  expect(await stores.vacuum()).toBe(true);
  expect([...(await countRows(stores))].filter((entry) => entry[1].named > 0)).toEqual([]);
});
