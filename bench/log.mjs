// `log` through the playground's interface, on SQLite: how its time grows with the data, and how many are done in a
// second when twelve people talk at once. The playground is one process, and the people who type are another.
import { post } from './client.mjs';
import { partnerName } from './fill.mjs';
import { startProcess } from './process.mjs';
import { percentile, promise, timed } from './statistics.mjs';

const ROUNDS = 5;
const SAMPLES = 200;
const TALKERS = 12;
const SMALL = { partnerCount: 100, contactCount: 1_000 };
const LARGE = { partnerCount: 10_000, contactCount: 100_000 };

export async function benchLog() {
  const servers = [await start(SMALL), await start(LARGE)];
  const [small, large] = servers;
  // In turns, so that a noisy moment of the machine affects both. The first round warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const server of servers) await measure(server, round);
  }
  for (const { process } of servers) await process.stop();
  const p99 = ({ alone }) => percentile(alone, 0.99);
  promise(
    'log p99, 10,000 partners and 100,000 contacts to a hundredth of it',
    p99(large) / p99(small),
    1.5,
    `(${p99(large).toFixed(2)} ms to ${p99(small).toFixed(2)} ms)`,
  );
  for (const [name, { alone, rates }] of Object.entries({ small, large })) {
    const [p50, rate] = [percentile(alone, 0.5), percentile(rates, 0.5)];
    console.log(
      `       ${name}: one alone ${p50.toFixed(2)} ms (p50); ${TALKERS} at once ${rate.toFixed(0)} a second`,
    );
  }
}

async function start(size) {
  const args = ['bench/server.mjs', String(size.partnerCount), String(size.contactCount)];
  const process = await startProcess(args, {}, /Ready: (\S+)/);
  return { process, ...size, next: 0, alone: [], rates: [] };
}

async function measure(server, round) {
  const alone = await timed(SAMPLES, () => log(server));
  const begin = performance.now();
  const talk = async () => {
    for (let index = 0; index < SAMPLES / TALKERS; index++) await log(server);
  };
  await Promise.all(Array.from({ length: TALKERS }, talk));
  const rate = (Math.ceil(SAMPLES / TALKERS) * TALKERS * 1_000) / (performance.now() - begin);
  if (round === 0) return;
  server.alone.push(...alone);
  server.rates.push(rate);
}

/** One contact with a promise, as somebody types it. */
async function log(server) {
  const name = partnerName((server.next++ * 7) % server.partnerCount);
  const { text } = await post(`${server.process.address}/playground/say`, {
    as: 'tom',
    place: 'dm',
    text: `log ${name} talked about the summer fair how:call next:"send the plan" by:"in 2 weeks"`,
  });
  if (!text?.startsWith('Noted, thanks.')) throw new Error(`log was answered: ${text}`);
}

if (process.argv[1]?.endsWith('/log.mjs')) await benchLog();
