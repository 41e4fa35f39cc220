import { connectStores } from '../dist/adapters/mongo/connect.js';
import { readRedisAddress } from '../dist/config/redis-address.js';
import { collections } from '../dist/core/domain/collections.js';
import { followups } from '../dist/core/domain/followups/followup.js';
import { members, newMember } from '../dist/core/domain/members/member.js';
import { newPartnership, partnerships } from '../dist/core/domain/partnerships/partnership.js';
import { bullmqJobs } from '../dist/jobs/queue/bullmq.js';
import { createWorker } from '../dist/jobs/worker.js';

const PARTNERSHIP = 'bench';
const MEMBER_COUNT = 50;
const BATCH_SIZE = 500;
const YEAR_MS = 365 * 86_400_000;
const silent = { info() {}, warn() {}, error: console.error };

/** The worker as it ships, with an adapter that only records when it was called. */
export async function openReminders({ store: uri, redis, concurrency }) {
  const { stores, clock, close } = await connectStores({ uri, declarations: collections });
  const store = stores.forPartnership(PARTNERSHIP);
  await seed(store);
  const jobs = bullmqJobs({
    redis: readRedisAddress(redis),
    log: silent,
    concurrency,
    name: 'ours',
  });
  const worker = createWorker({ stores, clock, jobs, log: silent });
  const due = new Map();
  let sent = [];
  let reportAllSent = () => {};
  worker.adapters.set('bench', {
    platform: 'bench',
    profileOf: async ({ user: name }) => ({ name, zone: null, standing: 'full' }),
    async send({ reply }) {
      const title = reply.text.map((piece) => piece.text ?? piece.bold ?? '').join('');
      const [name] = /row-\d+/.exec(title);
      sent.push(clock.now().getTime() - due.get(name));
      if (sent.length === due.size) reportAllSent();
      return { outcome: 'sent', id: name };
    },
  });
  while ((await jobs.unfinished()) === undefined) await pause(20);
  let rowCount = await store.of(followups).count({ index: 'byId' });

  /** Inserts reminders due at given instants; resolves when the last has reached the adapter. */
  async function deliver(instants, onInserted = () => {}) {
    due.clear();
    sent = [];
    const rows = instants.map((at) => reminder(rowCount++, at));
    for (const { title, at } of rows) due.set(title, at.getTime());
    await inBatches(rows, (batch) => store.of(followups).insertAll(batch));
    onInserted();
    const done = new Promise((resolve) => {
      reportAllSent = resolve;
    });
    const start = performance.now();
    worker.sweep.start();
    await done;
    const took = performance.now() - start;
    while ((await jobs.unfinished()) !== 0) await pause(20);
    await worker.sweep.stop();
    return took;
  }

  return {
    /** How many reminders are sent in a second when all are due at once. */
    async rate(count, onInserted) {
      const now = clock.now().getTime();
      const took = await deliver(Array(count).fill(now), onInserted);
      return (count / took) * 1000;
    },
    /** How late each reminder was (ms) when all are due within one second. */
    async lateness(count, ahead) {
      const start = clock.now().getTime() + ahead;
      await deliver(Array.from({ length: count }, (_, index) => start + (index * 1000) / count));
      return sent;
    },
    /** Inserts follow-ups that are due in a year. */
    async open(count) {
      const at = clock.now().getTime() + YEAR_MS;
      const rows = Array.from({ length: count }, (_, index) => reminder(rowCount++, at + index));
      await inBatches(rows, (batch) => store.of(followups).insertAll(batch));
    },
    sweep: () => worker.sweep.once(),
    async stop() {
      await worker.stop();
      await close();
    },
  };
}

async function seed(store) {
  if (await store.of(partnerships).get(PARTNERSHIP)) return;
  const partnership = { id: PARTNERSHIP, name: 'Bench', zone: 'Europe/London' };
  await store.of(partnerships).insert(newPartnership(partnership, new Date(0)));
  const people = Array.from({ length: MEMBER_COUNT }, (_, index) => ({
    ...newMember({
      id: `member-${index}`,
      name: `Member ${index}`,
      role: 'worker',
      identities: [{ platform: 'bench', workspace: 'W', user: `user-${index}` }],
    }),
    rhythm: 'off',
  }));
  await store.of(members).insertAll(people);
}

function reminder(index, instant) {
  const at = new Date(instant);
  return {
    ...{ id: `followup-${index}`, title: `row-${index}`, partner: null, contact: null },
    ...{ ours: true, who: `member-${index % MEMBER_COUNT}`, asked: null, askedBy: null },
    ...{ dueDay: at.toISOString().slice(0, 10), at, state: 'open', createdBy: 'member-0' },
    ...{ createdAt: at, closedAt: null, nextRunAt: at, claim: null, sending: null },
  };
}

async function inBatches(rows, insert) {
  for (let start = 0; start < rows.length; start += BATCH_SIZE) {
    await insert(rows.slice(start, start + BATCH_SIZE));
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
