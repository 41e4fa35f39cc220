import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Adapter, Bot } from '../core/ports/platform.ts';
import type { HealthServer } from './health-server.ts';
import type { Readiness } from './readiness.ts';

/** A part of the process that has to be stopped. */
interface Stoppable {
  stop(): Promise<void>;
}

/** The settings of a process, and what it has started. */
export interface ProcessContext {
  config: Config;
  log: Logger;
  readiness: Readiness;
  /** Stopped in the reverse order. */
  started: Stoppable[];
  /** Platforms and load balancers connect to it: it starts before all else, and stops first. */
  healthServer?: HealthServer;
  /** How long the health server goes on taking requests once the process has to stop. */
  drainMs: number;
}

/** Starts an adapter. Until it has started, `/readyz` names its platform. */
export async function startAdapter(
  adapter: Adapter,
  bot: Bot,
  { readiness, started }: ProcessContext,
): Promise<void> {
  const start = () => adapter.start(bot);
  await readiness.startPart(adapter.platform, start, () => adapter.credentialError);
  started.push(adapter);
}

/** Stops taking requests, lets what runs finish, then closes everything. */
export async function stopProcess(context: ProcessContext): Promise<void> {
  const { readiness, started, healthServer, drainMs } = context;
  readiness.addPart('stopping', () => false);
  await healthServer?.stop(drainMs);
  for (let part = started.pop(); part; part = started.pop()) await part.stop();
}
