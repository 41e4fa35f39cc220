// A worker as it ships, in a process that may be killed at any moment. What to do it is told in JSON as its argument;
// it stands by when all is loaded and connected, and begins when a line comes in.
import './machine-clock.mjs';
import { once } from 'node:events';
import { setTimeout as pass } from 'node:timers/promises';
import { connectStores } from '../../dist/adapters/mongo/connect.js';
import { readRedisAddress } from '../../dist/config/redis-address.js';
import { collections } from '../../dist/core/domain/collections.js';
import { bullmqJobs } from '../../dist/jobs/queue/bullmq.js';
import { workerSide } from '../../dist/jobs/start.js';

const { store, redis, adapter } = JSON.parse(process.argv[2]);
const write = (fields, event) => console.error(event, JSON.stringify(fields));
const log = { info() {}, warn: write, error: write };

const told = once(process.stdin, 'data');
// Whoever started it is gone: nobody would end it.
process.stdin.once('end', () => process.exit());

const { openAdapter, own = [] } = await import(adapter.module);
const declarations = [...collections, ...own];
const { stores, clock } = await connectStores({ uri: store, declarations });
const opened = await openAdapter(adapter.options, { stores, clock, log });
const jobs = bullmqJobs({ redis: readRedisAddress(redis), log });
const worker = workerSide({ stores, clock, jobs, log });
// Before the first job comes in: one that nobody here can send waits for half a minute.
worker.adapters.set(opened.platform, opened);
// Redis is reached too: what is claimed before would wait for its lease.
while ((await jobs.unfinished()) === undefined) await pass(20);
console.log('standing by');
await told;
worker.sweep.start();
