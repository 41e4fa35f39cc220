import { expect, it } from 'vitest';
import { startHarnessWithPartner } from './harness.ts';

it('a coordinator picks the role that lets people in, and takes it away, without typing a line', async () => {
  const { double, guild, grace, tom, channel } = await startHarnessWithPartner();
  const person = double.as(grace, channel);
  const shown = await (await person.slash('access')).reply();
  expect(shown.words).toContain('Anybody with the role **Residents** becomes a member');
  expect(shown.words).not.toMatch(/slack|workspace/i);
  const changed = await (await person.press(shown, 'No role')).reply();
  expect(changed).toMatchObject({ id: shown.id, edited: true });
  expect(changed.words).toContain('No role lets people in here.');
  expect(changed.words).toContain('Those who may manage this server join by talking to me.');
  const none = await (await person.slash('access')).reply();
  expect(none.buttons).toEqual(['Choose a role']);
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

it('says that the role that let people in was deleted, and takes only roles that there are', async () => {
  const { double, guild, grace, channel } = await startHarnessWithPartner();
  const person = double.as(grace, channel);
  const [, residents] = guild.roles.filter(({ managed }) => !managed);
  if (!residents) throw new Error('There is no role.');
  double.deleteRole(guild, residents);
  const shown = await (await person.slash('access')).reply();
  expect(shown.words).toContain('The role that let people in has been deleted, so nobody joins');
  expect(shown.buttons).toEqual(['Another role', 'No role']);
  const line = `access role:<@&${residents.id}>`;
  const refused = await (await person.slash('convenor', { line })).reply();
  expect(refused.words).toContain("I can't find that role here.");
});

it('everybody on the server may join by the role of everybody', async () => {
  const { double, guild, grace, channel } = await startHarnessWithPartner();
  const person = double.as(grace, channel);
  const line = `access role:<@&${guild.id}>`;
  const said = await (await person.slash('convenor', { line })).reply();
  expect(said.words).toContain('Everybody on this server becomes a member by talking to me.');
});

it('is in the menu of those who may manage the server only; another coordinator types it', async () => {
  const { double, grace, tom, channel } = await startHarnessWithPartner();
  await (await double.as(tom, channel).slash('today')).reply();
  await (
    await double.as(grace, channel).slash('members role', { who: tom, role: 'coordinator' })
  ).reply();
  await expect(double.as(tom, channel).slash('access')).rejects.toThrow('does not offer "access"');
  const typed = double.as(tom);
  const shown = await (await typed.slash('convenor', { line: 'access' })).reply();
  expect(shown.words).toContain('Anybody with the role **Residents**');
  const form = await (await typed.press(shown, 'Another role')).modal();
  const chosen = await (await typed.submit(form, { 'Who may join?': '@residents' })).reply();
  expect(chosen.words).toContain('That was so already, so nothing has changed.');
  expect(double.violations).toEqual([]);
});
