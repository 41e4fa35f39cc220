import { resealTokens } from '../adapters/slack/installing/reseal-tokens.ts';
import { openStore } from '../adapters/sqlite/open.ts';
import { type Config, ConfigError, readConfig } from '../config/config.ts';
import { sealer } from '../core/base/sealer.ts';
import { allCollections } from '../process/open-stores.ts';
import { runCommand } from './terminal/run-command.ts';

const USAGE = `Usage: npm run reseal
Seals the stored tokens of all workspaces with the first key of SECRET_KEY. The old key follows it after a comma
(SECRET_KEY=new,old), and can be taken out afterwards. With SQLite, stop Convenor first. It can be repeated at any time.`;

await runCommand(USAGE, async () => {
  const config = readConfig(process.env, []);
  const connection = config.slack?.connection;
  if (connection?.kind !== 'http')
    throw new ConfigError([
      'There are no stored tokens: only Slack for many workspaces stores any. SECRET_KEY can be changed at any time.',
    ]);
  const { stores, close } = await open(config);
  const counts = await resealTokens(stores, sealer(connection.secretKeys)).finally(close);
  const { resealed, current, lost } = counts;
  console.log(`Tokens sealed with the new key: ${resealed}. Already sealed with it: ${current}.`);
  if (lost === 0) {
    if (connection.secretKeys.length > 1)
      console.log(
        'The old keys can be taken out of SECRET_KEY now. Backups from before need them.',
      );
    return;
  }
  console.error(
    `No key in SECRET_KEY opens ${lost} of them: put their old key back, after the new one and a comma, and run this again. Or install Convenor again in these workspaces.`,
  );
  process.exitCode = 1;
});

/** Opens the store of the settings. */
async function open({ mongodbUri, dataDir, journalMode }: Config) {
  if (mongodbUri === undefined) return openStore({ dataDir, journalMode, shapes: allCollections });
  const { connectStores } = await import('../adapters/mongo/connect.ts');
  return connectStores({ uri: mongodbUri, declarations: allCollections });
}
