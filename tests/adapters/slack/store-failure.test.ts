import { expect, it } from 'vitest';
import { StoreError } from '../../../src/core/ports/store.ts';
import { startHarnessWithPartner } from './harness.ts';

it('a form stays open with what was typed while the disk is full, and can be sent again', async () => {
  const { double, tom, stores } = await startHarnessWithPartner();
  const { commit } = stores;
  const person = double.as(tom);
  const modal = await (await person.slash('/log')).modal();
  stores.commit = () => Promise.reject(new StoreError('full', 'The disk is full.'));
  const filled = { 'Who with?': 'Riverside Council', 'What happened?': 'met at the fair' };
  const refused = await person.submit(modal, filled);
  expect(Object.values(refused.errors)).toEqual([
    expect.stringContaining("I couldn't do that: my disk is full"),
  ]);
  expect(double.modal(tom)?.id).toBe(modal.id);

  stores.commit = commit;
  await person.submit(modal, filled);
  const answers = () => double.sees(tom, double.directOf(tom)).map(({ words }) => words);
  await expect.poll(answers).toEqual([expect.stringContaining('Noted')]);
  expect(double.modal(tom)).toBeUndefined();
  expect(double.violations).toEqual([]);
});

it('a typed line comes back to the person alone, so that it can be copied', async () => {
  const { double, team, tom, stores } = await startHarnessWithPartner();
  const channel = double.addChannel(team, { members: [tom] });
  stores.commit = () => Promise.reject(new StoreError('read-only', 'The disk is read-only.'));
  const said = await double.as(tom, channel).slash('/convenor', 'log riverside council met us');
  const { words } = await said.reply();
  expect(words).toContain("I can't save anything right now");
  expect(words).toContain('log riverside council met us');
  expect(double.violations).toEqual([]);
});
