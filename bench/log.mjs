// `log` through the playground's interface: how its time grows with the data, and against bare driver operations.
import mongoose from 'mongoose';
import { fill, partnerName } from './fill.mjs';
import { openPlayground } from './playground.mjs';
import { percentile, promise, timed } from './statistics.mjs';

const ROUNDS = 4;
const SAMPLES = 200;
const SMALL = { partnerCount: 20, interactionCount: 200 };
const LARGE = { partnerCount: 2_000, interactionCount: 20_000 };

export async function benchLog() {
  const small = await measure(SMALL);
  const large = await measure(LARGE);
  const ms = (samples, share) => percentile(samples, share).toFixed(2);
  promise(
    'log p99, 2,000 partners to 20',
    percentile(large.logs, 0.99) / percentile(small.logs, 0.99),
    2,
    `(${ms(large.logs, 0.99)} ms to ${ms(small.logs, 0.99)} ms)`,
  );
  promise('log driver operations', large.commands.length, 8, `(${large.commands.join(', ')})`);
  promise(
    'log p50 to as many bare driver operations',
    percentile(large.logs, 0.5) / percentile(large.bare, 0.5),
    1.5,
    `(${ms(large.logs, 0.5)} ms to ${ms(large.bare, 0.5)} ms)`,
  );
}

async function measure(size) {
  const heard = [];
  const open = await openPlayground((command) => heard.push(command));
  await fill(open.store, size);
  await log(open.url, size, 0);
  heard.length = 0;
  await log(open.url, size, 1);
  const commands = [...heard];
  const client = await new mongoose.mongo.MongoClient(open.uri).connect();
  const rows = client.db().collection('bare');
  // In turns, so that a noisy moment of the machine hits both alike.
  const bare = [];
  const logs = [];
  for (let round = 0; round < ROUNDS; round++) {
    const from = round * SAMPLES * 2;
    bare.push(...(await timed(SAMPLES, (index) => bareOperations(rows, commands, from + index))));
    logs.push(...(await timed(SAMPLES, (index) => log(open.url, size, from + index))));
  }
  await client.close();
  await open.stop();
  return { logs, bare, commands };
}

/** One contact with a promise, as somebody types it. */
async function log(url, { partnerCount }, index) {
  const name = partnerName((index * 7) % partnerCount);
  const response = await fetch(`${url}/playground/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      as: 'tom',
      place: 'dm',
      text: `log ${name} talked about the summer fair how:call next:"send the plan" by:"in 2 weeks"`,
    }),
  });
  const { text } = await response.json();
  if (!text.startsWith('Noted, thanks.')) throw new Error(`log was answered: ${text}`);
}

/** The same commands in the same order, bare: nothing is read, decided or rendered. */
async function bareOperations(rows, commands, index) {
  const row = { text: 'x'.repeat(300), at: new Date(), version: 1 };
  for (const [step, command] of commands.entries()) {
    const _id = `${index}-${step}`;
    if (command === 'insert') await rows.insertOne({ _id, ...row });
    else if (command === 'update')
      await rows.replaceOne({ _id: `${index}-0` }, { ...row, version: 2 });
    else await rows.findOne({ _id: `${index}-0` });
  }
}
