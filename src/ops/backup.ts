import { BackupRefused, backUp } from '../adapters/sqlite/backup.ts';
import { readConfig } from '../config/config.ts';
import { addTombstones, tombstoneFile, tombstonesOfBackup } from '../process/erasure-records.ts';
import { listBackups, newBackupPath, removeOldBackups } from './files/backup-files.ts';
import { formatMegabytes } from './files/file-size.ts';
import { runCommand } from './terminal/run-command.ts';

const USAGE = `Usage: npm run backup
Copies the SQLite database into BACKUP_DIR, also while Convenor runs.`;

await runCommand(USAGE, async () => {
  const { mongodbUri, dataDir, backupDir } = readConfig(process.env, []);
  if (mongodbUri) {
    throw new BackupRefused(
      'The data is in MongoDB: back it up with mongodump, as "Backup" in docs/install.md says.',
    );
  }
  const path = newBackupPath(backupDir);
  const { rows, bytes } = await backUp(dataDir, path);
  await removeOldBackups(backupDir);
  // So that each backup can be restored without what was erased since.
  for (const backup of await listBackups(backupDir))
    await addTombstones([tombstoneFile(dataDir)], tombstonesOfBackup(backup));
  console.log(`Backed up to ${path}: ${formatMegabytes(bytes)}, rows: ${rows}.`);
});
