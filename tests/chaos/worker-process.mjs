// A worker as it ships, in a process that may be killed at any moment. Its options are its argument, as JSON. It prints
// the deliveries that it is sending: [] when it is loaded and connected, and then each time they change. It begins
// when it reads its timings, as a line of JSON.
import './machine-clock.mjs';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectStores } from '../../dist/adapters/mongo/connect.js';
import { readRedisAddress } from '../../dist/config/redis-address.js';
import { collections } from '../../dist/core/domain/collections.js';
import { bullmqJobs } from '../../dist/jobs/queue/bullmq.js';
import { createWorker } from '../../dist/jobs/worker.js';

const { store, redis, adapter } = JSON.parse(process.argv[2]);
const write = (fields, event) => console.error(event, JSON.stringify(fields));
const log = { info() {}, warn: write, error: write };

const timingsLine = once(process.stdin, 'data');
// The test's process is gone, so that nobody else would end this one.
process.stdin.once('end', () => process.exit());

const { openAdapter, ownCollections = [] } = await import(adapter.module);
const declarations = [...collections, ...ownCollections];
const { stores, clock } = await connectStores({ uri: store, declarations });
const opened = await openAdapter(adapter.options, { stores, clock, log });
const jobs = bullmqJobs({ redis: readRedisAddress(redis), log });
// Rows claimed before Redis is connected would wait for their lease to end.
while ((await jobs.unfinished()) === undefined) await sleep(20);
const sending = new Set();
const printSending = () => process.stdout.write(`${JSON.stringify([...sending])}\n`);
const { send } = opened;
opened.send = async (message) => {
  sending.add(message.delivery);
  printSending();
  try {
    return await send.call(opened, message);
  } finally {
    sending.delete(message.delivery);
    printSending();
  }
};
printSending();
const timings = JSON.parse(`${await timingsLine}`);
const worker = createWorker({ stores, clock, jobs, log, timings });
// Before the first job: without an adapter a job is put off for half a minute.
worker.adapters.set(opened.platform, opened);
worker.sweep.start();
