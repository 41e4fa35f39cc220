import { afterAll, expect, it } from 'vitest';
import { startEmbeddedStore } from '../../src/adapters/embedded/server.ts';
import { connectStores } from '../../src/adapters/mongo/connect.ts';
import { samplePartnership } from '../../src/adapters/playground/sample-partnership.ts';
import { collections } from '../../src/core/domain/collections.ts';
import { contacts } from '../../src/core/domain/contacts/contact.ts';
import { isProof, sized } from '../fixtures/proof.ts';
import { newDataFolder, startTry } from '../fixtures/try-process.ts';

const CONTACTS = sized(240, 1_000);
const CONCURRENT_TALKERS = 8;
/** After how many answers each process is killed. The last process logs the rest. */
const ANSWERS_PER_KILL = isProof ? [120, 180, 240, 150] : [60, 80];

const folder = await newDataFolder();
afterAll(folder.remove);

it(`kill -9 while ${CONTACTS} contacts are logged loses none that was confirmed`, async () => {
  const answered: string[] = [];
  let next = 0;
  for (const limit of [...ANSWERS_PER_KILL, Number.POSITIVE_INFINITY]) {
    const convenor = await startTry(folder.dataDir);
    const stopAt = answered.length + limit;
    let reportLimit = () => {};
    const limitReached = new Promise<void>((resolve) => {
      reportLimit = resolve;
    });
    const talk = async () => {
      while (next < CONTACTS && answered.length < stopAt) {
        const note = `contact number ${++next}`;
        const { text } = await convenor.say('tom', `log Groundwork UK ${note}`);
        expect(text).toContain('Noted, thanks.');
        answered.push(note);
        if (answered.length >= stopAt) reportLimit();
      }
    };
    const talking = Promise.allSettled(Array.from({ length: CONCURRENT_TALKERS }, talk));
    // The talker that reaches the limit stops. The others still wait for an answer when the process is killed.
    if (Number.isFinite(limit)) {
      await Promise.race([talking, limitReached]);
      await convenor.kill();
      await talking;
    } else {
      await talking;
      await convenor.stop();
    }
  }
  expect(answered.length).toBeGreaterThan(
    CONTACTS - ANSWERS_PER_KILL.length * CONCURRENT_TALKERS - 1,
  );
  const counts = new Map<string, number>();
  for (const note of await loggedNotes(folder.dataDir))
    counts.set(note, (counts.get(note) ?? 0) + 1);
  expect(answered.filter((note) => counts.get(note) !== 1)).toEqual([]);
}, 120_000);

async function loggedNotes(dataDir: string): Promise<string[]> {
  const server = await startEmbeddedStore({ dataDir });
  const { stores, close } = await connectStores({ uri: server.uri, declarations: collections });
  const notes: string[] = [];
  const rows = stores.forPartnership(samplePartnership.id).of(contacts);
  for await (const page of rows.pages({ index: 'byId' })) {
    notes.push(...page.flatMap(({ note }) => (note ? [note] : [])));
  }
  await close();
  await server.stop();
  return notes;
}
