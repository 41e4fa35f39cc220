import fc from 'fast-check';
import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { addToDay } from '../../../src/core/dates/day.ts';
import { deliveries } from '../../../src/core/domain/deliveries/delivery.ts';
import { type Followup, followups } from '../../../src/core/domain/followups/followup.ts';
import { repeatText } from '../../../src/core/domain/followups/repeat-text.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';
import { failAfterWrites } from '../../fixtures/fail-after-writes.ts';
import { runs, sized } from '../../fixtures/proof.ts';
import { randomNumbers } from '../../fixtures/random-args.ts';
import { daysOfRhythm, rhythms } from '../../fixtures/repeat-days.ts';
import { newWorker, type TestWorker } from '../../fixtures/worker.ts';

/** A partnership at an instant, with Tom's follow-up that repeats every Thursday at seven in the evening. */
async function withBins(now = '2027-03-01T10:00:00Z', more = ''): Promise<Started> {
  const talk = await newTalk();
  talk.clock.set(now);
  const worker = await newWorker(talk);
  const said = await talk.say(
    'tom',
    `followup add put the bins out repeat:"every thursday at 7pm" ${more}`,
  );
  expect(said.text).toContain('put the bins out');
  return { talk, worker };
}

interface Started {
  talk: Talk;
  worker: TestWorker;
}

const reminders = (worker: TestWorker, who: 'tom' | 'grace' = 'tom') =>
  worker.inbox(who).filter((text) => text.startsWith('A reminder') || text.startsWith('Has this'));

const briefs = (worker: TestWorker, who: 'tom' | 'maya' = 'tom') =>
  worker.inbox(who).filter((text) => !text.startsWith('A reminder'));

const list = async (talk: Talk, who = 'tom') => (await talk.say(who, 'followup list')).text;

const rowsOf = (talk: Talk): Promise<Followup[]> =>
  collect(talk.store.of(followups).all({ index: 'byDueDay', where: { state: 'open' } }));

it('comes again each Thursday, done or not, in one row that is late once', async () => {
  const { talk, worker } = await withBins();
  await worker.until('2027-03-04T18:59:59Z');
  expect(reminders(worker)).toHaveLength(0);
  await worker.until('2027-03-04T19:00:00Z');
  expect(reminders(worker)).toHaveLength(1);

  await worker.until('2027-03-05T12:00:00Z');
  expect(await list(talk)).toBe(
    'You have 1 follow-up:\nput the bins out · late since Thu 4 Mar, comes again Thu 11 Mar · every Thursday at 19:00',
  );
  await worker.until('2027-03-11T12:00:00Z');
  expect(await list(talk)).toContain('late since Thu 4 Mar, due again today');
  await worker.until('2027-03-11T19:00:00Z');
  expect(reminders(worker)).toHaveLength(2);
  await worker.until('2027-03-18T18:59:59Z');
  expect(reminders(worker)).toHaveLength(2);
  await worker.until('2027-03-18T19:00:00Z');
  expect(reminders(worker)).toHaveLength(3);
  expect(reminders(worker).at(-1)).toContain('late since Thu 4 Mar 2027, due again today');
  expect(await rowsOf(talk)).toHaveLength(1);
  expect((await talk.say('tom', 'followup list late')).text).toContain('1 follow-up late');

  // Done after three times: it is closed once, and the next is the next Thursday.
  const done = await talk.say('tom', 'followup done bins');
  expect(done.text).toContain('The next one is due Thu 25 Mar');
  expect(await list(talk)).toMatch(/^You have 1 follow-up:\nput the bins out · by Thu 25 Mar/);
  await worker.until('2027-03-31T12:00:00Z');
  expect(reminders(worker)).toHaveLength(4);
  expect(worker.errors).toEqual([]);
});

