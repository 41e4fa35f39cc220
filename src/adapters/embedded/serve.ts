import { parseArgs } from 'node:util';
import { StoreHeld, startEmbeddedStore } from './server.ts';

/*
 * `npm run store -- --port N --data DIR`: the embedded store as a process of its own.
 * Ends with code 0 on SIGINT or SIGTERM, 2 when another process holds the folder, 1 when it cannot start
 * for another reason.
 */

const USAGE = 'Use --port N (0 to 65535; 0 is any free one) and --data FOLDER.';

function readOptions(): { port: number; dataDir: string } {
  const { port, data } = readArguments();
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new Error(`'${port}' is no port. ${USAGE}`);
  if (data === '') throw new Error(`--data is empty. ${USAGE}`);
  return { port: Number(port), dataDir: data };
}

function readArguments(): { port: string; data: string } {
  const port = { type: 'string', default: '0' } as const;
  const data = { type: 'string', default: './data' } as const;
  try {
    return parseArgs({ options: { port, data } }).values;
  } catch {
    throw new Error(`'${process.argv.slice(2).join(' ')}' is not understood. ${USAGE}`);
  }
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

try {
  const store = await startEmbeddedStore({ ...readOptions(), onNotice: say });
  const stop = () => void store.stop();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  process.stdout.write(`Store ready: ${store.uri}\n`);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof StoreHeld ? 2 : 1;
}
