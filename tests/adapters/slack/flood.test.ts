import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { fairQueue } from '../../../src/core/async/fair-queue.ts';
import { createBot } from '../../../src/core/bot/bot.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import type { Outcome } from '../../doubles/slack/outcome.ts';
import { type SlackHarness, startHarnessWithPartner } from './harness.ts';

const promised = ({ stores, partnership }: SlackHarness) =>
  collect(stores.forPartnership(partnership).of(followups).all({ index: 'byId' }));

it('a user who has too much waiting is told so at once, and everybody else is answered', async () => {
  const harness = await startHarnessWithPartner();
  const { double, tom, store } = harness;
  const few = fairQueue({ maxRunning: 2, maxWaiting: 6 });
  await harness.restart(createBot({ ...harness.adapterDeps(), queue: few, wake() {} }));
  await (await double.as(tom).slash('/convenor', 'me')).reply();
  store.stall();
  const said: Outcome[] = [];
  for (let tree = 0; tree < 20; tree++) {
    said.push(await double.as(tom).slash('/convenor', `followup add plant tree ${tree} by:friday`));
  }
  const taken = said.slice(0, 8);
  for (const outcome of said.slice(8)) {
    const words = expect.stringContaining('Nothing has been done: please try again');
    expect(await outcome.reply()).toMatchObject({ ephemeral: true, words });
  }
  expect(taken.flatMap(({ replies }) => replies)).toEqual([]);
  store.resume();
  for (const [tree, outcome] of taken.entries()) {
    expect((await outcome.reply()).words).toContain(`plant tree ${tree}`);
  }
  expect(await promised(harness)).toHaveLength(taken.length);
  expect(double.violations).toEqual([]);
});
