import { BackupRefused, restore } from '../adapters/sqlite/backup.ts';
import { readConfig } from '../config/config.ts';
import { redoErasuresOnMongodb, redoErasuresOnSqlite } from './redo-erasures.ts';
import { runCommand } from './terminal/run-command.ts';

const USAGE = `Usage: npm run restore -- FILE
Checks a backup and makes a store of it in DATA_DIR, where there must not be one. Stop Convenor first.
What was erased since the backup is erased again.
With MongoDB, without FILE: erases again, after mongorestore.`;

const erasedText = (count: number): string => (count > 0 ? `Erasures done again: ${count}. ` : '');

await runCommand(USAGE, async () => {
  const [path, ...more] = process.argv.slice(2);
  const { mongodbUri, dataDir } = readConfig(process.env, []);
  if (mongodbUri) {
    if (path) {
      throw new BackupRefused(
        'The data is in MongoDB: restore it with mongorestore, as "Restore" in docs/install.md says.',
      );
    }
    console.log(
      erasedText(await redoErasuresOnMongodb(mongodbUri, dataDir)) || 'Nothing to erase.',
    );
    return;
  }
  if (!path || more.length > 0)
    throw new BackupRefused('Say which backup: npm run restore -- backups/convenor-….db');
  let erased = 0;
  const { rows } = await restore(path, dataDir, async (folder) => {
    erased = await redoErasuresOnSqlite(path, dataDir, folder);
  });
  console.log(`Restored to ${dataDir} (rows: ${rows}). ${erasedText(erased)}Start Convenor again.`);
});
