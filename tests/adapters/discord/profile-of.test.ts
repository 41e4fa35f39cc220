import { expect, it } from 'vitest';
import { servers } from '../../../src/adapters/discord/installing/server-row.ts';
import { workspaceId, workspaces } from '../../../src/core/domain/workspaces/workspace.ts';
import { updateWithRetry } from '../../../src/core/ports/store.ts';
import { type DiscordTestBot, newTestBot } from './test-bot.ts';

// Convenor is not started here, as in a process that only sends.

const identityOf = ({ guild }: DiscordTestBot, user: { id: string }) => ({
  platform: 'discord',
  workspace: guild.id,
  user: user.id,
});

function passMs({ double, talk }: DiscordTestBot, ms: number): void {
  double.world.pass(ms);
  talk.clock.move({ milliseconds: ms });
}

it('knows the owner, those who may manage the server, and those with the role, by their roles alone', async () => {
  const testBot = await newTestBot();
  const { double, guild, convenor, talk } = testBot;
  const role = double.addRole(guild, { name: 'Residents' });
  const admin = double.addRole(guild, { name: 'Admins', permissions: ['Administrator'] });
  const manager = double.addRole(guild, { name: 'Managers', permissions: ['ManageGuild'] });
  const helper = double.addRole(guild, { name: 'Helpers', permissions: ['ManageMessages'] });
  const ref = { platform: 'discord', workspace: guild.id };
  await updateWithRetry(talk.stores.global(workspaces), workspaceId(ref), (row) => ({
    ...row,
    admits: role.id,
  }));
  const expected = {
    owner: [double.addUser(guild, { name: 'Olive', owner: true })],
    ownerByRole: [
      double.addUser(guild, { name: 'Ann', roles: [admin] }),
      double.addUser(guild, { name: 'Mo', roles: [manager, role] }),
    ],
    full: [double.addUser(guild, { name: 'Rose', roles: [helper, role] })],
    visitor: [
      double.addUser(guild, { name: 'Val', roles: [helper] }),
      double.addUser(guild, { name: 'Vic' }),
    ],
  };
  for (const [standing, people] of Object.entries(expected)) {
    for (const one of people)
      expect(await convenor.profileOf(identityOf(testBot, one))).toEqual({
        name: one.name,
        zone: null,
        standing: standing === 'ownerByRole' ? 'owner' : standing,
        admits: role.id,
      });
  }
  // Everybody may manage a server whose role @everyone says so.
  const [everyone] = guild.roles;
  if (everyone) everyone.permissions |= manager.permissions;
  passMs(testBot, 61_000);
  expect(await convenor.profileOf(identityOf(testBot, testBot.users.tom))).toMatchObject({
    standing: 'owner',
  });
  expect(double.violations).toEqual([]);
});

it('hears within a minute that somebody has left, or that their account is closed', async () => {
  const testBot = await newTestBot();
  const { double, guild, users, convenor } = testBot;
  const asked = () => convenor.profileOf(identityOf(testBot, users.tom));
  expect(await asked()).toMatchObject({ name: 'tom', standing: 'visitor' });
  double.depart(guild, users.tom);
  passMs(testBot, 61_000);
  expect(await asked()).toMatchObject({ standing: 'gone' });
  const maya = identityOf(testBot, users.maya);
  double.world.users.delete(users.maya.id);
  expect(await convenor.profileOf(maya)).toMatchObject({ standing: 'gone' });
});

it('asks Discord once for everybody who needs to know at the same time', async () => {
  const testBot = await newTestBot();
  const { users, convenor, calls } = testBot;
  const everybody = [users.tom, users.tom, users.maya, users.grace, users.tom];
  await Promise.all(everybody.map((one) => convenor.profileOf(identityOf(testBot, one))));
  expect(calls('get_guild_member')).toBe(3);
  expect(calls('get_guild')).toBe(1);
  passMs(testBot, 50_000);
  await convenor.profileOf(identityOf(testBot, users.tom));
  expect(calls('get_guild_member')).toBe(3);
});

it.each(['get_guild_member', 'get_guild'])(
  'does not guess while Discord is silent: %s',
  async (call) => {
    const testBot = await newTestBot();
    const { double, users, convenor } = testBot;
    const tom = identityOf(testBot, users.tom);
    for (const fault of ['bad gateway', 'lost call', { error: 50001 }] as const) {
      double.faults.next(call, fault);
      expect(await convenor.profileOf(tom)).toBeUndefined();
    }
    // A failure is not remembered.
    expect(await convenor.profileOf(tom)).toMatchObject({ standing: 'visitor' });
  },
);

it('puts nobody out because Convenor was removed from the server', async () => {
  const testBot = await newTestBot();
  const { double, guild, users, convenor, talk } = testBot;
  double.uninstall(guild);
  const tom = identityOf(testBot, users.tom);
  // Nobody has noted the removal yet.
  expect(await convenor.profileOf(tom)).toBeUndefined();
  await talk.stores.global(servers).insert({ id: guild.id, removedAt: talk.clock.now() });
  expect(await convenor.profileOf(tom)).toMatchObject({ standing: 'full' });
});
