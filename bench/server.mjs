// The playground with its store in one process, as `npm run try` has them: `node bench/server.mjs PARTNERS CONTACTS`.
// It prints where both are, and ends when asked to.
import { fill } from './fill.mjs';
import { openPlayground } from './playground.mjs';

const [partnerCount, contactCount] = process.argv.slice(2).map(Number);
const open = await openPlayground(() => {});
await fill(open.store, { partnerCount, contactCount });
process.once('SIGTERM', () => open.stop().then(() => process.exit(0)));
console.log(`Ready: ${open.url} ${open.uri}`);