it('without a clock time, the brief of the day says that it is due again, also a weekly one', async () => {
  const talk = await newTalk();
  talk.clock.set('2027-03-01T10:00:00Z');
  const worker = await newWorker(talk);
  await talk.say('maya', 'followup add put the bins out repeat:"every thursday"');
  const about = () => briefs(worker, 'maya').filter((text) => text.includes('put the bins out'));
  await worker.until('2027-03-04T12:00:00Z');
  expect(about()).toHaveLength(1);
  await worker.until('2027-03-11T08:00:00Z');
  const before = about().length;
  await worker.until('2027-03-11T12:00:00Z');
  expect(about()).toHaveLength(before + 1);
  expect(about().at(-1)).toContain('late since Thu 4 Mar 2027, due again today');
  expect((await talk.say('maya', 'today')).text).toContain('late since Thu 4 Mar, due again today');
});

it('is reminded of once after a downtime of several times, and then goes on', async () => {
  const { talk, worker } = await withBins();
  await worker.until('2027-03-04T19:00:00Z');
  talk.clock.set('2027-03-27T12:00:00Z');
  const next = await newWorker(talk, worker.platform);
  await next.until('2027-03-27T12:01:00Z');
  expect(reminders(next)).toHaveLength(2);
  expect(reminders(next)[1]).toContain('late since Thu 4 Mar 2027, comes again Thu 1 Apr');
  await next.until('2027-04-01T17:59:59Z');
  expect(reminders(next)).toHaveLength(2);
  // Clocks have gone forward: seven in the evening is an hour earlier.
  await next.until('2027-04-01T18:00:00Z');
  expect(reminders(next)).toHaveLength(3);
});

it.each([0, 1, 2, 3, 4, 5, 6])(
  'a worker that dies after %i writes loses no time of it, and doubles none',
  async (writes) => {
    const { talk, worker } = await withBins();
    await worker.until('2027-03-04T19:00:00Z');
    talk.clock.set('2027-03-11T19:00:00Z');
    const stores = failAfterWrites(talk.stores, writes);
    const dying = await newWorker({ ...talk, stores }, worker.platform);
    await dying.sweep().catch(() => {});
    if (writes < 5) expect(stores.wasCut()).toBe(true);
    const next = await newWorker(talk, worker.platform);
    await next.until('2027-03-11T20:00:00Z');
    expect(reminders(next)).toHaveLength(2);
    await next.until('2027-03-18T19:00:00Z');
    expect(reminders(next)).toHaveLength(3);
    const ledger = await collect(talk.store.of(deliveries).all({ index: 'byRecipient' }));
    const names = ledger.filter(({ kind }) => kind === 'reminder').map((row) => row.occurrence);
    expect([names.length, new Set(names).size]).toEqual([3, 3]);
  },
);

it('`times:` and `until:` count missed ones too, and the last one says so', async () => {
  const { talk, worker } = await withBins(undefined, 'times:2');
  await worker.until('2027-03-30T12:00:00Z');
  expect(reminders(worker)).toHaveLength(2);
  expect(await list(talk)).toContain('late since Thu 4 Mar · every Thursday at 19:00');
  expect((await talk.say('tom', 'followup done bins')).text).toContain('That was the last one');
  expect(await list(talk)).toContain('no open follow-ups');
});

it('put off past a time of its rule, it comes on the new day and then by the rule', async () => {
  const { talk, worker } = await withBins();
  await worker.until('2027-03-05T12:00:00Z');
  await talk.say('tom', 'followup later bins by:"8 Mar 2027 10am"');
  expect(await list(talk)).toMatch(/by Mon 8 Mar 2027, 10:00 · every Thursday/);
  await worker.until('2027-03-08T10:00:00Z');
  expect(reminders(worker)).toHaveLength(2);
  await worker.until('2027-03-11T19:00:00Z');
  expect(reminders(worker)).toHaveLength(3);
  expect(reminders(worker)[2]).toContain('late since Mon 8 Mar 2027, due again today');
  await talk.say('tom', 'followup later bins by:"20 Mar 2027"');
  await worker.until('2027-03-20T09:59:59Z');
  expect(reminders(worker)).toHaveLength(3);
  await worker.until('2027-03-20T10:00:00Z');
  expect(reminders(worker)).toHaveLength(4);
  await worker.until('2027-03-25T19:00:00Z');
  expect(reminders(worker)).toHaveLength(5);
});

