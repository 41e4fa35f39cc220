// The double as a process of its own, which tests may kill: `node serve.mjs FILE [PORT]`.
import { register } from 'node:module';

if (!process.features.typescript) register('../../load-typescript.mjs', import.meta.url);
const { startMongo } = await import('./mongo.ts');

const [file, port = '0'] = process.argv.slice(2);
const { uri, stop } = await startMongo({ file, port: Number(port) });
process.once('SIGTERM', stop).once('SIGINT', stop);
console.log(`Store ready: ${uri}`);
