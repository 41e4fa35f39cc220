// `/convenor log …` by signed HTTP, compared with a bare Bolt app on the same store. The store, the app and the people
// who type are a process each.
import mongoose from 'mongoose';
import { fill, partnerName } from './fill.mjs';
import { monitored } from './monitor.mjs';
import { startProcess } from './process.mjs';
import { freePort, openStoreProcess } from './servers.mjs';
import { openSlackApp } from './slack-app.mjs';
import { openSlackEnd } from './slack-end.mjs';
import { percentile, promise } from './statistics.mjs';

const CONNECTIONS = 20;
const ROUNDS = 5;
const REQUESTS = 500;
const SIZE = { partnerCount: 200, contactCount: 2_000 };
/** Requests a second, and for how long. In between, the store stalls. */
const RATE = 100;
const LASTING_S = 8;
const STALLED_FROM_MS = 3_000;
const STALLED_MS = 2_000;

export async function benchSlack() {
  const store = await openStoreProcess();
  const end = await openSlackEnd();
  const apps = [];
  try {
    const commands = await commandsOfLog(store, end);
    const start = async (which, options) => {
      const app = await startApp(which, { store: store.uri, port: await freePort(), ...options });
      apps.push(app);
      return app.address;
    };
    const ours = await start('convenor', { apiUrl: end.apiUrl });
    const bare = await start('bare', { commands });
    const acking = await start('bare', { commands: [] });
    const ackingFirst = await start('bare', { commands, ackFirst: true });
    await benchRate(end, { ours, bare, acking }, commands);
    await benchStall(end, store, { ours, ackingFirst, acking });
  } finally {
    for (const app of apps) await app.stop();
    await end.stop();
    await store.stop();
  }
}

function startApp(which, options) {
  const given = mongoose.mongo.BSON.EJSON.stringify(options);
  return startProcess(['bench/slack-server.mjs', which, given], {}, /Ready: (\S+)/);
}

/** The commands that one `log` sends to the store when all users and names are in the caches. */
async function commandsOfLog({ uri }, end) {
  const port = await freePort();
  const open = () => openSlackApp({ store: uri, apiUrl: end.apiUrl, port });
  const { opened, recorded } = await monitored(open);
  await end.say(opened.url, 0, 'help').answered;
  await fill(opened.store, SIZE);
  for (let index = 0; index < CONNECTIONS; index++) await log(end, opened.url, index);
  recorded.length = 0;
  await log(end, opened.url, 1);
  const commands = [...recorded];
  await opened.stop();
  return commands;
}

/** Types one contact with a promise, and waits for the answer. */
async function log(end, app, index) {
  const name = partnerName((index * 7) % SIZE.partnerCount);
  const line = `log ${name} talked about the summer fair how:call next:"send the plan" by:"in 2 weeks"`;
  const { acknowledged, answered } = end.say(app, index, line);
  const answer = (await acknowledged) || (await answered);
  if (!answer.startsWith('Noted')) throw new Error(`log was answered: ${answer}`);
}

async function benchRate(end, apps, commands) {
  const rates = Object.fromEntries(Object.keys(apps).map((name) => [name, []]));
  // In turns, so that a noisy moment of the machine affects all of them. The first round warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, app] of Object.entries(apps)) {
      const rate = await rateOf(end, app, REQUESTS);
      if (round > 0) rates[name].push(rate);
    }
  }
  const { ours, bare, acking } = Object.fromEntries(
    Object.entries(rates).map(([name, all]) => [name, percentile(all, 0.5)]),
  );
  const names = commands.map(({ name, collection }) => `${name} ${collection}`).join(', ');
  promise(
    'bare Bolt app to logs a second',
    bare / ours,
    1 / 0.6,
    `(${ours.toFixed(0)} a second to ${bare.toFixed(0)} with ${commands.length} driver operations each: ${names})`,
  );
  console.log(
    `       one that only acknowledges: ${(ours / acking).toFixed(2)} of its ${acking.toFixed(0)} a second`,
  );
}

/** How many requests a second are answered over all connections. */
async function rateOf(end, app, total) {
  let next = 0;
  end.hangUp();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (next < total) await log(end, app, next++);
    }),
  );
  return (total / (performance.now() - start)) * 1000;
}

/** Compares with an app that acknowledges first and then makes the same operations. To wait for the store would be too late. */
async function benchStall(end, store, apps) {
  const acks = {};
  for (const [name, app] of Object.entries(apps)) {
    const over = await acksOver(end, store, app);
    // Otherwise its late answers would take time from the next app.
    if (name === 'ours') await over.answers;
    acks[name] = { p99: percentile(over.acks, 0.99), most: Math.max(...over.acks) };
  }
  const { ours, ackingFirst, acking } = acks;
  promise(
    "acks (p99) while the store stalls, to a bare Bolt app's that acknowledges first",
    ours.p99 / ackingFirst.p99,
    3,
    `(${ours.p99.toFixed(1)} ms to ${ackingFirst.p99.toFixed(1)} ms; at most ${ours.most.toFixed(0)} ms)`,
  );
  console.log(
    `       one that only acknowledges: ${(ours.p99 / acking.p99).toFixed(2)} times its ${acking.p99.toFixed(1)} ms`,
  );
}

/** Types at a steady pace, also while the store stalls. */
async function acksOver(end, store, app) {
  const acks = [];
  const pending = [];
  const answers = [];
  end.hangUp();
  const start = performance.now();
  const until = (ms) => pause(Math.max(0, start + ms - performance.now()));
  const stalling = until(STALLED_FROM_MS)
    .then(store.stall)
    .then(() => until(STALLED_FROM_MS + STALLED_MS))
    .then(store.goOn);
  for (let index = 0; index < RATE * LASTING_S; index++) {
    await until((index * 1000) / RATE);
    const sent = performance.now();
    const name = partnerName(index % SIZE.partnerCount);
    const { acknowledged, answered } = end.say(app, index, `log ${name} met at the fair`);
    answers.push(answered);
    pending.push(acknowledged.then(() => acks.push(performance.now() - sent)));
  }
  await Promise.all([stalling, ...pending]);
  return { acks, answers: Promise.all(answers) };
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

if (process.argv[1]?.endsWith('slack.mjs')) await benchSlack();