it('moved to a day without its clock time, it still comes again by its rule', async () => {
  const { talk, worker } = await withBins();
  await worker.until('2027-03-11T20:00:00Z');
  expect(reminders(worker)).toHaveLength(2);
  await talk.say('tom', 'followup edit bins by:none scope:one');
  await worker.until('2027-03-18T19:00:00Z');
  expect(reminders(worker)).toHaveLength(3);
});

it('a skip ends that it is late, and can be undone', async () => {
  const { talk, worker } = await withBins();
  await worker.until('2027-03-05T12:00:00Z');
  const skipped = await talk.say('tom', 'followup skip bins');
  expect(skipped.text).toContain('The next one is due Thu 11 Mar');
  expect(await list(talk)).toContain('put the bins out · by Thu 11 Mar');
  await talk.press('tom', 'Undo', skipped);
  expect(await list(talk)).toContain('late since Thu 4 Mar, comes again Thu 11 Mar');
  await worker.until('2027-03-11T19:00:00Z');
  expect(reminders(worker)).toHaveLength(2);
});

it('Undo of Done on the day of its next time brings it back, and that reminder still comes once', async () => {
  const { talk, worker } = await withBins();
  await worker.until('2027-03-11T18:00:00Z');
  const done = await talk.say('tom', 'followup done bins');
  expect(done.text).toContain('The next one is due Thu 18 Mar');
  await worker.until('2027-03-11T20:00:00Z');
  expect(reminders(worker)).toHaveLength(1);
  await talk.press('tom', 'Undo', done);
  await worker.until('2027-03-11T20:10:00Z');
  expect(reminders(worker)).toHaveLength(2);
  await worker.until('2027-03-18T19:00:00Z');
  expect(reminders(worker)).toHaveLength(3);
  expect(await rowsOf(talk)).toHaveLength(1);
});

it('Undo of Later after its reminder came leaves it coming by its rule', async () => {
  const { talk, worker } = await withBins();
  await worker.until('2027-03-11T20:00:00Z');
  const later = await talk.say('tom', 'followup later bins by:"11 Mar 2027 9pm"');
  await worker.until('2027-03-11T21:30:00Z');
  expect(reminders(worker)).toHaveLength(3);
  await talk.press('tom', 'Undo', later);
  await worker.until('2027-03-12T12:00:00Z');
  expect(reminders(worker)).toHaveLength(3);
  expect(await list(talk)).toContain('late since Thu 4 Mar, comes again Thu 18 Mar');
  await worker.until('2027-03-18T19:00:00Z');
  expect(reminders(worker)).toHaveLength(4);
});

it('another rule, another end, or none, holds for the reminders of one that is late', async () => {
  const { talk, worker } = await withBins();
  await worker.until('2027-03-05T12:00:00Z');
  await talk.say('tom', 'followup edit bins until:"10 Mar 2027"');
  expect(await list(talk)).toContain('late since Thu 4 Mar · every Thursday');
  await worker.until('2027-03-12T12:00:00Z');
  expect(reminders(worker)).toHaveLength(1);
  await talk.say('tom', 'followup edit bins until:none');
  await worker.until('2027-03-18T19:00:00Z');
  expect(reminders(worker)).toHaveLength(2);
  await talk.say('tom', 'followup edit bins repeat:none');
  await worker.until('2027-03-26T12:00:00Z');
  expect(reminders(worker)).toHaveLength(2);
  expect(await list(talk)).toContain('was due Thu 4 Mar');
});

