import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Router } from 'express';
import { onTestFinished } from 'vitest';
import { backUp } from '../../src/adapters/embedded/backup.ts';
import { startEmbeddedStore } from '../../src/adapters/embedded/server.ts';
import { connectStores } from '../../src/adapters/mongo/connect.ts';
import { installations } from '../../src/adapters/slack/installing/installation-row.ts';
import type { Finding } from '../../src/ops/checks/finding.ts';
import { newBackupPath } from '../../src/ops/files/backup-files.ts';
import { healthServer } from '../../src/process/health-server.ts';
import { freePort } from '../fixtures/redis.ts';

/** A folder in which Convenor is set up: settings, a store with something in it, and a backup. Gone after the test. */
export interface Place {
  folder: string;
  envFile: string;
  dataDir: string;
  backupDir: string;
  backup: string;
}

export type Env = Record<string, string>;

/** A folder for one test. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'convenor-ops-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function newPlace(): Promise<Place> {
  const folder = await newFolder();
  const [envFile, dataDir, backupDir] = ['.env', 'data', 'backups'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  await writeFile(envFile, '', { mode: 0o600 });
  const store = await startEmbeddedStore({ dataDir });
  await (await connectStores({ uri: store.uri, declarations: [] })).close();
  await store.stop();
  const backup = newBackupPath(backupDir);
  await backUp(dataDir, backup);
  return { folder, envFile, dataDir, backupDir, backup };
}

/** What is wrong, each with its remedy, in one line. */
export function wrongs(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ status }) => status === 'wrong')
    .map(({ subject, message, remedy = '' }) => `${subject}: ${message} -> ${remedy}`);
}

/** An HTTP server that is not Convenor. @returns its port. */
export async function somethingElse(): Promise<number> {
  const server = createServer((_request, response) => response.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
}

/** Convenor as it answers from outside. @returns the settings that lead to it. */
export async function convenor(): Promise<Env> {
  const port = await freePort();
  const parts = { missingParts: async () => [], metrics: Router(), routes: [] };
  const server = await healthServer({ host: '127.0.0.1', port, ...parts });
  onTestFinished(() => server.stop());
  return { PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` };
}

/** An embedded store that runs, and answers as a MongoDB does, brought to what Convenor knows. */
export async function someMongodb(folder: string) {
  const dataDir = join(folder, 'mongodb');
  const store = await startEmbeddedStore({ dataDir });
  onTestFinished(() => store.stop());
  const { stores, close } = await connectStores({ uri: store.uri, declarations: [installations] });
  onTestFinished(close);
  return { uri: store.uri, dataDir, stores };
}

/** Damages a file in the midst of what was safely on disk. */
export async function spoil(path: string): Promise<void> {
  const bytes = await readFile(path);
  await writeFile(path, bytes.fill(7, 60, 64));
}
