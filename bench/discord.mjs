// `/log …` over the gateway, from the interaction to the first answer, compared with a bare discord.js client on the
// same store. The store, the app and the people who type are a process each.
import mongoose from 'mongoose';
import { openDiscordApp } from './discord-app.mjs';
import { openDiscordEnd } from './discord-end.mjs';
import { fill, partnerName } from './fill.mjs';
import { monitored } from './monitor.mjs';
import { startProcess } from './process.mjs';
import { openStoreProcess } from './servers.mjs';
import { percentile, promise } from './statistics.mjs';

const PEOPLE = 20;
const REQUESTS = 1_000;
const WARM_UP = 200;
/** The shortest time between two interactions of an app (ms): discord.js allows itself 50 calls a second. */
const MIN_INTERVAL_MS = 25;
const SIZE = { partnerCount: 200, contactCount: 2_000 };

export async function benchDiscord() {
  const store = await openStoreProcess();
  const apps = [];
  try {
    const commands = await commandsOfLog(store);
    const start = async (which, options) => {
      const end = await openDiscordEnd();
      apps.push(end);
      const given = { store: store.uri, apiUrl: end.apiUrl, ...options };
      const text = mongoose.mongo.BSON.EJSON.stringify(given);
      apps.push(await startProcess(['bench/discord-server.mjs', which, text], {}, /Ready: (\S+)/));
      return end;
    };
    const ours = await start('convenor', {});
    const bare = await start('bare', { commands });
    const replying = await start('bare', { commands: [] });
    await benchAnswers({ ours, bare, replying }, commands);
  } finally {
    for (const app of apps.toReversed()) await app.stop();
    await store.stop();
  }
}

/** The commands that one `log` sends to the store when all users and names are in the caches. */
async function commandsOfLog({ uri }) {
  const end = await openDiscordEnd();
  const open = () => openDiscordApp({ store: uri, apiUrl: end.apiUrl });
  const { opened, recorded } = await monitored(open);
  await fill(opened.store, SIZE);
  for (let index = 0; index < PEOPLE; index++) await log(end, index);
  recorded.length = 0;
  await log(end, 1);
  const commands = [...recorded];
  await opened.stop();
  await end.stop();
  return commands;
}

/** One contact with a promise, as somebody fills in its options. @returns how long the first answer took (ms). */
async function log(end, index) {
  const partner = partnerName((index * 7) % SIZE.partnerCount);
  const promised = { next: 'send the plan', by: 'in 2 weeks' };
  const options = { with: partner, note: 'talked about the summer fair', how: 'call', ...promised };
  const sent = performance.now();
  const { answered, message } = end.use(index, options);
  await answered;
  const took = performance.now() - sent;
  const answer = JSON.stringify(await message);
  if (!answer.includes('Noted')) throw new Error(`log was answered: ${answer}`);
  return took;
}

async function benchAnswers(ends, commands) {
  const all = Object.fromEntries(Object.keys(ends).map((name) => [name, []]));
  // In turns, so that a noisy moment of the machine affects all of them.
  for (let request = 0; request < WARM_UP + REQUESTS; request++) {
    const apart = new Promise((resolve) => setTimeout(resolve, MIN_INTERVAL_MS));
    for (const [name, end] of Object.entries(ends)) {
      const took = await log(end, request);
      if (request >= WARM_UP) all[name].push(took);
    }
    await apart;
  }
  const { ours, bare, replying } = Object.fromEntries(
    Object.entries(all).map(([name, times]) => [name, percentile(times, 0.99)]),
  );
  const ms = (time) => `${time.toFixed(1)} ms`;
  const half = (name) => ms(percentile(all[name], 0.5));
  const names = commands.map(({ name, collection }) => `${name} ${collection}`).join(', ');
  promise(
    "first answers (p99) to a bare discord.js client's",
    ours / bare,
    2,
    `(${ms(ours)} to ${ms(bare)}, p50 ${half('ours')} to ${half('bare')}, with ${commands.length} driver operations each: ${names})`,
  );
  console.log(
    `       to one that only replies: ${(ours / replying).toFixed(2)} times its ${ms(replying)}`,
  );
}

if (process.argv[1]?.endsWith('/discord.mjs')) await benchDiscord();
