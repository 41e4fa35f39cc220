import { BackupRefused, backUp } from '../adapters/embedded/backup.ts';
import { readConfig } from '../config/config.ts';
import { dropOld, newBackup } from './backups.ts';
import { run } from './run.ts';
import { megabytes } from './size.ts';

/* `npm run backup`: a copy of the embedded store in BACKUP_DIR, also while Convenor runs. */

await run(async () => {
  const { mongodbUri, dataDir, backupDir } = readConfig(process.env, []);
  if (mongodbUri) {
    throw new BackupRefused(
      'The data is in MongoDB: back it up with mongodump, as "Backup" in docs/install.md says.',
    );
  }
  const file = newBackup(backupDir);
  const { documents, bytes } = await backUp(dataDir, file);
  await dropOld(backupDir);
  console.log(`Backed up to ${file}: ${megabytes(bytes)}, documents: ${documents}.`);
});
