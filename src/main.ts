import { pino } from 'pino';
import { PortTakenError } from './adapters/shared/http-server.ts';
import { StoreTooNew } from './adapters/shared/store/store-too-new.ts';
import { DataFolderError } from './adapters/sqlite/data-folder.ts';
import { ConfigError, readConfig } from './config/config.ts';
import { CredentialError } from './core/base/credential-error.ts';
import { StoreError } from './core/ports/store.ts';
import { type ProcessContext, stopProcess } from './process/lifecycle.ts';
import { readiness } from './process/readiness.ts';
import { runProduction } from './process/run-production.ts';
import { runTry } from './process/run-try.ts';

const USAGE = `Usage: npm start, or npm run try
Starts Convenor with the settings of the environment and of .env; README.md lists them. With --try it starts the playground.`;

/** Fields that may hold somebody's words or a secret. They never reach the log, even when passed by mistake. */
const REDACTED_FIELDS = ['text', 'note', 'args', 'uri', 'token', '*.message'];

/** Errors that the operator can fix. Their message says how, so no stack is shown. */
const OPERATOR_ERRORS = [
  ...[ConfigError, CredentialError, PortTakenError],
  ...[DataFolderError, StoreError, StoreTooNew],
];

async function main(): Promise<void> {
  const config = readConfig(process.env, process.argv.slice(2));
  const log = pino({ level: config.logLevel, redact: REDACTED_FIELDS });
  const context: ProcessContext = {
    config,
    log,
    readiness: readiness(),
    started: [],
    drainMs: 0,
  };
  const stopAndExit = () => stopProcess(context).finally(() => process.exit(0));
  process.once('SIGINT', stopAndExit);
  process.once('SIGTERM', stopAndExit);
  try {
    console.log(await (config.mode === 'try' ? runTry : runProduction)(context));
  } catch (error) {
    await stopProcess(context);
    throw error;
  }
}

if (process.argv.includes('--help')) {
  console.log(USAGE);
} else {
  main().catch((error: unknown) => {
    const isForOperator = OPERATOR_ERRORS.some((kind) => error instanceof kind);
    console.error(isForOperator ? (error as Error).message : error);
    process.exit(1);
  });
}
