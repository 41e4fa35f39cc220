import { mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Router } from 'express';
import { onTestFinished } from 'vitest';
import { connectStores } from '../../src/adapters/mongo/connect.ts';
import { installations } from '../../src/adapters/slack/installing/installation-row.ts';
import { backUp } from '../../src/adapters/sqlite/backup.ts';
import { collections } from '../../src/core/domain/collections.ts';
import { members, newMember } from '../../src/core/domain/members/member.ts';
import type { Finding } from '../../src/ops/checks/finding.ts';
import { newBackupPath } from '../../src/ops/files/backup-files.ts';
import { healthServer } from '../../src/process/health-server.ts';
import { startMongo } from '../doubles/mongo/mongo.ts';
import { freePort } from '../fixtures/redis.ts';
import { openQuickly } from '../fixtures/store.ts';

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
  const { stores, close } = await openQuickly(dataDir, [...collections, installations]);
  const grace = newMember({ id: 'grace', name: 'Grace', role: 'coordinator', identities: [] });
  await stores.forPartnership('riverside').of(members).insert(grace);
  await close();
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

/** A MongoDB that Convenor has used before. */
export async function someMongodb() {
  const { uri, stop } = await startMongo();
  onTestFinished(stop);
  const { stores, close } = await connectStores({ uri, declarations: [installations] });
  onTestFinished(close);
  return { uri, stores };
}

/** Damages the second half of a database. */
export async function damage(path: string): Promise<void> {
  const { size } = await stat(path);
  const file = await open(path, 'r+');
  await file.write(Buffer.alloc(size / 2, 7), 0, size / 2, size / 2);
  await file.close();
}
