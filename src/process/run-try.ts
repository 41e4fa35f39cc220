import { playground } from '../adapters/playground/adapter.ts';
import { PlaygroundClock } from '../adapters/playground/clock.ts';
import { deletePartnershipData } from '../adapters/playground/delete-partnership-data.ts';
import {
  samplePartnership,
  seedContacts,
  seedRows,
} from '../adapters/playground/sample-partnership.ts';
import { createBot } from '../core/bot/bot.ts';
import { allCommands } from '../core/bot/commands.ts';
import { advanceClock } from '../jobs/advance-clock.ts';
import { inProcessJobs } from '../jobs/queue/in-process.ts';
import { createWorker } from '../jobs/worker.ts';
import { adapterPersonalData } from './adapter-personal-data.ts';
import { adapterRetentionRules } from './adapter-retention.ts';
import { openErasureRecords } from './erasure-records.ts';
import { healthRoutes } from './health.ts';
import { type ProcessContext, startAdapter } from './lifecycle.ts';
import { metrics } from './metrics.ts';
import { allCollections, openStores } from './open-stores.ts';

/**
 * `npm run try`: everything in one process, with the playground as the platform and a clock that can be moved on.
 * @returns what to tell the person who started it.
 */
export async function runTry(context: ProcessContext): Promise<string> {
  const { config, log, readiness, started } = context;
  const { stores, clock: storeClock } = await openStores(context);
  const erasureRecords = await openErasureRecords({ dataDir: config.dataDir });
  const { id: partnership, members } = samplePartnership;
  const clock = await PlaygroundClock.open(stores, partnership, storeClock);
  // Never a Redis, whatever the settings say: a queue elsewhere would not notice that this clock is moved.
  const jobs = inProcessJobs(clock);
  const processMetrics = metrics();
  const worker = createWorker({
    stores,
    clock,
    jobs,
    log,
    onAttempt: processMetrics.recordAttempt,
    adapterRules: adapterRetentionRules,
    adapterPersonalData,
    erasureRecords,
    onRowsRemoved: processMetrics.recordRemoval,
  });
  started.push(worker);
  const { adapters, sweep } = worker;
  processMetrics.watchWorker({ backlog: sweep.backlog, unfinished: jobs.unfinished });
  clock.onMove(() => jobs.moved());
  const bot = createBot({
    stores,
    clock,
    commands: allCommands(),
    erasureRecords,
    log,
    wake: () => sweep.wake(),
    onCommand: processMetrics.recordCommand,
  });

  const seed = async () => {
    await seedRows(stores, clock.now());
    await seedContacts(bot);
  };
  const adapter = playground({
    stores,
    partnership,
    members,
    clock,
    moveTo: (instant) => advanceClock(instant, { clock, sweep, jobs }),
    async reset() {
      await deletePartnershipData(stores, partnership, allCollections);
      await clock.reset();
      await seed();
    },
    processRoutes: [healthRoutes(readiness.missingParts), processMetrics.routes],
    port: config.port,
    log,
  });
  adapters.set(adapter.platform, adapter);
  await seed();
  await startAdapter(adapter, bot, context);
  sweep.start();
  return `The playground is ready: ${adapter.url}\nStop it with Ctrl+C. What you do there is kept in ${config.dataDir}.`;
}
