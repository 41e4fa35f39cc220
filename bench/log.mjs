// `log` through the playground's interface: how its time grows with the data, and against bare driver operations.
// The playground and its store are one process, as `npm run try` has them; whoever asks is another, for both alike.
import mongoose from 'mongoose';
import { post } from './client.mjs';
import { partnerName } from './fill.mjs';
import { monitored } from './monitor.mjs';
import { openPlayground } from './playground.mjs';
import { startProcess } from './process.mjs';
import { percentile, promise, timed } from './statistics.mjs';

const ROUNDS = 5;
const SAMPLES = 200;
const SMALL = { partnerCount: 20, contactCount: 200 };
const LARGE = { partnerCount: 2_000, contactCount: 20_000 };

export async function benchLog() {
  const commands = await commandsOfLog();
  const names = commands.map(({ name }) => name);
  const small = await measure(SMALL, commands);
  const large = await measure(LARGE, commands);
  const ms = (samples, share) => `${percentile(samples, share).toFixed(2)} ms`;
  const ratio = (above, below, share) => percentile(above, share) / percentile(below, share);
  promise(
    'log p99, 2,000 partners to 20',
    ratio(large.logs, small.logs, 0.99),
    2,
    `(${ms(large.logs, 0.99)} to ${ms(small.logs, 0.99)})`,
  );
  promise('log driver operations', names.length, 8, `(${names.join(', ')})`);
  promise(
    'log p50 to as many bare driver operations',
    ratio(large.logs, large.bare, 0.5),
    1.5,
    `(${ms(large.logs, 0.5)} to ${ms(large.bare, 0.5)})`,
  );
}

/** What one `log` sends to the store. */
async function commandsOfLog() {
  const { opened, heard } = await monitored(openPlayground);
  await log(opened.url, 'Groundwork UK');
  heard.length = 0;
  await log(opened.url, 'Groundwork UK');
  const commands = [...heard];
  await opened.stop();
  return commands;
}

async function measure({ partnerCount, contactCount }, commands) {
  const args = ['bench/server.mjs', String(partnerCount), String(contactCount)];
  const server = await startProcess(args, {}, /Ready: (\S+ \S+)/);
  const [url, uri] = server.address.split(' ');
  const client = await new mongoose.mongo.MongoClient(uri).connect();
  const logs = [];
  const bare = [];
  // In turns, so that a noisy moment of the machine hits both alike.
  for (let round = 0; round < ROUNDS; round++) {
    const from = round * SAMPLES * 2;
    const replay = (index) => bareOperations(client.db(), commands, from + index);
    bare.push(...(await timed(SAMPLES, replay)));
    const name = (index) => partnerName(((from + index) * 7) % partnerCount);
    logs.push(...(await timed(SAMPLES, (index) => log(url, name(index)))));
  }
  await client.close();
  await server.stop();
  return { logs, bare };
}

/** One contact with a promise, as somebody types it. */
async function log(url, name) {
  const { text } = await post(`${url}/playground/say`, {
    as: 'tom',
    place: 'dm',
    text: `log ${name} talked about the summer fair how:call next:"send the plan" by:"in 2 weeks"`,
  });
  if (!text?.startsWith('Noted, thanks.')) throw new Error(`log was answered: ${text}`);
}

/** The very commands that one `log` sends, one after the other by the bare driver: nothing read, decided or rendered. */
async function bareOperations(db, commands, index) {
  for (const { name, collection, filter, documents } of commands) {
    const rows = db.collection(collection);
    if (name === 'insert') {
      const fresh = documents.map((row) => ({ ...row, _id: `${row._id}-${index}` }));
      await rows.insertMany(fresh);
    } else if (name === 'update') {
      // Another version each time: a replacement that changes nothing writes nothing.
      await rows.replaceOne({ _id: filter._id }, { ...documents[0], version: index });
    } else await rows.findOne(filter);
  }
}
