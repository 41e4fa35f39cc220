import { BackupRefused, restore } from '../adapters/sqlite/backup.ts';
import { readConfig } from '../config/config.ts';
import { runCommand } from './terminal/run-command.ts';

const USAGE = `Usage: npm run restore -- FILE
Checks a backup and makes a store of it in DATA_DIR, where there must not be one. Stop Convenor first.`;

await runCommand(USAGE, async () => {
  const [path, ...more] = process.argv.slice(2);
  if (!path || more.length > 0)
    throw new BackupRefused('Say which backup: npm run restore -- backups/convenor-….db');
  const { mongodbUri, dataDir } = readConfig(process.env, []);
  if (mongodbUri) {
    throw new BackupRefused(
      'The data is in MongoDB: restore it with mongorestore, as "Restore" in docs/install.md says.',
    );
  }
  const { rows } = await restore(path, dataDir);
  console.log(`Restored to ${dataDir} (rows: ${rows}). Start Convenor again.`);
});
