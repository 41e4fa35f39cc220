import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type OpenStore, openStore } from '../../src/adapters/sqlite/open.ts';
import { declarations } from './store/things.ts';
import { storeContract } from './store.contract.ts';

let folder: string;
let store: OpenStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convenor-sqlite-'));
  store = await openStore({ dataDir: folder, shapes: declarations });
});
afterAll(async () => {
  await store?.close();
  await rm(folder, { recursive: true });
});

storeContract({ one: () => store.stores, other: () => store.stores, isCommitAtomic: true });
