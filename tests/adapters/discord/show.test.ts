import { expect, it } from 'vitest';
import { startHarnessWithPartner } from './harness.ts';

it('shows a private list to everyone, once, under the name of who pressed, without what is private', async () => {
  const { double, grace, tom, channel } = await startHarnessWithPartner();
  const person = double.as(grace, channel);
  const list = await (await person.slash('partner list')).reply();
  expect(list.ephemeral).toBe(true);
  const seen = () => double.sees(tom, channel);
  expect(seen()).toEqual([]);
  await (await person.press(list, 'Show to everyone')).reply();
  const [shown, ...more] = seen();
  expect(more).toEqual([]);
  expect(shown?.words).toContain(`<@${grace.id}> shows this.`);
  expect(shown?.words).toContain('**Riverside Council**');
  expect(shown?.words).not.toContain('weeks');
  expect(shown?.buttons).toEqual([]);
  expect(shown?.pings).toEqual([]);

  const again = await (await person.press(list, 'Show to everyone')).reply();
  expect(again.words).toBe('Everybody here can see that already.');
  expect(again.ephemeral).toBe(true);
  expect(seen()).toHaveLength(1);
  expect(double.violations).toEqual([]);
});

it('what is private has no such button, nor has a direct message', async () => {
  const { double, grace, channel } = await startHarnessWithPartner();
  const today = await (await double.as(grace, channel).slash('today')).reply();
  expect(today.buttons).not.toContain('Show to everyone');
  const list = await (await double.as(grace).slash('convenor', { line: 'partner list' })).reply();
  expect(list.buttons).not.toContain('Show to everyone');
});
