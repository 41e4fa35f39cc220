// How long commands take, and how long each keeps the event loop to itself, in a partnership with 10,000 partners and
// 100,000 contacts in which one member leads 700 partners.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { samplePartnership, seedRows } from '../dist/adapters/playground/sample-partnership.js';
import { openStore } from '../dist/adapters/sqlite/open.js';
import { systemClock } from '../dist/core/base/clock.js';
import { createBot } from '../dist/core/bot/bot.js';
import { allCommands } from '../dist/core/bot/commands.js';
import { partners } from '../dist/core/domain/partners/partner.js';
import { allCollections } from '../dist/process/open-stores.js';
import { fill, partnerName } from './fill.mjs';
import { percentile, promise } from './statistics.mjs';

const SIZE = { partnerCount: 10_000, contactCount: 100_000 };
const LED = 700;
const SAMPLES = 100;
const MAX_P99_MS = 150;
const MAX_BLOCK_MS = 50;
/** How exactly the event loop is watched. */
const RESOLUTION_MS = 5;

export async function benchCommands() {
  const dataDir = await mkdtemp(join(tmpdir(), 'convenor-bench-'));
  const { stores, close } = await openStore({ dataDir, shapes: allCollections });
  await seedRows(stores, systemClock.now());
  const store = stores.forPartnership(samplePartnership.id);
  await fill(store, SIZE);
  await makeQuiet(store);
  const say = newTalk(stores);
  for (const line of ['today', 'quiet', 'quiet mine', 'partner find harbour', 'digest preview'])
    await measure(line, SAMPLES, () => say('grace', line));
  await measure('partner find, misspelt', SAMPLES, (index) =>
    say('grace', `partner find ${misspelt(partnerName(index))}`),
  );
  await measureLeaving(say);
  await close();
  await rm(dataDir, { recursive: true });
}

/** Says or presses something in the direct messages of a member. */
export function newTalk(stores) {
  const log = { info() {}, warn: fail, error: fail };
  const commands = allCommands();
  const bot = createBot({ stores, clock: systemClock, commands, log, wake() {} });
  const at = { platform: 'playground', workspace: 'playground' };
  let keys = 0;
  return (who, given) =>
    bot.handle({
      ...(typeof given === 'string' ? bot.parseLine(given) : given),
      actor: { ...at, user: who },
      place: { ...at, channel: `direct-${who}`, direct: true },
      profiles: { [who]: { name: who, zone: null, standing: 'full' } },
      partnership: samplePartnership.id,
      key: `bench-${keys++}`,
    });
}

function fail(fields) {
  throw new Error(JSON.stringify(fields));
}

/** A third of the partners have gone quiet, and one member leads 700. */
async function makeQuiet(store) {
  const rows = [];
  let index = 0;
  const today = systemClock.now().toISOString().slice(0, 10);
  for await (const row of store.of(partners).all({ index: 'byId' })) {
    const quietOn = index % 3 === 0 ? `2025-0${1 + (index % 9)}-11` : null;
    const lead = index < LED ? memberId('tom') : null;
    rows.push({ ...row, quietOn, nudgeOn: quietOn && today, lead });
    index++;
  }
  for (let start = 0; start < rows.length; start += 500)
    await store.of(partners).saveAll(rows.slice(start, start + 500));
}

const memberId = (user) => samplePartnership.members.find((member) => member.user === user).id;

const misspelt = (name) => `${name.slice(0, 2)}${name.slice(3)}`;

/**
 * @param run is told how often it ran before. @param prepare runs before each, and is not measured.
 * @param most the highest p99 (ms)
 */
export async function measure(name, count, run, prepare = async () => {}, most = MAX_P99_MS) {
  const watch = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  const samples = [];
  await run(0);
  watch.enable();
  // What the watch sees of the first moments is its own start.
  await new Promise((resolve) => setTimeout(resolve, 10 * RESOLUTION_MS));
  watch.reset();
  for (let index = 1; index <= count; index++) {
    await prepare();
    const start = performance.now();
    await run(index);
    samples.push(performance.now() - start);
    await new Promise((resolve) => setImmediate(resolve));
  }
  watch.disable();
  promise(`${name}: ms, p99`, percentile(samples, 0.99), most, '');
  promise(`${name}: ms that nobody else has a turn`, watch.max / 1e6, MAX_BLOCK_MS, '');
}

/** `member left` of somebody who leads 700 partners. Each is undone again. */
async function measureLeaving(say) {
  let answer;
  const leave = async () => {
    answer = await say('grace', {
      command: 'member left',
      args: { who: `#${memberId('tom')}`, to: 'nobody' },
    });
  };
  const undo = () => say('grace', undoOf(answer));
  await measure(`member left (${LED} partners)`, 30, leave, undo);
}

function undoOf({ reply }) {
  const buttons = (reply.card ?? []).flatMap((block) => block.buttons ?? []);
  const { command, args } = buttons.find(({ label }) => label === 'Undo');
  return { command, args };
}

if (process.argv[1]?.endsWith('/commands.mjs')) await benchCommands();
