import { expect, it } from 'vitest';
import { startHarnessWithPartner } from './harness.ts';

it('a coordinator picks the role that lets people in, and takes it away, without typing a line', async () => {
  const { double, guild, grace, tom, channel } = await startHarnessWithPartner();
  const person = double.as(grace, channel);
  const shown = await (await person.slash('access')).reply();
  expect(shown.words).toContain('Anybody with the chosen role becomes a member');
  const changed = await (await person.press(shown, 'No role')).reply();
  expect(changed).toMatchObject({ id: shown.id, edited: true });
  expect(changed.words).toContain('No role lets people in here.');
  const hello = await (await double.as(tom, channel).slash('partner list')).reply();
  expect(hello.buttons).toEqual(['Ask to be let in']);

  // The coordinator picks another role from the list.
  const friends = double.addRole(guild, { name: 'Friends' });
  double.give(guild, tom, friends);
  await (await person.slash('access', { role: friends.id })).reply();
  const form = await (
    await person.press(await (await person.slash('access')).reply(), 'Another role')
  ).modal();
  expect(form.labels).toEqual(['Who may join?']);
  const list = await (await double.as(tom, channel).slash('partner list')).reply();
  expect(list.words).toContain('Riverside Council');
  expect(double.violations).toEqual([]);
});
