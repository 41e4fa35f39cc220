import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { partnerships } from '../../src/core/domain/partnerships/partnership.ts';
import { people } from '../../src/core/domain/people/person.ts';
import {
  newRetentionSchedule,
  retentionSchedules,
} from '../../src/core/domain/retention/schedule.ts';
import { newTalk, type Talk } from '../fixtures/bot.ts';
import { newWorker } from '../fixtures/worker.ts';

async function start() {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  const partnership = await talk.store.of(partnerships).get(talk.id);
  if (!partnership) throw new Error('There is no partnership.');
  await talk.store
    .of(retentionSchedules)
    .insert(newRetentionSchedule(partnership, talk.clock.now()));
  await talk.say('grace', 'partner add "Riverside Council"');
  const line = 'person add Jane Doe at riverside council phone:"01482 300 300" email:j@d.example';
  await talk.say('grace', line);
  return { talk, worker };
}

/** The nights around a day: the clock jumps there, so that the briefs of years need not be written. */
async function nightsAt(iso: string, { talk, worker }: Awaited<ReturnType<typeof start>>) {
  talk.clock.set(iso);
  await worker.sweep();
  await worker.until(new Date(Date.parse(iso) + 2 * 86_400_000).toISOString());
}

const kept = (talk: Talk) => collect(talk.store.of(people).all({ index: 'byId' }));

it('forgets how to reach somebody three months after they left, and not before', async () => {
  const all = await start();
  await all.talk.say('grace', 'person left jane doe');
  await nightsAt('2027-02-14T10:00:00.000Z', all);
  expect(await kept(all.talk)).toMatchObject([{ name: 'Jane Doe', phone: '01482 300 300' }]);
  await nightsAt('2027-02-19T10:00:00.000Z', all);
  expect(await kept(all.talk)).toMatchObject([{ name: 'Jane Doe', phone: null, email: null }]);
});

it('forgets somebody six years after the last contact with their partner', async () => {
  const all = await start();
  all.talk.clock.set('2027-01-10T10:00:00.000Z');
  await all.talk.say('grace', 'log riverside council met them about the fair');
  await nightsAt('2033-01-05T10:00:00.000Z', all);
  expect(await kept(all.talk)).toHaveLength(1);
  await nightsAt('2033-01-12T10:00:00.000Z', all);
  expect(await kept(all.talk)).toEqual([]);
  expect((await all.talk.say('grace', 'person find jane')).text).toContain("I don't have");
});
