import { Router } from 'express';
import { type Logger, pino } from 'pino';
import { servers } from './adapters/discord/servers/server-row.ts';
import { threads } from './adapters/discord/servers/thread-row.ts';
import { StoreHeld, startEmbeddedStore } from './adapters/embedded/server.ts';
import { connectWhenThere } from './adapters/mongo/connect-when-there.ts';
import { StoreTooNew } from './adapters/mongo/migrate.ts';
import { type Playground, playground } from './adapters/playground/adapter.ts';
import { clearPartnership } from './adapters/playground/clear.ts';
import { PlaygroundClock, playgroundClocks } from './adapters/playground/clock.ts';
import { playgroundMessages } from './adapters/playground/messages.ts';
import { samplePartnership, seedContacts, seedRows } from './adapters/playground/sample.ts';
import { PortTaken } from './adapters/shared/listen.ts';
import { installations } from './adapters/slack/installing/installation-row.ts';
import { usedStates } from './adapters/slack/installing/installation-states.ts';
import { type Config, ConfigError, readConfig } from './config/config.ts';
import { CredentialError } from './core/base/credential-error.ts';
import { createBot } from './core/bot/bot.ts';
import { allCommands } from './core/bot/commands.ts';
import { collections } from './core/domain/collections.ts';
import { directoriesOver } from './core/domain/directory/directories.ts';
import type { Adapter, Bot } from './core/ports/platform.ts';
import { advanceClock } from './jobs/advance-clock.ts';
import { inProcessJobs } from './jobs/queue/in-process.ts';
import { workerSide } from './jobs/start.ts';
import { healthRoutes } from './process/health.ts';
import { type HealthServer, healthServer } from './process/health-server.ts';
import { metrics } from './process/metrics.ts';
import { type Readiness, readiness } from './process/readiness.ts';

/** Something started: it is stopped in the reverse order. */
interface Stoppable {
  stop(): Promise<void>;
}

/** What is known and kept of this process from its start to its end. */
interface Process {
  config: Config;
  log: Logger;
  parts: Readiness;
  started: Stoppable[];
  /** What platforms and balancers come to: it starts first, and stops first. */
  server?: HealthServer;
  /** How long it still takes what comes once the process is told to stop (ms). */
  farewell: number;
}

/**
 * Told to stop, a process that a platform comes to says that it is not ready, and goes on for so long (ms): a balancer
 * that looks every second or two has looked away by then.
 */
const FAREWELL = 5_000;

/**
 * What talks with other programs brings a large library: a start waits for those alone that are configured. It does so
 * before anybody is told what the process waits for.
 */
async function load({ redis, roles, slack, discord }: Config) {
  return {
    ...(redis && roles.includes('worker') && (await import('./jobs/queue/bullmq.ts'))),
    ...(slack && (await import('./adapters/slack/adapter.ts'))),
    ...(discord && (await import('./adapters/discord/adapter.ts'))),
  };
}

/** Opens the store that is configured: a MongoDB, else the embedded one in the data folder. */
async function openStores({ config, log, parts, started }: Process) {
  let { mongodbUri: uri } = config;
  parts.part('store', () => false);
  if (!uri) {
    const embedded = await startEmbeddedStore({
      dataDir: config.dataDir,
      onNotice: (sentence) => log.warn({}, sentence),
    });
    started.push(embedded);
    uri = embedded.uri;
  }
  const slackOnes = [installations, usedStates];
  const discordOnes = [servers, threads];
  const playgroundOnes = [playgroundMessages, playgroundClocks];
  const declarations = [...collections, ...slackOnes, ...discordOnes, ...playgroundOnes];
  const connected = await connectWhenThere({ uri, declarations, log });
  started.push({ stop: connected.close });
  parts.part('store', () => connected.ping().then(() => true));
  return { ...connected, declarations };
}

/** `npm run try`: everything in one process, with the playground as the platform and a clock that can be moved. */
async function runTry(run: Process): Promise<string> {
  const { config, log, parts, started } = run;
  const { stores, declarations, clock: storeTime } = await openStores(run);
  const { id: partnership, members } = samplePartnership;
  const clock = await PlaygroundClock.open(stores, partnership, storeTime);
  // In this process whatever is configured: the clock can be moved, which no queue elsewhere would hear of.
  const jobs = inProcessJobs(clock);
  const figures = metrics();
  const worker = workerSide({ stores, clock, jobs, log, onTry: figures.tried });
  started.push(worker);
  const { adapters, sweep } = worker;
  figures.watch({ backlog: sweep.backlog, unfinished: jobs.unfinished });
  clock.onMove(() => jobs.moved());
  const bot = createBot({ stores, clock, commands: allCommands(), log, wake: () => sweep.wake() });

  const seed = async () => {
    await seedRows(stores, clock.now());
    await seedContacts(bot);
  };
  const adapter: Playground = playground({
    stores,
    partnership,
    members,
    clock,
    moveTo: (instant) => advanceClock(instant, { clock, sweep, jobs }),
    async startAfresh() {
      await clearPartnership(stores, partnership, declarations);
      await clock.reset();
      await seed();
    },
    processRoutes: [healthRoutes(parts.waitingFor), figures.routes],
    port: config.port,
    log,
  });
  adapters.set(adapter.platform, adapter);
  await seed();
  await startAdapter(adapter, bot, run);
  sweep.start();
  return `The playground is ready: ${adapter.url}\nStop it with Ctrl+C. What you do there is kept in ${config.dataDir}.`;
}

