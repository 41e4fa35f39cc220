// Reminders with a real Redis and the store in a process of its own, from the due row to the adapter. They are compared
// with a bare BullMQ worker whose handler only makes the same driver operations, one after the other.
import { Redis } from 'ioredis';
import { openBare } from './bare-worker.mjs';
import { monitored } from './monitor.mjs';
import { openReminders } from './reminder-worker.mjs';
import { openRedis, openStoreProcess } from './servers.mjs';
import { percentile, promise, timed } from './statistics.mjs';

const CONCURRENCY = 10;
const REMINDERS = 2_000;
const MONITORED_REMINDERS = 500;
const ROUNDS = 3;
const BURSTS = 1;
const FEW_ROWS = 1_000;
const MANY_ROWS = 200_000;
/** How long before they are due the rows are inserted (ms). */
const LEAD_TIME_MS = 8_000;

export async function benchReminders() {
  const redis = await openRedis();
  if (!redis) return console.log('reminders: skipped, because there is no redis-server here.');
  const store = await openStoreProcess();
  const servers = { store: store.uri, redis: redis.url, concurrency: CONCURRENCY };
  const commands = await commandsOf(servers);
  const ours = await openReminders(servers);
  try {
    const bare = await openBare({ ...servers, commands });
    await benchRate(ours, bare, commands);
    await benchLateness(ours, bare);
    await bare.stop();
    await benchOpen(ours, new Redis(redis.url));
  } finally {
    await ours.stop();
    await store.stop();
    await redis.stop();
  }
}

/** The driver commands of one reminder, measured over many. Commands that many share, such as a sweep's read, are left out. */
async function commandsOf(servers) {
  const { opened: ours, recorded } = await monitored(() => openReminders(servers));
  await ours.rate(MONITORED_REMINDERS, () => {
    recorded.length = 0;
  });
  await ours.stop();
  const kinds = new Map();
  for (const command of recorded) {
    const kind = `${command.name} ${command.collection}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), command]);
  }
  return [...kinds.values()].flatMap((all) =>
    Array(Math.round(all.length / MONITORED_REMINDERS)).fill(all.find(isOfOneRow) ?? all[0]),
  );
}

const isOfOneRow = ({ filter }) => typeof filter?._id === 'string';

async function benchRate(ours, bare, commands) {
  const rates = { ours: [], bare: [] };
  // In turns, so that a busy moment of the machine affects both.
  for (let round = 0; round < ROUNDS; round++) {
    rates.ours.push(await ours.rate(REMINDERS));
    rates.bare.push(await bare.rate(REMINDERS));
  }
  const [our, their] = [percentile(rates.ours, 0.5), percentile(rates.bare, 0.5)];
  promise(
    'bare worker to reminders a second',
    their / our,
    1 / 0.6,
    `(${our.toFixed(0)} a second to ${their.toFixed(0)} with ${commands.length} driver operations each: ${commands.map(({ name, collection }) => `${name} ${collection}`).join(', ')})`,
  );
}

async function benchLateness(ours, bare) {
  const late = { ours: [], bare: [] };
  for (let round = 0; round < BURSTS; round++) {
    late.ours.push(percentile(await ours.lateness(REMINDERS, LEAD_TIME_MS), 0.99));
    late.bare.push(percentile(await bare.lateness(REMINDERS, LEAD_TIME_MS), 0.99));
  }
  const [our, their] = [percentile(late.ours, 0.5), percentile(late.bare, 0.5)];
  promise(
    `ms of lateness (p99, ${REMINDERS} due in a second) above the bare worker's`,
    our - their,
    250,
    `(${our.toFixed(0)} ms to ${their.toFixed(0)} ms)`,
  );
}

async function benchOpen(ours, redis) {
  await ours.open(FEW_ROWS);
  const few = await timed(300, () => ours.sweep());
  const before = await memory(redis);
  await ours.open(MANY_ROWS - FEW_ROWS);
  const many = await timed(300, () => ours.sweep());
  const after = await memory(redis);
  redis.disconnect();
  const [small, large] = [percentile(few, 0.5), percentile(many, 0.5)];
  promise(
    'an idle sweep, 200,000 open follow-ups to 1,000',
    large / small,
    1.5,
    `(${large.toFixed(2)} ms to ${small.toFixed(2)} ms)`,
  );
  promise(
    'Redis memory, 200,000 open follow-ups to 1,000',
    after / before,
    1.1,
    `(${(after / 1024).toFixed(0)} kB to ${(before / 1024).toFixed(0)} kB)`,
  );
}

async function memory(redis) {
  return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))[1]);
}

if (process.argv[1]?.endsWith('reminders.mjs')) await benchReminders();
