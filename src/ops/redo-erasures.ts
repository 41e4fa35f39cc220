import { openStore } from '../adapters/sqlite/open.ts';
import { allPersonalData } from '../core/domain/personal-data/declarations.ts';
import { redoErasure } from '../core/domain/personal-data/redo.ts';
import { redoDeletion } from '../core/domain/personal-data/remove-partnership.ts';
import type { DeletedPartnership, Tombstone } from '../core/ports/erasure-records.ts';
import type { Stores } from '../core/ports/store.ts';
import { adapterPersonalData } from '../process/adapter-personal-data.ts';
import {
  addTombstones,
  openErasureRecords,
  readTombstones,
  tombstoneFile,
  tombstonesOfBackup,
} from '../process/erasure-records.ts';
import { allCollections } from '../process/open-stores.ts';

/**
 * Does all known erasures again on a store that was restored from a backup, and keeps what is known of them.
 * @param backup the file of the backup. What is known of erasures may lie beside it, and in the data folder.
 * @param folder the folder of the restored store.
 * @returns how many erasures and deletions were done again.
 */
export async function redoErasuresOnSqlite(
  backup: string,
  dataDir: string,
  folder: string,
): Promise<number> {
  const tombstones = await addTombstones([tombstonesOfBackup(backup)], tombstoneFile(dataDir));
  if (tombstones.length === 0) return 0;
  const { stores, close } = await openStore({ dataDir: folder, shapes: allCollections });
  try {
    await redoAll(tombstones, stores, dataDir);
  } finally {
    await close();
  }
  return tombstones.length;
}

/** The same on MongoDB, after mongorestore. */
export async function redoErasuresOnMongodb(uri: string, dataDir: string): Promise<number> {
  const tombstones = await readTombstones([tombstoneFile(dataDir)]);
  if (tombstones.length === 0) return 0;
  const { connectStores } = await import('../adapters/mongo/connect.ts');
  const { stores, close } = await connectStores({ uri, declarations: allCollections });
  try {
    await redoAll(tombstones, stores, dataDir);
  } finally {
    await close();
  }
  return tombstones.length;
}

async function redoAll(
  tombstones: readonly (Tombstone | DeletedPartnership)[],
  stores: Stores,
  dataDir: string,
): Promise<void> {
  const records = await openErasureRecords({ dataDir });
  const personalData = allPersonalData(adapterPersonalData);
  const deps = { stores, personalData, records, now: new Date() };
  for (const kept of tombstones) {
    if ('owned' in kept) await redoDeletion(kept, { stores, adapterPersonalData });
    else await redoErasure(kept, deps);
  }
  if (!(await stores.vacuum())) throw new Error('another process reads the restored database.');
}
