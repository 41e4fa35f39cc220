import { expect, it } from 'vitest';
import { startHarnessWithPartner } from './harness.ts';

it('shows a private list to everyone in the channel, once, without what is private', async () => {
  const { double, team, grace, tom } = await startHarnessWithPartner();
  const channel = double.addChannel(team, { members: [grace, tom] });
  double.invite(channel, 'app');
  const person = double.as(grace, channel);
  const list = await (await person.slash('/convenor', 'partner list')).reply();
  expect(list.ephemeral).toBe(true);
  const seen = () => double.sees(tom, channel);
  expect(seen()).toEqual([]);
  await (await person.press(list, 'Show to everyone')).reply();
  const [shown, ...more] = seen();
  expect(more).toEqual([]);
  expect(shown?.words).toContain('shows this.');
  expect(shown?.words).toContain('Riverside Council');
  expect(shown?.words).not.toContain('weeks');
  expect(shown?.buttons).toEqual([]);

  const again = await (await person.press(list, 'Show to everyone')).reply();
  expect(again.words).toBe('Everybody here can see that already.');
  expect(again.ephemeral).toBe(true);
  expect(seen()).toHaveLength(1);
  expect(double.violations).toEqual([]);
});
