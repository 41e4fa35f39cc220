import { afterAll, expect, it } from 'vitest';
import { samplePartnership } from '../../src/adapters/playground/sample-partnership.ts';
import { collect } from '../../src/core/async/collect.ts';
import { addToDay } from '../../src/core/dates/day.ts';
import { collections } from '../../src/core/domain/collections.ts';
import { contacts } from '../../src/core/domain/contacts/contact.ts';
import { followups } from '../../src/core/domain/followups/followup.ts';
import { partners } from '../../src/core/domain/partners/partner.ts';
import { receipts } from '../../src/core/domain/receipts/receipt.ts';
import { seed, sized } from '../fixtures/proof.ts';
import { openQuickly } from '../fixtures/store.ts';
import { newDataFolder, startTry } from '../fixtures/try-process.ts';
import { cycle, randomIntegers } from './random.ts';

const KILLS = sized(3, 100);
const CONCURRENT_TALKERS = 12;
/** How many answers each process gives before it is killed. */
const answersBeforeKill = randomIntegers(1, sized(60, 40), KILLS);
/** How many days ago a contact was. */
const daysAgo = cycle(randomIntegers(0, 300, 500));
const PARTNERS = ['Withernsea Town Council', 'Groundwork UK'];

const folder = await newDataFolder();
afterAll(folder.remove);

it(
  `${KILLS} times kill -9 while twelve write loses nothing that was answered, and leaves nothing in part (seed ${seed})`,
  async () => {
    const answered: string[] = [];
    let count = 0;
    for (const limit of answersBeforeKill) {
      const convenor = await startTry(folder.dataDir);
      const stopAt = answered.length + limit;
      let reportLimit = () => {};
      const limitReached = new Promise<void>((resolve) => {
        reportLimit = resolve;
      });
      const talk = async () => {
        while (answered.length < stopAt) {
          const title = `paper ${++count}.`;
          const partner = PARTNERS[count % PARTNERS.length];
          const day = addToDay('2026-06-01', { days: -daysAgo() });
          const { text } = await convenor.say(
            'tom',
            `log "${partner}" asked for ${title} when:${day} next:"send ${title}" by:friday`,
          );
          expect(text).toContain('Noted, thanks.');
          answered.push(title);
        }
        reportLimit();
      };
      // The talker that reaches the limit stops. The others still wait for an answer when the process is killed.
      const talking = Promise.allSettled(Array.from({ length: CONCURRENT_TALKERS }, talk));
      await Promise.race([talking, limitReached]);
      await convenor.kill();
      await talking;
      const noted = await notedTitles(convenor.dataDir);
      expect(answered.filter((title) => !noted.includes(title))).toEqual([]);
      expect(noted.length).toBeLessThanOrEqual(count);
    }
    expect(answered.length).toBeGreaterThanOrEqual(answersBeforeKill.reduce((a, b) => a + b));
  },
  sized(120_000, 1_800_000),
);

/**
 * What was noted. Of each command the contact, its follow-up, the receipt and the partner's last contact are all in the
 * store, or none of them.
 */
async function notedTitles(dataDir: string): Promise<string[]> {
  const { stores, close } = await openQuickly(dataDir, collections);
  const store = stores.forPartnership(samplePartnership.id);
  const everyContact = await collect(store.of(contacts).all({ index: 'byId' }));
  const everyFollowup = await collect(store.of(followups).all({ index: 'byId' }));
  const everyPartner = await collect(store.of(partners).all({ index: 'byId' }));
  const everyReceipt = await collect(stores.global(receipts).all({ index: 'byId' }));
  await close();
  const titles = (texts: readonly (string | null)[]) =>
    texts.flatMap((text) => /paper \d+\./.exec(text ?? '') ?? []).toSorted();
  const noted = titles(everyContact.map(({ note }) => note));
  expect(titles(everyFollowup.map(({ title }) => title))).toEqual(noted);
  // What a receipt answers again has the words once in its text.
  const answers = everyReceipt.filter(({ command }) => command === 'log');
  expect(titles(answers.map(({ answer }) => JSON.stringify(answer.reply)))).toEqual(noted);
  const lastDays = everyPartner.map(({ id, name }) => {
    const days = everyContact.flatMap((row) => (row.partner === id ? [row.day] : []));
    return { name, lastContact: days.toSorted().at(-1) ?? null };
  });
  expect(everyPartner.map(({ name, lastContact }) => ({ name, lastContact }))).toEqual(lastDays);
  return noted;
}
