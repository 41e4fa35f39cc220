import { expect, it } from 'vitest';
import { startHarnessWithPartner } from './harness.ts';

it('says that Discord is slow to answer, and not that it does not know somebody', async () => {
  const { double, guild, grace, channel } = await startHarnessWithPartner();
  const sam = double.addUser(guild, { name: 'Sam' });
  double.faults.next('get_guild_member', 'server error', { times: 3 });
  const line = `followup add send the plan with:riverside who:<@${sam.id}> by:friday`;
  const said = await (await double.as(grace, channel).slash('convenor', { line })).reply();
  expect(said.words).toContain('Discord is slow to answer');
  expect(said.words).toContain('try again in a minute');
  expect(said.words).not.toContain("I don't know that person");
});

it('says of somebody who has left the server that they are not there', async () => {
  const { double, guild, grace, channel } = await startHarnessWithPartner();
  const sam = double.addUser(guild, { name: 'Sam' });
  double.depart(guild, sam);
  const line = `followup add send the plan with:riverside who:<@${sam.id}> by:friday`;
  const said = await (await double.as(grace, channel).slash('convenor', { line })).reply();
  expect(said.words).toContain("That account is closed, or isn't here any more");
});
