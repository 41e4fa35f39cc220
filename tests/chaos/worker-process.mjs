// A worker as it ships, in a process that may be killed at any moment. What to do it is told in JSON as its argument.
import './machine-clock.mjs';
import { connectStores } from '../../dist/adapters/mongo/connect.js';
import { readRedisAddress } from '../../dist/config/redis-address.js';
import { collections } from '../../dist/core/collections.js';
import { bullmqJobs } from '../../dist/jobs/bullmq.js';
import { workerSide } from '../../dist/jobs/start.js';

const { store, redis, adapter } = JSON.parse(process.argv[2]);
const write = (fields, event) => console.error(event, JSON.stringify(fields));
const log = { info() {}, warn: write, error: write };

// Whoever started it is gone: nobody would end it.
process.stdin.resume().once('end', () => process.exit());

const { stores, clock } = await connectStores({ uri: store, declarations: collections });
const jobs = bullmqJobs({ redis: readRedisAddress(redis), log });
const worker = workerSide({ stores, clock, jobs, log });
const { openAdapter } = await import(adapter.module);
const opened = await openAdapter(adapter.options);
worker.adapters.set(opened.platform, opened);
worker.sweep.start();
console.log('ready');
