// A worker as it ships, in a process of its own, with an adapter that only counts. `scale.mjs` forks it and asks for reports.
import { connectStores } from '../dist/adapters/mongo/connect.js';
import { readRedisAddress } from '../dist/config/redis-address.js';
import { collections } from '../dist/core/domain/collections.js';
import { bullmqJobs } from '../dist/jobs/queue/bullmq.js';
import { createWorker } from '../dist/jobs/worker.js';

const log = { info() {}, warn() {}, error: console.error };
const { store, redis } = JSON.parse(process.argv[2]);
let operations = 0;
let late = [];
let sent = 0;

const { stores, clock, close } = await connectStores({
  uri: store,
  declarations: collections,
  onCommand: () => {
    operations++;
  },
});
const jobs = bullmqJobs({ redis: readRedisAddress(redis), log });
const onAttempt = ({ outcome, lateness }) => {
  if (outcome === 'sent') late.push(lateness);
};
const worker = createWorker({ stores, clock, jobs, log, onAttempt });
worker.adapters.set('bench', {
  platform: 'bench',
  profileOf: async ({ user: name }) => ({ name, zone: null, standing: 'full' }),
  send: async () => ({ outcome: 'sent', id: String(sent++) }),
});
worker.sweep.start();

/** The work since the last report. */
function report() {
  const { user, system } = process.cpuUsage();
  const figures = { late, operations, cpu: (user + system) / 1_000 };
  [late, operations] = [[], 0];
  return figures;
}
process.on('message', async (request) => {
  if (request === 'report') return process.send(report());
  await worker.stop();
  await close();
  process.exit();
});
process.send('ready');
