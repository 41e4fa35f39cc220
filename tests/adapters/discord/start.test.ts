import { beforeAll, expect, it } from 'vitest';
import { CredentialError } from '../../../src/core/base/credential-error.ts';
import { partnerships } from '../../../src/core/domain/partnerships/partnership.ts';
import { workspaceAt } from '../../../src/core/domain/workspaces/workspace.ts';
import { say } from '../../../src/core/message/reply.ts';
import { rich } from '../../../src/core/message/rich-text.ts';
import { type DiscordHarness, type Guild, startHarness } from './harness.ts';

const at = ({ id: workspace }: Guild) => ({ platform: 'discord', workspace });

let harness: DiscordHarness;
beforeAll(async () => {
  harness = await startHarness();
});

it.each([
  [{ token: 'an.other.token' }, /^Discord does not take DISCORD_TOKEN: .+"Reset Token".+\.$/],
  [{ guildId: '123456789012345678' }, /DISCORD_GUILD_ID.+invite it there.+\.$/],
  [{ shards: { ids: [3], total: 2 } }, /DISCORD_SHARDS.+\.$/],
])('a start with %j ends with the name of the variable to change', async (config, sentence) => {
  const convenor = harness.another(config);
  const error = await convenor.start(harness.bot).catch((reason: unknown) => reason);
  await convenor.stop();
  expect(error).toBeInstanceOf(CredentialError);
  expect((error as Error).message).toMatch(sentence);
  harness.double.violations.length = 0;
});

it('a start keeps trying while Discord cannot be reached', async () => {
  const { double } = harness;
  const { identified } = double.gateway.counts;
  double.faults.next('get_my_application', 'server error');
  double.faults.next('list_application_commands', 'bad gateway');
  double.faults.next('get_bot_gateway', 'server error', { times: 2 });
  const convenor = harness.another();
  await convenor.start(harness.bot);
  expect(double.gateway.counts.identified).toBe(identified + 1);
  await convenor.stop();
});

it('registers the commands once, and again only when they have changed', async () => {
  const { double } = harness;
  const registrations = () => double.calls.filter(({ method }) => /^bulk_set/.test(method)).length;
  const before = registrations();
  const convenor = harness.another();
  await convenor.start(harness.bot);
  await convenor.stop();
  expect(registrations()).toBe(before);
  const elsewhere = harness.another({ guildId: harness.guild.id });
  await elsewhere.start(harness.bot);
  await elsewhere.stop();
  expect(registrations()).toBe(before + 1);
  const elsewhereAgain = harness.another({ guildId: harness.guild.id });
  await elsewhereAgain.start(harness.bot);
  await elsewhereAgain.stop();
  expect(registrations()).toBe(before + 1);
  // A field that only Discord has counts too, such as a permission that is no longer asked for.
  const [first] = double.world.commands.get('') ?? [];
  Object.assign(first ?? {}, { default_member_permissions: '8' });
  const changed = harness.another();
  await changed.start(harness.bot);
  await changed.stop();
  expect(registrations()).toBe(before + 2);
  double.world.commands.clear();
  const again = harness.another();
  await again.start(harness.bot);
  await again.stop();
  expect(registrations()).toBe(before + 3);
});

it('can send before it is started', async () => {
  const { double, grace, guild, partnership, channel } = harness;
  await (await double.as(grace, channel).slash('help')).reply();
  const identity = { platform: 'discord', workspace: guild.id, user: grace.id };
  const sent = await harness.another().send({
    delivery: 'one',
    partnership,
    address: { to: 'user', identity },
    reply: say(rich`Good morning.`),
  });
  expect(sent.outcome).toBe('sent');
  expect(double.sees(grace, double.directOf(grace)).at(-1)?.words).toBe('Good morning.');
});

it('a server installs Convenor, its owner sets it up, removes it and installs it again', async () => {
  const { double, stores } = harness;
  const guild = double.addGuild('Hillside');
  const zoe = double.addUser(guild, { name: 'Zoe', owner: true });
  const square = double.addChannel(guild, { name: 'square' });
  const member = double.addUser(guild, { name: 'Sam' });
  const person = double.as(zoe, square);
  const early = await (await double.as(member, square).slash('partner list')).reply();
  expect(early.words).toContain("I'm not set up here yet");
  const begun = await (await person.slash('help')).reply();
  const modal = await (await person.press(begun, 'Set up')).modal();
  const [name = ''] = modal.labels;
  const set = await (await person.submit(modal, { [name]: 'Big Local Hillside' })).reply();
  expect(set.words).toContain('Big Local Hillside');
  const { partnership: id = '' } = (await workspaceAt(stores, at(guild))) ?? {};
  const row = () => stores.forPartnership(id).of(partnerships).get(id);
  expect((await row())?.name).toBe('Big Local Hillside');
  double.uninstall(guild);
  double.installIn(guild);
  const back = await (await person.slash('partner list')).reply();
  expect(back.words).not.toMatch(/not in use/);
  expect((await row())?.name).toBe('Big Local Hillside');
  expect(double.violations).toEqual([]);
});

it('a removal while Convenor was not running is noticed at the next start', async () => {
  const { double, convenor } = harness;
  const guild = double.addGuild('Lakeside');
  const ann = double.addUser(guild, { name: 'Ann', owner: true });
  const pier = double.addChannel(guild, { name: 'pier' });
  await (await double.as(ann, pier).slash('help')).reply();
  const { partnership = '' } = (await workspaceAt(harness.stores, at(guild))) ?? {};
  const address = { to: 'channel' as const, channel: { ...at(guild), channel: pier.id } };
  const message = { delivery: 'two', partnership, address, reply: say(rich`Hello.`) };
  expect(await convenor.send(message)).toMatchObject({ outcome: 'sent' });
  await convenor.stop();
  double.uninstall(guild);
  const later = harness.another();
  await later.start(harness.bot);
  await expect
    .poll(() => later.send({ ...message, delivery: 'three' }))
    .toMatchObject({ outcome: 'permanent', reason: expect.stringContaining('was removed') });
  await later.stop();
});