/** `npm start`: the roles asked for. */
async function runProduction(run: Process): Promise<string> {
  const { config, log, parts, started } = run;
  const { roles, host, port } = config;
  const { bullmqJobs, slack, discord } = await load(config);
  const figures = metrics();
  const routes = Router();
  if (roles.some((role) => role !== 'worker')) {
    // Before all else: here one can ask what the process waits for.
    const serve = { host, port, ready: parts.waitingFor, metrics: figures.routes };
    run.server = await healthServer({ ...serve, routes: [routes] });
  }
  const queue = config.redis && bullmqJobs?.({ redis: config.redis, log });
  if (queue) parts.part('redis', async () => (await queue.unfinished()) !== undefined);

  const { stores, clock } = await openStores(run);
  const commands = allCommands();
  const shared = { commands, stores, directories: directoriesOver(stores), clock, log };
  const onSlack = config.slack && slack?.({ ...config.slack, ...shared });
  const onDiscord = config.discord && discord?.({ ...config.discord, ...shared });
  const chats = [onSlack, onDiscord].filter((chat) => chat !== undefined);
  // Where no worker is in this process, the next sweep of another finds what is due, within its 5 s.
  let wake = () => {};
  if (roles.includes('worker')) {
    const jobs = queue ?? inProcessJobs(clock);
    const worker = workerSide({ stores, clock, jobs, log, onTry: figures.tried });
    figures.watch({ backlog: worker.sweep.backlog, unfinished: jobs.unfinished });
    started.push(worker);
    // Sending does not take the role: what comes due is delivered by whichever worker finds it.
    for (const chat of chats) worker.adapters.set(chat.platform, chat);
    worker.sweep.start();
    wake = () => worker.sweep.wake();
  }
  const heard = chats.filter(({ platform }) => roles.some((role) => role === platform));
  if (onSlack && heard.includes(onSlack)) routes.use(onSlack.routes);
  const bot = createBot({ stores, clock, commands, log, wake });
  await Promise.all(heard.map((chat) => startAdapter(chat, bot, run)));
  if (roles.includes('slack') && config.slack?.way.kind === 'http') run.farewell = FAREWELL;
  return `Convenor is running: ${roles.join(', ')}.`;
}

/** Starts an adapter; until it has, the process says that it waits for that platform. */
async function startAdapter(
  adapter: Adapter,
  bot: Bot,
  { parts, started }: Process,
): Promise<void> {
  const start = () => adapter.start(bot);
  await parts.starting(adapter.platform, start, () => adapter.trouble);
  started.push(adapter);
}

/** Nothing new is taken, what has been taken is finished, and then all is closed. */
async function stopAll({ parts, started, server, farewell }: Process): Promise<void> {
  parts.part('stopping', () => false);
  await server?.stop(farewell);
  for (let part = started.pop(); part; part = started.pop()) await part.stop();
}

/** Starts what is asked for, and stops it when told to. Nothing else imports all sides. */
async function main(): Promise<void> {
  const config = readConfig(process.env, process.argv.slice(2));
  // Fields that may hold a person's words or a secret never reach the log, even when passed by mistake.
  const redact = ['text', 'note', 'args', 'uri', 'token', '*.message'];
  const log = pino({ level: config.logLevel, redact });
  const started: Stoppable[] = [];
  const run: Process = { config, log, parts: readiness(), started, farewell: 0 };
  const stop = () => stopAll(run);
  process.once('SIGINT', () => stop().finally(() => process.exit(0)));
  process.once('SIGTERM', () => stop().finally(() => process.exit(0)));
  try {
    console.log(await (config.mode === 'try' ? runTry : runProduction)(run));
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What an operator can mend is told in a sentence; anything else keeps its stack. */
main().catch((error: unknown) => {
  const mendable = [ConfigError, StoreHeld, StoreTooNew, PortTaken, CredentialError].some(
    (kind) => error instanceof kind,
  );
  console.error(mendable ? (error as Error).message : error);
  process.exit(1);
});
