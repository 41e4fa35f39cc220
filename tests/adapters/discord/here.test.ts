import { expect, it } from 'vitest';
import { startHarnessWithPartner } from './harness.ts';

it('a digest cannot go to a direct message, and Convenor says what to do', async () => {
  const { double, grace, channel } = await startHarnessWithPartner();
  const line = 'digest schedule channel:here';
  const person = double.as(grace);
  const answer = await (await person.slash('convenor', { line })).reply();
  const sentence =
    'This is a direct message. Say that in the channel you mean, or name the channel.';
  expect(answer.words).toContain(sentence);
  const form = await (await person.press(answer, 'Fix')).modal();
  const again = await (await person.submit(form)).reply();
  expect(again.words).toContain(sentence);

  // Typed in a channel, "here" is that channel.
  const there = await (await double.as(grace, channel).slash('convenor', { line })).reply();
  expect(there.words).toContain(`The digest will be posted in <#${channel.id}>`);
  expect(double.violations).toEqual([]);
});
