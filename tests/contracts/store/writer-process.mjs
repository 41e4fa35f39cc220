// `node writer-process.mjs URI DATABASE NAME`: adds 40 to the counter, claims all rows of the partnership that are free, and prints
// the ids of the rows that it was told are its own.
import { register } from 'node:module';

if (!process.features.typescript) register('../../load-typescript.mjs', import.meta.url);
const { connectStores } = await import('../../../src/adapters/mongo/connect.ts');
const { updateWithRetry } = await import('../../../src/core/ports/store.ts');
const { declarations, things } = await import('./things.ts');

const [uri, database, name] = process.argv.slice(2);
const { stores, close } = await connectStores({ uri, database, declarations });
const rows = stores.forPartnership('processes').of(things);

const claimed = [];
for (let count = 0; count < 40; count += 1) {
  await updateWithRetry(rows, 'counter', (row) => ({ ...row, rank: row.rank + 1 }));
  const { rows: free } = await rows.find(
    { index: 'byId', range: { field: 'id', to: 'claim-~' } },
    200,
  );
  const some = free.filter(({ claim }) => claim === null).slice(0, 5);
  const saved = await rows.saveAll(some.map((row) => ({ ...row, claim: name })));
  claimed.push(...saved.flatMap((row) => (row ? [row.id] : [])));
}
await close();
console.log(JSON.stringify(claimed));
