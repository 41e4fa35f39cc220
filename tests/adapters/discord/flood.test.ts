import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { fairQueue } from '../../../src/core/async/fair-queue.ts';
import { createBot } from '../../../src/core/bot/bot.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { type DiscordHarness, startHarnessWithPartner } from './harness.ts';

const promised = ({ stores, partnership }: DiscordHarness) =>
  collect(stores.forPartnership(partnership).of(followups).all({ index: 'byId' }));

it('a user who has too much waiting is told so at once, and everybody else is answered', async () => {
  const harness = await startHarnessWithPartner();
  const { double, tom, channel, store } = harness;
  const few = fairQueue({ maxRunning: 2, maxWaiting: 6 });
  await harness.restart(createBot({ ...harness.adapterDeps(), queue: few, wake() {} }));
  const person = double.as(tom, channel);
  await (await person.slash('my settings')).reply();
  store.stall();
  const trees = Array.from({ length: 20 }, (_, tree) => `plant tree ${tree}`);
  const said = await Promise.all(
    trees.map((next) => person.slash('followup add', { next, by: 'friday' })),
  );
  const taken = said.slice(0, 8);
  for (const outcome of said.slice(8)) {
    const words = expect.stringContaining('please try again in a minute');
    expect(await outcome.reply()).toMatchObject({ ephemeral: true, words });
  }
  expect(taken.map(({ kind }) => kind)).toEqual(taken.map(() => 'deferred'));
  store.resume();
  for (const [tree, outcome] of taken.entries()) {
    expect((await outcome.reply()).words).toContain(`plant tree ${tree}`);
  }
  expect(await promised(harness)).toHaveLength(taken.length);
  expect(double.violations).toEqual([]);
});

it('a flood on one server does not hold up another', async () => {
  const harness = await startHarnessWithPartner();
  const { double, tom, channel, store } = harness;
  const few = fairQueue({ maxRunning: 1, maxWaiting: 20, maxWaitingPerWorkspace: 3 });
  await harness.restart(createBot({ ...harness.adapterDeps(), queue: few, wake() {} }));
  const elsewhere = double.addGuild('Hillside');
  const hana = double.addUser(elsewhere, { name: 'Hana', owner: true });
  const other = double.as(hana, double.addChannel(elsewhere, { name: 'partners' }));
  await (await other.slash('my settings')).reply();
  const person = double.as(tom, channel);
  store.stall();
  const flood = await Promise.all(Array.from({ length: 8 }, () => person.slash('my settings')));
  const asked = await other.slash('my settings');
  const busy = flood.filter(({ kind }) => kind !== 'deferred');
  expect(busy).toHaveLength(4);
  store.resume();
  expect((await asked.reply()).words).toContain('Hana');
  expect(double.violations).toEqual([]);
});
