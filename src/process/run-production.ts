import { Router } from 'express';
import type { Config } from '../config/config.ts';
import { rateLimit } from '../core/async/rate-limit.ts';
import { COMMANDS_PER_MINUTE, createBot } from '../core/bot/bot.ts';
import { allCommands } from '../core/bot/commands.ts';
import { directoriesOf } from '../core/domain/directory/directory.ts';
import { inProcessJobs } from '../jobs/queue/in-process.ts';
import { createWorker } from '../jobs/worker.ts';
import { adapterPersonalData } from './adapter-personal-data.ts';
import { adapterRetentionRules } from './adapter-retention.ts';
import { openErasureRecords } from './erasure-records.ts';
import { healthServer } from './health-server.ts';
import { type ProcessContext, startAdapter } from './lifecycle.ts';
import { metrics } from './metrics.ts';
import { openStores } from './open-stores.ts';

/**
 * How long a process that Slack reaches by HTTP still takes requests after it has said that it is not ready. A load
 * balancer that asks every second or two has turned to another process by then.
 */
const DRAIN_MS = 5_000;

/**
 * Loads the parts that bring a large library, and only those that are configured. This happens before anything
 * listens, so that `/readyz` answers quickly from its first moment.
 */
async function loadConfigured({ redis, roles, slack, discord }: Config) {
  return {
    ...(redis && roles.includes('worker') && (await import('../jobs/queue/bullmq.ts'))),
    ...(slack && (await import('../adapters/slack/adapter.ts'))),
    ...(discord && (await import('../adapters/discord/adapter.ts'))),
  };
}

/**
 * `npm start`: takes on the roles of the settings.
 * @returns what to tell the person who started it.
 */
export async function runProduction(context: ProcessContext): Promise<string> {
  const { config, log, readiness, started } = context;
  const { roles, host, port } = config;
  const { bullmqJobs, slack, discord } = await loadConfigured(config);
  const processMetrics = metrics();
  const routes = Router();
  let isStarting = true;
  if (roles.some((role) => role !== 'worker')) {
    // Before all else: `/readyz` says what the process waits for.
    context.healthServer = await healthServer({
      host,
      port,
      missingParts: readiness.missingParts,
      metrics: processMetrics.routes,
      routes: [routes],
      isStarting: () => isStarting,
      log,
    });
  }
  const queue = config.redis && bullmqJobs?.({ redis: config.redis, log });
  if (queue) readiness.addPart('redis', () => queue.ping().then(() => true));

  const { stores, clock } = await openStores(context);
  const commands = allCommands();
  const shared = { commands, stores, directories: directoriesOf(stores), clock, log };
  const slackAdapter = config.slack && slack?.({ ...config.slack, ...shared });
  const discordAdapter = config.discord && discord?.({ ...config.discord, ...shared });
  const adapters = [slackAdapter, discordAdapter].filter((adapter) => adapter !== undefined);
  const listening = adapters.filter(({ platform }) => roles.some((role) => role === platform));
  // The store is ready now: without them, `/readyz` would say for a moment that all is.
  for (const { platform } of listening) readiness.addPart(platform, () => false);
  const { dataDir, backupDir } = config;
  const erasureRecords = await openErasureRecords({ dataDir, backupDir, log });
  // Without a worker in this process, the next sweep of another one finds what is due, within 5 s.
  let wake = () => {};
  if (roles.includes('worker')) {
    const jobs = queue ?? inProcessJobs(clock);
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
    processMetrics.watchWorker({ backlog: worker.sweep.backlog, unfinished: jobs.unfinished });
    started.push(worker);
    // Sending does not need the platform's role: any worker delivers to every platform that is configured.
    for (const adapter of adapters) worker.adapters.set(adapter.platform, adapter);
    worker.sweep.start();
    wake = () => worker.sweep.wake();
  }
  if (slackAdapter && listening.includes(slackAdapter)) routes.use(slackAdapter.routes);
  isStarting = false;
  const onCommand = processMetrics.recordCommand;
  const commandLimit = rateLimit(COMMANDS_PER_MINUTE);
  const bot = createBot({
    stores,
    clock,
    commands,
    erasureRecords,
    postingProblem: async (channel, how) =>
      adapters.find(({ platform }) => platform === channel.platform)?.postingProblem(channel, how),
    log,
    wake,
    onCommand,
    commandLimit,
  });
  await Promise.all(listening.map((adapter) => startAdapter(adapter, bot, context)));
  if (roles.includes('slack') && config.slack?.connection.kind === 'http') {
    context.drainMs = DRAIN_MS;
  }
  const running = `Convenor is running: ${roles.join(', ')}.`;
  if (adapters.length > 0) return running;
  return `${running} Neither Slack nor Discord is set up, so nobody can talk with it: npm run setup.`;
}