it('given to somebody else, the reminders go to them, and to nobody while nobody has it', async () => {
  const { talk, worker } = await withBins();
  await worker.until('2027-03-05T12:00:00Z');
  await talk.say('grace', 'member left @Tom to:none');
  await worker.until('2027-03-12T12:00:00Z');
  expect(reminders(worker)).toHaveLength(1);
  expect(reminders(worker, 'grace')).toHaveLength(0);
  const [row] = await rowsOf(talk);
  await talk.invoke('grace', 'followup ask', { which: `#${row?.id}`, who: '@Grace' });
  await worker.until('2027-03-18T19:00:00Z');
  expect(reminders(worker)).toHaveLength(1);
  expect(reminders(worker, 'grace')).toHaveLength(1);
  expect(worker.errors).toEqual([]);
});

it('what they promised and repeats comes again too', async () => {
  const { talk, worker } = await withBins('2027-03-01T10:00:00Z', 'whose:theirs');
  await worker.until('2027-03-11T19:00:00Z');
  expect(reminders(worker)).toHaveLength(2);
  expect(reminders(worker)[1]).toContain('Has this come?');
  expect((await talk.say('tom', 'why bins')).text).toContain('It comes again on Thu 18 Mar 2027');
});

// Random rules, and a person who does it now and then. What has to come is counted from the rule's days.
it(
  'comes on each day of any rule, once, and not on those that were done before',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        rhythms,
        fc.integer({ min: 0, max: 95 }),
        fc.nat(),
        async (rhythm, quarter, seed) => {
          const random = randomNumbers(seed);
          // In winter, when London keeps to UTC.
          const start = '2026-11-01';
          const end = addToDay(start, { days: sized(70, 120) });
          const minute = quarter * 15;
          const talk = await newTalk();
          talk.clock.set(`${start}T00:00:00Z`);
          let worker = await newWorker(talk);
          const first = daysOfRhythm(
            { ...rhythm, count: 1 },
            '2026-11-02',
            '2029-12-31',
          )[0] as string;
          const words = repeatText({ rhythm, from: first, minute });
          const said = await talk.say('tom', `followup add walk repeat:"${words}" by:"${first}"`);
          expect(said.text, words).toContain('walk');
          await talk.say('tom', 'me fewer:off');
          const days = daysOfRhythm(rhythm, first, addToDay(end, { years: 30 }));
          /** Days up to this one are done. */
          let doneThrough = start;
          /** Whether a time came while no worker was running. */
          let waiting = false;
          let isDown = false;
          let expected = 0;
          for (let day = start; day < end; day = addToDay(day, { days: 1 })) {
            if (isDown && random() < 0.3) {
              isDown = false;
              worker = await newWorker(talk, worker.platform);
              await worker.until(`${day}T00:30:00Z`);
              if (waiting) expected++;
              waiting = false;
              expect(reminders(worker), `${words}, up on ${day}`).toHaveLength(expected);
            } else if (!isDown && random() < 0.05) {
              isDown = true;
            }
            // Done just before midnight UTC, when all of the day has come.
            const isDue = days.includes(day) && day > doneThrough;
            if (isDue && isDown) waiting = true;
            else if (isDue) expected++;
            const night = `${day}T23:50:00Z`;
            if (isDown) talk.clock.set(night);
            else await worker.until(night);
            expect(reminders(worker), `${words}, ${day}`).toHaveLength(expected);
            if (random() < 0.15) {
              const [open] = await rowsOf(talk);
              await talk.say('tom', 'followup done walk');
              const own = open?.series?.day ?? day;
              doneThrough = own > day ? own : day;
              waiting = false;
            }
            expect(await rowsOf(talk)).toHaveLength(1);
          }
          expect(worker.errors).toEqual([]);
        },
      ),
      { numRuns: runs(4) },
    );
  },
  sized(120_000, 1_200_000),
);
