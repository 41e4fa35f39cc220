import { expect, it } from 'vitest';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { buttonsOf } from '../../../src/core/message/reply.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../../fixtures/worker.ts';

// A brief never hides what is new. The clock starts on Wednesday 18 November 2026, 10:00 in London.

async function start(): Promise<{ talk: Talk; worker: TestWorker }> {
  const talk = await newTalk();
  return { talk, worker: await newWorker(talk) };
}

/** Adds a partner of Tom's that goes quiet on Monday 23 November. */
async function addQuiet(talk: Talk, name: string, lead = ' lead:Tom') {
  await talk.say('grace', `partner add "${name}" every:"6 weeks"${lead}`);
  await talk.say('grace', `log "${name}" met them when:"12 Oct 2026"`);
}

const lastLabels = (worker: TestWorker) => {
  const last = worker.platform.posted.at(-1);
  return last ? buttonsOf(last.reply).map(({ label }) => label) : [];
};

it('shows a partner that has gone quiet, although three things are due', async () => {
  const { talk, worker } = await start();
  for (const thing of ['tea', 'cake', 'chairs'])
    await talk.say('tom', `followup add bring ${thing} by:"23 Nov 2026"`);
  await addQuiet(talk, 'Oakfield School');
  await worker.until('2026-11-23T09:00:00Z');
  const brief = worker.inbox('tom').at(-1);
  for (const shown of ['bring tea', 'bring cake', 'bring chairs', 'Oakfield School'])
    expect(brief).toContain(shown);
  expect(lastLabels(worker)).not.toContain('See the rest (1)');
});

it('what was shown before comes after it, and is folded as a number', async () => {
  const { talk, worker } = await start();
  for (const thing of ['tea', 'cake', 'chairs', 'tables'])
    await talk.say('tom', `followup add bring ${thing} by:"19 Nov 2026"`);
  await worker.until('2026-11-20T09:00:00Z');
  const before = worker.inbox('tom').at(-1) ?? '';
  expect(before).toContain('Hello Tom. 4 things are late.');
  expect(before.split('\n')).toHaveLength(4);
  await talk.say('tom', 'today');
  await addQuiet(talk, 'Oakfield School');
  await worker.until('2026-11-23T09:00:00Z');
  const brief = worker.inbox('tom').at(-1) ?? '';
  const [, first] = brief.split('\n');
  expect(first).toContain('Oakfield School');
  expect(brief.split('\n')).toHaveLength(4);
  expect(lastLabels(worker)).toContain('See the rest (2)');
});

it('the same ones do not head each brief', async () => {
  const { talk, worker } = await start();
  for (const thing of ['tea', 'cake', 'chairs', 'tables', 'songs', 'lamps'])
    await talk.say('tom', `followup add bring ${thing} by:"19 Nov 2026"`);
  const shown = new Set<string>();
  for (const day of ['20', '23']) {
    await worker.until(`2026-11-${day}T09:00:00Z`);
    for (const line of (worker.inbox('tom').at(-1) ?? '').split('\n').slice(1)) shown.add(line);
    await talk.say('tom', 'today');
  }
  expect(shown.size).toBe(6);
});

it('what a brief had no room for was not told: it is new in the next one', async () => {
  const { talk, worker } = await start();
  const names = Array.from({ length: 12 }, (_, index) => `Club ${'ABCDEFGHIJKL'[index]}`);
  for (const name of names) await addQuiet(talk, name);
  await worker.until('2026-11-23T09:00:00Z');
  const first = worker.inbox('tom').at(-1) ?? '';
  expect(first).toContain("You haven't spoken to 12 partners for a while.");
  const namedFirst = names.filter((name) => first.includes(`${name}:`));
  expect(namedFirst).toHaveLength(8);
  await talk.say('tom', 'today');
  await worker.until('2026-11-24T09:00:00Z');
  const second = worker.inbox('tom').at(-1) ?? '';
  const namedSecond = names.filter((name) => second.includes(`${name}:`));
  expect([...namedFirst, ...namedSecond].toSorted()).toEqual(names);
});

it('pressing a button in a brief leaves the others and the number', async () => {
  const { talk, worker } = await start();
  for (const thing of ['tea', 'cake', 'chairs', 'tables', 'songs'])
    await talk.say('tom', `followup add bring ${thing} by:"19 Nov 2026"`);
  await worker.until('2026-11-20T09:00:00Z');
  const brief = worker.platform.posted.at(-1);
  const done = brief && buttonsOf(brief.reply).find(({ label }) => label === 'Done');
  if (!done) throw new Error('No Done.');
  const answer = await talk.press('tom', done);
  expect(answer.text).toContain('4 of 5 are still waiting for you.');
  expect(answer.buttons).toContain('See the rest (2)');
});

it('today shows a quiet partner also in the week after a brief named it', async () => {
  const { talk, worker } = await start();
  await addQuiet(talk, 'Oakfield School');
  await worker.until('2026-11-23T12:00:00Z');
  expect(worker.inbox('tom').at(-1)).toContain('Oakfield School');
  await worker.until('2026-11-24T12:00:00Z');
  expect((await talk.say('tom', 'today')).text).toContain('Oakfield School');
  expect((await talk.say('tom', 'quiet')).text).not.toContain('put off');
});

it('today of a coordinator counts a partner without a lead as long as it is quiet', async () => {
  const { talk, worker } = await start();
  await addQuiet(talk, 'Oakfield School', '');
  await worker.until('2026-11-23T12:00:00Z');
  await worker.until('2026-11-24T12:00:00Z');
  const overview = await talk.say('grace', 'today');
  expect(overview.text).toContain('1 partner without a lead has gone quiet');
  expect(overview.text).toContain('Oakfield School');
});

it('a quiet partner that somebody put off is news on that day', async () => {
  const { talk, worker } = await start();
  await addQuiet(talk, 'Oakfield School');
  for (const thing of ['tea', 'cake', 'chairs'])
    await talk.say('tom', `followup add bring ${thing} by:"19 Nov 2026"`);
  await worker.until('2026-11-23T12:00:00Z');
  await talk.say('tom', 'quiet later "Oakfield School" by:"1 Dec 2026"');
  await worker.until('2026-11-30T12:00:00Z');
  await talk.say('tom', 'today');
  await worker.until('2026-12-01T09:00:00Z');
  expect((worker.inbox('tom').at(-1) ?? '').split('\n')[1]).toContain('Oakfield School');
  const [row] = (
    await talk.store.of(partners).find({ index: 'byName', where: { archived: false } }, 1)
  ).rows;
  expect(row).toMatchObject({ nudgeOn: '2026-12-08', putOffUntil: '2026-12-01' });
});
