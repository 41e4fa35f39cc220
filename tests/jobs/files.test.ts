import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import {
  outgoingFiles,
  removeNow,
  sendFile,
} from '../../src/core/domain/outgoing-files/outgoing-file.ts';
import {
  newRetentionSchedule,
  retentionSchedules,
} from '../../src/core/domain/retention/schedule.ts';
import { rich } from '../../src/core/message/rich-text.ts';
import { updateWithRetry } from '../../src/core/ports/store.ts';
import { memberId, newTalk, type Talk, ZONE } from '../fixtures/bot.ts';
import { newWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

/** Queues a file for Maya. */
function queue({ id, store, clock }: Talk, given: { key?: string; bytes?: Uint8Array } = {}) {
  const { key = 'file', bytes = Buffer.from('All about Łódź 🌳') } = given;
  return sendFile(
    {
      key,
      recipient: memberId(id, 'maya'),
      file: { name: 'Maya 🌳.txt', type: 'text/plain; charset=utf-8', bytes },
      reply: { text: rich`Here is the file.` },
    },
    { store, now: clock.now(), wake: () => {} },
  );
}

const rowsOf = ({ store }: Talk) => collect(store.of(outgoingFiles).all({ index: 'byId' }));

it('a file comes by direct message, says when it goes, and is deleted a day later', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  talk.clock.set('2026-11-18T09:14:40Z');
  const nights = newRetentionSchedule({ id: talk.id, zone: ZONE }, talk.clock.now());
  await talk.store.of(retentionSchedules).insert(nights);
  await queue(talk);
  await queue(talk);
  await worker.sweep();
  expect(worker.platform.posted).toHaveLength(1);
  const [posted] = worker.platform.posted;
  expect(posted?.file).toMatchObject({ name: 'Maya 🌳.txt', type: 'text/plain; charset=utf-8' });
  expect(Buffer.from(posted?.file?.bytes ?? []).toString()).toBe('All about Łódź 🌳');
  expect(worker.inbox('maya')[0]).toBe(
    "Here is the file.\nI'll take this file away tomorrow at 09:14.",
  );
  // Nobody asks why they got what they asked for.
  expect(JSON.stringify(posted?.reply)).not.toContain('"why"');
  await worker.until('2026-11-19T09:13:59Z');
  expect(worker.platform.removed).toEqual([]);
  await worker.until('2026-11-19T09:14:00Z');
  expect(worker.platform.removed).toEqual([posted?.id]);
  expect(await rowsOf(talk)).toMatchObject([{ state: 'removed', content: null, reply: null }]);
  await worker.until('2026-11-21T12:00:00Z');
  expect(worker.platform.removed).toHaveLength(1);
  expect(await rowsOf(talk)).toEqual([]);
  expect(worker.errors).toEqual([]);
});

it.each([0, 1_000_000])('takes a file of %i bytes', async (length) => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  const bytes = Buffer.alloc(length, 'é');
  await queue(talk, { bytes });
  await worker.sweep();
  expect(bytes.equals(worker.platform.posted[0]?.file?.bytes ?? Buffer.from('none'))).toBe(true);
});

it('a lost answer neither loses nor doubles the file, and it is deleted all the same', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  worker.platform.faults.push('lost answer');
  await queue(talk);
  await worker.sweep();
  await worker.until('2026-11-18T10:05:00Z');
  expect(worker.platform.posted).toHaveLength(1);
  worker.platform.faults.push('lost message');
  await queue(talk, { key: 'another' });
  await worker.until('2026-11-18T10:10:00Z');
  expect(worker.platform.posted).toHaveLength(2);
  expect(worker.inbox('maya')[1]).toContain('may be a repeat');
  await worker.until('2026-11-19T10:05:00Z');
  expect(worker.platform.removed).toEqual(worker.platform.posted.map(({ id }) => id));
});

it('a worker that dies while it sends is followed by one that finds the file', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  // The first worker's job never ends: only what it has stored is left.
  worker.platform.onSend = () => new Promise<void>(() => {});
  await queue(talk);
  void worker.sweep();
  const second = await newWorker(talk);
  await expect.poll(async () => (await rowsOf(talk))[0]?.sending).toBe('send');
  await second.until('2026-11-18T10:05:00Z');
  expect(second.platform.posted).toHaveLength(1);
  expect(second.inbox('maya')[0]).toContain('may be a repeat');
});

it('a file that cannot be sent is not kept, and the one who asked hears why', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  worker.platform.faults.push('gone');
  await queue(talk);
  await worker.until('2026-11-18T10:01:00Z');
  expect(worker.inbox('maya')).toEqual([
    "I couldn't send you the file you asked for. They have left.",
  ]);
  await worker.until('2026-11-19T10:01:00Z');
  expect(await rowsOf(talk)).toMatchObject([{ state: 'removed', content: null }]);
  expect(worker.platform.removed).toEqual([]);
});

it('while the platform is down the file waits, for a day', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  worker.platform.onSend = async () => ({ later: 1_800_000 });
  await queue(talk);
  await worker.until('2026-11-18T20:00:00Z');
  expect(worker.platform.posted).toEqual([]);
  worker.platform.onSend = async () => {};
  await worker.until('2026-11-18T20:31:00Z');
  expect(worker.inbox('maya')[0]).toContain("I'll take this file away tomorrow at 10:00.");
  worker.platform.onSend = async ({ file }) => (file ? { later: 3_600_000 } : undefined);
  await queue(talk, { key: 'another' });
  // The news waits until the quiet hours end.
  await worker.until('2026-11-20T10:00:00Z');
  expect(worker.inbox('maya').at(-1)).toContain('nothing got through for a day');
  expect((await rowsOf(talk)).map(({ content }) => content)).toEqual([null, null]);
});

it('a deletion that fails is tried again; if it is refused, the recipient is asked to do it', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await queue(talk);
  await worker.sweep();
  worker.platform.removeFaults.push('lost answer', { later: 90_000 });
  await worker.until('2026-11-19T10:02:00Z');
  expect(worker.platform.removed).toEqual([]);
  await worker.until('2026-11-19T10:03:00Z');
  expect(worker.platform.removed).toHaveLength(1);
  await queue(talk, { key: 'another' });
  await worker.sweep();
  worker.platform.removeFaults.push('gone');
  await worker.until('2026-11-20T10:05:00Z');
  expect(worker.inbox('maya').at(-1)).toBe(
    'I couldn\'t take the file "Maya 🌳.txt" away. It cannot be deleted. Please delete it yourself.',
  );
});

it('is sent to an identity only, not into a channel or thread that stands for it', async () => {
  const talk = await newTalk();
  await talk.say('grace', 'digest schedule channel:<#news> day:monday at:9am');
  await talk.say('maya', 'me closed:mention');
  const worker = await newWorker(talk);
  await queue(talk);
  await worker.sweep();
  expect(worker.platform.posted[0]?.address).toEqual({
    to: 'user',
    identity: { platform: 'test', workspace: 'W', user: 'maya' },
  });
});

it('an erasure takes a file away at once', async () => {
  const talk = await newTalk();
  const worker = await newWorker(talk);
  await queue(talk);
  await worker.sweep();
  const [row] = await rowsOf(talk);
  await updateWithRetry(talk.store.of(outgoingFiles), row?.id ?? '', (file) => ({
    ...file,
    ...removeNow(file),
  }));
  await worker.sweep();
  expect(worker.platform.removed).toHaveLength(1);
});
