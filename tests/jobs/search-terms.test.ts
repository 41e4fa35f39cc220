import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import {
  newRetentionSchedule,
  retentionScheduleId,
  retentionSchedules,
} from '../../src/core/domain/retention/schedule.ts';
import { searchTerms } from '../../src/core/domain/search-terms/search-term.ts';
import { updateWithRetry } from '../../src/core/ports/store.ts';
import { newTalk, type Talk, ZONE } from '../fixtures/bot.ts';
import { expectTerms } from '../fixtures/search-terms.ts';
import { newWorker } from '../fixtures/worker.ts';

async function newNightlyTalk(): Promise<Talk> {
  const talk = await newTalk();
  await talk.store
    .of(retentionSchedules)
    .insert(newRetentionSchedule({ id: talk.id, zone: ZONE }, talk.clock.now()));
  await talk.say('grace', 'partner add "Riverside Council"');
  return talk;
}

it('what is erased is not found any more, and none of its words is kept', async () => {
  const talk = await newNightlyTalk();
  await talk.say('tom', 'log riverside council met Zebrina Quixwell about the lease');
  await talk.say('tom', 'followup add "send the plan to Zebrina Quixwell" by:friday');
  expect((await talk.say('maya', 'find quixwell')).text).toContain('about the lease');
  const worker = await newWorker(talk);
  const asked = await talk.say('grace', 'erase Zebrina Quixwell');
  await talk.press('grace', 'Erase', asked);
  await worker.until('2026-11-18T10:05:00Z');
  expect((await talk.say('maya', 'find quixwell')).text).toContain("I can't find");
  const terms = await expectTerms(talk.store);
  expect(terms).not.toContain('quixwell');
  expect(terms).toContain('lease');
});

it('the words of notes that are too old go with them', async () => {
  const talk = await newNightlyTalk();
  await talk.say('tom', 'log "Riverside Council" spoke about the boiler when:2020-12-10');
  const worker = await newWorker(talk);
  await worker.until('2026-11-20T12:00:00Z');
  talk.clock.set('2027-01-20T10:00:00Z');
  await worker.until('2027-01-22T12:00:00Z');
  expect(await expectTerms(talk.store)).toEqual([]);
});

it('notes from before there was a search are found from the next morning on, and it says so', async () => {
  const talk = await newNightlyTalk();
  await talk.say('tom', 'log riverside council came about the lease');
  await talk.say('tom', 'followup add send the lease by:friday');
  for (const { id } of await collect(talk.store.of(searchTerms).all({ index: 'byId' })))
    await talk.store.of(searchTerms).remove(id);
  // As the row was before.
  await updateWithRetry(talk.store.of(retentionSchedules), retentionScheduleId(talk.id), (row) => ({
    ...row,
    searchable: null,
  }));
  await talk.say('tom', 'log riverside council signed the lease');
  const today = await talk.say('maya', 'find lease');
  expect(today.text).toContain('signed the lease');
  expect(today.text).not.toContain('came about');
  expect(today.text).toContain("I've just learned to search.");
  const worker = await newWorker(talk);
  await worker.until('2026-11-19T09:00:00Z');
  await expectTerms(talk.store);
  const tomorrow = await talk.say('maya', 'find lease');
  for (const words of ['signed the', 'came about the', 'send the'])
    expect(tomorrow.text).toContain(`${words} lease`);
  expect(tomorrow.text).not.toContain('learned to search');
});

it('nothing is left of a partnership that is deleted', async () => {
  const talk = await newNightlyTalk();
  await talk.say('tom', 'log riverside council came about the lease');
  const worker = await newWorker(talk);
  const asked = await talk.say('grace', 'partnership delete');
  await talk.press('grace', 'Delete', asked);
  await worker.until('2026-11-27T10:00:00Z');
  expect(await expectTerms(talk.store)).toEqual([]);
});
