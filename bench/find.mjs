// `find` among 100,000 contacts: how long it takes, how much larger the words make the store, and what they add to the
// time of one write. All ratios are of one run.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplePartnership, seedRows } from '../dist/adapters/playground/sample-partnership.js';
import { databaseFile } from '../dist/adapters/sqlite/data-folder.js';
import { openStore } from '../dist/adapters/sqlite/open.js';
import { systemClock } from '../dist/core/base/clock.js';
import { contacts } from '../dist/core/domain/contacts/contact.js';
import { allCollections } from '../dist/process/open-stores.js';
import { measure, newTalk } from './commands.mjs';
import { fill } from './fill.mjs';
import { percentile, promise } from './statistics.mjs';

const PARTNERS = 10_000;
const CONTACTS = 100_000;
const BATCH = 500;
const SAMPLES = 50;
const WRITES = 400;
const MAX_FIND_MS = 100;
/** The same collection, without the words that follow from it. */
const withoutWords = { ...contacts, derived: undefined };

export async function benchFind() {
  const folder = await mkdtemp(join(tmpdir(), 'convenor-bench-'));
  const plain = await filled(join(folder, 'plain'), withoutWords);
  const { stores, close, seconds, bytes } = await filled(join(folder, 'words'), contacts);
  promise('store with 100,000 contacts to one without their words', bytes / plain.bytes, 6, '');
  console.log(
    `       ${seconds.toFixed(1)} s to write it, ${plain.seconds.toFixed(1)} s without; ${(bytes / 1e6).toFixed(0)} MB and ${(plain.bytes / 1e6).toFixed(0)} MB`,
  );
  await measureWrites(stores, plain.stores);
  await plain.close();
  const say = newTalk(stores);
  for (const [what, words] of Object.entries({
    'a word of ten notes': 'rare77',
    'a word of half the notes': 'garden',
    'the start of many words': 'rar',
    'two words of half the notes each': 'garden lease',
    'two that are never together': 'morning evening',
    'three words': 'rare77 garden met',
    'a word that is nowhere': 'zebra',
    'a word of each partner': 'harbour garden',
  }))
    await measure(
      `find, ${what}`,
      SAMPLES,
      () => say('grace', `find ${words}`),
      undefined,
      MAX_FIND_MS,
    );
  await close();
  await rm(folder, { recursive: true });
}

async function filled(dataDir, declaration) {
  const { stores, close } = await openStore({ dataDir, shapes: allCollections });
  await seedRows(stores, systemClock.now());
  const store = stores.forPartnership(samplePartnership.id);
  await fill(store, { partnerCount: PARTNERS, contactCount: 0 });
  const start = performance.now();
  for (let at = 0; at < CONTACTS; at += BATCH) {
    const rows = Array.from({ length: BATCH }, (_, index) => contact(at + index));
    await store.of(declaration).insertAll(rows);
  }
  const seconds = (performance.now() - start) / 1000;
  await stores.vacuum();
  const bytes = (await stat(databaseFile(dataDir))).size;
  return { stores, close, seconds, bytes };
}

/** A contact with ten words that are kept: two of half the notes, others of fewer. */
function contact(index) {
  const word = (of, every) => `${of}${(index * 7919) % every}`;
  const often = [index % 2 ? 'garden' : 'hall', index % 3 ? 'lease' : 'fair'].join(' and the ');
  const half = index % 2 ? 'morning' : 'evening';
  return {
    id: `contact-${String(index).padStart(10, '0')}`,
    partner: `partner-${index % PARTNERS}`,
    day: `20${String(10 + (index % 16)).padStart(2, '0')}-0${1 + (index % 9)}-1${index % 10}`,
    how: 'call',
    twoWay: true,
    note: `met ${word('name', 200)} about the ${often} in the ${half}, ${word('thing', 1000)} and ${word('rare', 10_000)}: they want ${word('plan', 50)}`,
    by: 'tom',
    loggedAt: new Date(),
  };
}

/** Writes as one command does, in turns. */
async function measureWrites(stores, plain) {
  const partnership = samplePartnership.id;
  const samples = { words: [], plain: [] };
  for (let index = 0; index < WRITES; index++) {
    for (const [name, target, declaration] of [
      ['words', stores, contacts],
      ['plain', plain, withoutWords],
    ]) {
      const insert = contact(CONTACTS + index);
      const start = performance.now();
      await target.commit([{ partnership, declaration, insert }]);
      samples[name].push(performance.now() - start);
    }
  }
  const p50 = (times) => percentile(times, 0.5);
  const [words, without] = [p50(samples.words), p50(samples.plain)];
  promise(
    'write of a contact to one without its words',
    words / without,
    3,
    `(p50: ${words.toFixed(2)} ms to ${without.toFixed(2)} ms)`,
  );
}

if (process.argv[1]?.endsWith('/find.mjs')) await benchFind();
