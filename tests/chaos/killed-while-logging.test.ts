import { afterAll, expect, it } from 'vitest';
import { startEmbeddedStore } from '../../src/adapters/embedded/server.ts';
import { connectStores } from '../../src/adapters/mongo/connect.ts';
import { samplePartnership } from '../../src/adapters/playground/sample.ts';
import { collections } from '../../src/core/domain/collections.ts';
import { contacts } from '../../src/core/domain/contacts/contact.ts';
import { dataFolder, startTry } from '../fixtures/try-process.ts';
import { isWhole, sized } from './scale.ts';

const CONTACTS = sized(240, 1_000);
const AT_ONCE = 8;
/** After so many answers the process is killed; the rest is logged with the next. */
const KILLED_AFTER = isWhole ? [120, 180, 240, 150] : [60, 80];

const folder = await dataFolder();
afterAll(folder.remove);

it(`kill -9 while ${CONTACTS} contacts are logged loses none that was answered`, async () => {
  const answered: string[] = [];
  let next = 0;
  for (const limit of [...KILLED_AFTER, Number.POSITIVE_INFINITY]) {
    const convenor = await startTry(folder.dataDir);
    const stopAt = answered.length + limit;
    let enough = () => {};
    const reached = new Promise<void>((resolve) => {
      enough = resolve;
    });
    const talk = async () => {
      while (next < CONTACTS && answered.length < stopAt) {
        const note = `contact number ${++next}`;
        const { text } = await convenor.say('tom', `log Groundwork UK ${note}`);
        expect(text).toContain('Noted, thanks.');
        answered.push(note);
        if (answered.length >= stopAt) enough();
      }
    };
    const talking = Promise.allSettled(Array.from({ length: AT_ONCE }, talk));
    // Whoever sees the limit first leaves; the others are still at it when the process goes.
    if (Number.isFinite(limit)) {
      await Promise.race([talking, reached]);
      await convenor.kill();
      await talking;
    } else {
      await talking;
      await convenor.stop();
    }
  }
  expect(answered.length).toBeGreaterThan(CONTACTS - KILLED_AFTER.length * AT_ONCE - 1);
  const kept = new Map<string, number>();
  for (const note of await loggedNotes(folder.dataDir)) kept.set(note, (kept.get(note) ?? 0) + 1);
  expect(answered.filter((note) => kept.get(note) !== 1)).toEqual([]);
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
