import { readFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Redis } from 'ioredis';
import { connectStores } from '../dist/adapters/mongo/connect.js';
import { collections } from '../dist/core/domain/collections.js';
import { followups } from '../dist/core/domain/followups/followup.js';
import { answerHelp } from '../scripts/usage.mjs';
import { reminder, seedPartnerships } from './partnerships.mjs';
import { openRedis, openStoreProcess } from './servers.mjs';
import { percentile } from './statistics.mjs';
import { startWorkers } from './worker-pool.mjs';

answerHelp(`Usage: npm run bench:scale
Measures 1, 2 and 4 workers on a real Redis over 10, 100 and 1,000 partnerships, as ratios of one run for docs/scale.md.`);

const PARTNERSHIPS = [10, 100, 1_000];
const WORKERS = [1, 2, 4];
/** Reminders in each measurement, for any number of partnerships. */
const REMINDERS = 1_000;
/** How long before they are due they are inserted (ms). */
const LEAD_TIME_MS = 6_000;
/** How long idle workers are measured (ms). */
const IDLE_MS = 10_000;
/** Linux counts a process's CPU time in hundredths of a second: man 5 proc. */
const CPU_TICK_MS = 10;

async function benchScale() {
  const redis = await openRedis();
  if (!redis) return console.log('scale: left out, since there is no redis-server here.');
  console.log(`${availableParallelism()} processor cores for the workers, the store and Redis.`);
  const rows = [];
  try {
    for (const count of PARTNERSHIPS) rows.push(await measure(count, redis));
  } finally {
    await redis.stop();
  }
  tell(rows);
}

/** Measures each number of workers with one number of partnerships. */
async function measure(count, redis) {
  const store = await openStoreProcess();
  const { stores, clock, close } = await connectStores({
    uri: store.uri,
    declarations: collections,
  });
  const client = new Redis(redis.url);
  try {
    await client.flushall();
    const empty = await memory(client);
    const before = await bytes(store);
    const ids = await seedPartnerships(stores, count, clock.now());
    const row = { count, storeBytes: ((await bytes(store)) - before) / count, by: [] };
    for (const workers of WORKERS) {
      const pool = await startWorkers(workers, { store: store.uri, redis: redis.url });
      const place = { stores, clock, ids, pool, store, client };
      if (workers === 1) Object.assign(row, await idle(place, count, empty));
      row.by.push({
        workers,
        ...(await burst(place, `burst-${workers}`)),
        ...(await rate(place, `rate-${workers}`)),
      });
      await pool.stop();
      console.log(`  ${count} partnerships, ${workers} workers: measured`);
    }
    return row;
  } finally {
    client.disconnect();
    await close();
    await store.stop();
  }
}

/** The cost of partnerships while nothing is due. */
async function idle({ pool, store, client }, count, empty) {
  await pool.report();
  const start = await cpuOf(store);
  await pause(IDLE_MS);
  const { operations, cpu } = await pool.report();
  const seconds = IDLE_MS / 1_000;
  return {
    idleOperations: operations / seconds,
    idleCpu: (cpu + (await cpuOf(store)) - start) / seconds,
    idleRedis: ((await memory(client)) - empty) / count,
  };
}

/** Reminders that are due within one second. */
async function burst(place, name) {
  const { clock, pool, client } = place;
  await pool.report();
  const before = await memory(client);
  const start = clock.now().getTime() + LEAD_TIME_MS;
  await insert(place, name, (index) => new Date(start + (index * 1_000) / REMINDERS));
  await pause(Math.max(0, start - clock.now().getTime()));
  const redis = ((await memory(client)) - before) / REMINDERS;
  const { late } = await allSent(place);
  return { redis, p50: percentile(late, 0.5), p99: percentile(late, 0.99) };
}

/** Reminders that are all due at once. */
async function rate(place, name) {
  const { clock, pool, store } = place;
  await pool.report();
  const storeCpu = await cpuOf(store);
  const now = clock.now();
  const start = performance.now();
  await insert(place, name, () => now);
  const { operations, cpu, took } = await allSent(place, start);
  return {
    rate: (REMINDERS / took) * 1_000,
    operations: operations / REMINDERS,
    cpu: cpu / REMINDERS,
    storeCpu: ((await cpuOf(store)) - storeCpu) / REMINDERS,
  };
}

/** Inserts reminders, spread evenly over the partnerships. */
async function insert({ stores, ids }, name, due) {
  const each = new Map(ids.map((id) => [id, []]));
  for (let index = 0; index < REMINDERS; index++) {
    const id = ids[index % ids.length];
    each.get(id).push(reminder(id, `${name}-${index}`, due(index)));
  }
  const written = [...each].map(([id, rows]) =>
    stores.forPartnership(id).of(followups).insertAll(rows),
  );
  await Promise.all(written);
}

/** Waits until all have been sent. */
async function allSent({ pool }, start = performance.now()) {
  const total = { late: [], operations: 0, cpu: 0 };
  while (total.late.length < REMINDERS) {
    await pause(100);
    const { late, operations, cpu } = await pool.report();
    total.late.push(...late);
    total.operations += operations;
    total.cpu += cpu;
  }
  return { ...total, took: performance.now() - start };
}

function tell(rows) {
  console.log(
    '\npartnerships  workers  reminders/s  to 1 worker  late p50, p99 (ms)  operations  CPU ms (worker + store)',
  );
  for (const { count, by } of rows) {
    for (const one of by) {
      const cells = [
        String(count).padStart(12),
        String(one.workers).padStart(7),
        one.rate.toFixed(0).padStart(11),
        (one.rate / by[0].rate).toFixed(2).padStart(11),
        `${one.p50.toFixed(0)}, ${one.p99.toFixed(0)}`.padStart(18),
        one.operations.toFixed(1).padStart(10),
        `${one.cpu.toFixed(2)} + ${one.storeCpu.toFixed(2)}`.padStart(23),
      ];
      console.log(cells.join('  '));
    }
  }
  console.log(
    '\ncost of a partnership      ',
    rows.map(({ count }) => String(count).padStart(9)).join(''),
    '  last to first',
  );
  line('store, bytes', rows, ({ storeBytes }) => storeBytes, 0);
  line('Redis at rest, bytes', rows, ({ idleRedis }) => idleRedis, 0);
  line('Redis for a reminder, bytes', rows, ({ by }) => by[0].redis, 0);
  line('operations for a reminder', rows, ({ by }) => by[0].operations, 2);
  line('CPU ms for a reminder', rows, ({ by }) => by[0].cpu + by[0].storeCpu, 2);
  line('operations/s at rest, of all', rows, ({ idleOperations }) => idleOperations, 1);
  line('CPU ms/s at rest, of all', rows, ({ idleCpu }) => idleCpu, 1);
}

function line(what, rows, of, digits) {
  const values = rows.map(of);
  const cells = values.map((value) => value.toFixed(digits).padStart(9));
  console.log(what.padEnd(29), cells.join(''), (values.at(-1) / values[0]).toFixed(2).padStart(13));
}

async function memory(client) {
  return Number(/used_memory:(\d+)/.exec(await client.info('memory'))[1]);
}

/** The size of the store's files. */
async function bytes({ file }) {
  const sizes = [file, `${file}-wal`].map((path) => stat(path).catch(() => ({ size: 0 })));
  return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
}

/** CPU ms of the store's process so far. */
async function cpuOf({ pid }) {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * CPU_TICK_MS;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

await benchScale();
