import { expect, it } from 'vitest';
import { StoreError } from '../../../src/core/ports/store.ts';
import { startHarnessWithPartner } from './harness.ts';

it('a form whose contact cannot be stored comes back as words, to the person alone', async () => {
  const { double, tom, channel, stores } = await startHarnessWithPartner();
  const person = double.as(tom, channel);
  const modal = await (await person.slash('log')).modal();
  stores.commit = () => Promise.reject(new StoreError('full', 'The disk is full.'));
  const filled = { 'Who with?': 'Riverside Council', 'What happened?': 'met at the fair' };
  const { words } = await (await person.submit(modal, filled)).reply();
  expect(words).toContain('my disk is full');
  expect(words).toContain('met at the fair');
  expect(double.violations).toEqual([]);
});
