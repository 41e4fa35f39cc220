import { BackupRefused, restore } from '../adapters/embedded/backup.ts';
import { readConfig } from '../config/config.ts';
import { runCommand } from './terminal/run-command.ts';

const USAGE = `Usage: npm run restore -- FILE
Makes a store of a backup in DATA_DIR, which has to be empty.`;

await runCommand(USAGE, async () => {
  const [path, ...more] = process.argv.slice(2);
  if (!path || more.length > 0)
    throw new BackupRefused('Say which backup: npm run restore -- backups/convenor-….log');
  const { mongodbUri, dataDir } = readConfig(process.env, []);
  if (mongodbUri) {
    throw new BackupRefused(
      'The data is in MongoDB: restore it with mongorestore, as "Restore" in docs/install.md says.',
    );
  }
  const { documents } = await restore(path, dataDir);
  console.log(`Restored to ${dataDir} (documents: ${documents}). Start Convenor again.`);
});
