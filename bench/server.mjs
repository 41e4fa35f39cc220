// The playground and its store in one process, as with `npm run try`: `node bench/server.mjs PARTNERS CONTACTS`.
// It prints its address, and stops on SIGTERM.
import { fill } from './fill.mjs';
import { openPlayground } from './playground.mjs';

const [partnerCount, contactCount] = process.argv.slice(2).map(Number);
const open = await openPlayground();
await fill(open.store, { partnerCount, contactCount });
process.once('SIGTERM', () => open.stop().then(() => process.exit(0)));
console.log(`Ready: ${open.url}`);
