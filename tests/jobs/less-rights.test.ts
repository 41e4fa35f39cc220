import { expect, it } from 'vitest';
import { newWorkspace, profileOf, type Talk } from '../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

/** Grace and Kim coordinate. */
async function newWorld(): Promise<{ talk: Talk; worker: TestWorker }> {
  const talk = await newWorkspace('Riverside');
  talk.profiles.grace = profileOf('Grace', { standing: 'owner' });
  talk.profiles.kim = profileOf('Kim');
  await talk.say('grace', 'partner add "Riverside Council"');
  await talk.say('kim', 'today');
  await talk.say('grace', 'member role kim coordinator');
  await talk.say('grace', 'log riverside council Jane Doe about the lease');
  return { talk, worker: await newWorker(talk) };
}

const filesIn = ({ platform }: TestWorker) =>
  platform.posted.flatMap(({ file }) => (file ? [Buffer.from(file.bytes).toString()] : []));
const toldKim = ({ platform }: TestWorker) =>
  platform.posted
    .filter(({ address }) => address.to === 'user' && address.identity.user === 'kim')
    .map(({ reply }) => JSON.stringify(reply));

it.each([
  ['coordinate no more', 'member role kim member'],
  ['belong to the partner', 'member tie kim riverside council'],
])('a file that waits is not sent to somebody who by then %s', async (_, line) => {
  const { talk, worker } = await newWorld();
  worker.platform.onSend = async ({ file }) => (file ? { later: 600_000 } : undefined);
  await talk.say('kim', 'data Jane Doe');
  await worker.sweep();
  await worker.sweep();
  await talk.say('grace', line);
  worker.platform.onSend = async () => undefined;
  await worker.until('2026-11-18T12:00:00Z');
  expect(filesIn(worker)).toEqual([]);
  expect(toldKim(worker).join()).toContain('please ask for it again');
  expect(worker.errors).toEqual([]);
});

it('a file that waits comes to somebody who may see as much as before', async () => {
  const { talk, worker } = await newWorld();
  worker.platform.onSend = async ({ file }) => (file ? { later: 600_000 } : undefined);
  await talk.say('kim', 'data Jane Doe');
  await worker.sweep();
  worker.platform.onSend = async () => undefined;
  await worker.until('2026-11-18T12:00:00Z');
  expect(filesIn(worker)).toEqual([expect.stringContaining('Jane Doe about the lease')]);
});

it('what waited for a coordinator is not told to somebody who coordinates no more', async () => {
  const { talk, worker } = await newWorld();
  await talk.say('kim', 'me pause:"2 days"');
  await talk.say('grace', 'data request "Jane Doe" kind:see');
  talk.profiles.zed = profileOf('Zed Archer', { standing: 'visitor' });
  await talk.say('zed', 'join');
  talk.profiles.tom = profileOf('Tom');
  await talk.say('tom', 'today');
  await talk.say('grace', 'member tie tom riverside council');
  await talk.say('grace', 'member role kim member');
  await worker.until('2026-11-23T12:00:00Z');
  expect(toldKim(worker).join()).not.toMatch(/Jane|Zed|Tom/);
  expect(worker.errors).toEqual([]);
});

it('the same comes to somebody who still coordinates', async () => {
  const { talk, worker } = await newWorld();
  await talk.say('kim', 'me pause:"2 days"');
  await talk.say('grace', 'data request "Jane Doe" kind:see');
  await worker.until('2026-11-23T12:00:00Z');
  expect(toldKim(worker).join()).toContain('Jane Doe');
});
