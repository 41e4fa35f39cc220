import { expect, it } from 'vitest';
import { members } from '../../../src/core/domain/members/member.ts';
import { namesChanged } from '../../../src/core/domain/partnerships/partnership.ts';
import {
  newRetentionSchedule,
  retentionSchedules,
} from '../../../src/core/domain/retention/schedule.ts';
import { updateWithRetry } from '../../../src/core/ports/store.ts';
import type { VisibleMessage } from '../../doubles/discord/visible-messages.ts';
import type { Role, User } from '../../doubles/discord/world.ts';
import { memberId, ZONE } from '../../fixtures/bot.ts';
import { newPlatformWorker } from '../ledger.suite.ts';
import { everybody } from '../test-bot.ts';
import { type DiscordTestBot, newTestBot } from './test-bot.ts';

// The test bot's time begins on Wednesday 18 November 2026, 10:00 in London.

type Words = Pick<VisibleMessage, 'words'>;

/** The three members on a Discord server and nowhere else, and a Convenor that listens there and sends. */
async function working() {
  const testBot = await newTestBot();
  const { talk, double, guild, users, convenor } = testBot;
  for (const who of everybody)
    await updateWithRetry(talk.store.of(members), memberId(talk.id, who), (row) => ({
      ...row,
      identities: row.identities.filter(({ platform }) => platform === 'discord'),
    }));
  await namesChanged(talk.store);
  await convenor.start(talk.bot);
  const { until, errors } = await newPlatformWorker('discord', testBot);
  const channel = double.addChannel(guild, { name: 'partners' });
  await testBot.say('tom', 'partner add "Oakfield School" lead:@tom');
  return {
    ...testBot,
    until,
    errors,
    channel,
    /** A line in the channel, where Discord sends who they are. */
    sayInChannel: async (who: User, line: string) =>
      (await double.as(who, channel).slash('convenor', { line })).reply(),
    /** A line in the direct channel. */
    sayDirectly: async (who: User, line: string) =>
      (await double.as(who).slash('convenor', { line })).reply(),
    /** Lets somebody act, or get messages, a little more than a minute later. */
    passMinute() {
      double.world.pass(61_000);
      talk.clock.move({ seconds: 61 });
    },
    /** Chooses the role whose holders are let in. */
    async admit(role: Role) {
      const person = double.as(users.grace, channel);
      const line = `access role:<@&${role.id}>`;
      await (await person.slash('convenor', { line })).reply();
    },
    /** Somebody leaves the server, but is on another one with Convenor, so that they can still write to each other. */
    leave(who: User) {
      double.join(double.addGuild('Hillside'), who);
      double.depart(guild, who);
    },
    /** The messages in which coordinators hear that somebody has lost their access. */
    told: (who: keyof DiscordTestBot['users']) =>
      testBot
        .inbox(who)
        .filter(({ words }) => /no longer (in|has what)/.test(words) && /see anything/.test(words)),
  };
}

const SECRET = /oakfield|send the plan|ring the school/i;
const expectNothing = ({ words }: Words) => expect(words).not.toMatch(SECRET);

it('somebody who leaves the server gets no brief and no reminder, also if they share another one with Convenor', async () => {
  const on = await working();
  const { double, users } = on;
  await on.say('tom', 'followup add ring the school by:"today 3pm"');
  await on.say('tom', 'followup add send the plan by:tomorrow');
  const before = on.inbox('tom').length;
  on.leave(users.tom);
  await on.until('2026-11-20T18:00:00Z');
  expect(on.inbox('tom')).toHaveLength(before);
  const [notice, ...more] = on.told('grace');
  expect(notice?.words).toContain(
    '**tom** is no longer in Discord (Riverside), so they no longer see anything here.',
  );
  expect(notice?.words).toContain('2 follow-ups, the lead of 1 partner');
  expect(notice?.buttons).toEqual(expect.arrayContaining(['Hand over', 'Let them back in']));
  expect(more).toEqual([]);
  // Nothing is said of messages that could not be delivered.
  expect(on.inbox('grace').filter(({ words }) => words.includes("couldn't deliver"))).toEqual([]);
  expect(on.errors).toEqual([]);
  expect(double.violations).toEqual([]);
});

it('commands in direct messages are refused a minute after somebody has left, and they stay out', async () => {
  const on = await working();
  const { double, guild, users } = on;
  await on.say('tom', 'followup add send the plan by:tomorrow');
  expect((await on.say('tom', 'today')).words).toContain('send the plan');
  const list = await on.say('tom', 'followup list');
  on.leave(users.tom);
  on.passMinute();
  for (const line of ['today', 'partner show oakfield', 'members'])
    expectNothing(await on.say('tom', line));
  expectNothing(await (await double.as(users.tom).press(list, 'Done')).reply());
  expect((await on.say('grace', 'members')).words).toContain('has lost their access');
  await on.until('2026-11-18T18:00:00Z');
  expect(on.told('grace')).toHaveLength(1);

  // Back on the server they are still out, until a coordinator lets them in.
  double.join(guild, users.tom);
  on.passMinute();
  expectNothing(await on.say('tom', 'today'));
  expectNothing(await on.sayInChannel(users.tom, 'partner show oakfield'));
  expect((await on.sayInChannel(users.tom, 'today')).buttons).toEqual(['Ask to be let in']);
  await on.say('grace', 'member add tom');
  expect((await on.say('tom', 'today')).words).toContain('send the plan');
  expect(double.violations).toEqual([]);
});

it('somebody who has left one server still works in the partnership of another one', async () => {
  const on = await working();
  const { double, guild, users } = on;
  const other = double.addGuild('Hillside');
  double.join(other, users.tom, { owner: true });
  const square = double.addChannel(other, { name: 'square' });
  await (
    await double.as(users.tom, square).slash('partner add', { name: 'Hillside Farm' })
  ).reply();
  expect((await on.say('tom', 'partner list')).buttons).toHaveLength(2);
  double.depart(guild, users.tom);
  on.passMinute();
  const answer = await on.say('tom', 'partner list');
  expect(answer.words).toContain('Hillside Farm');
  expectNothing(answer);
  expect((await on.say('grace', 'members')).words).toContain('has lost their access');
  // The other way round, nobody has lost anything.
  expect((await on.say('tom', 'me')).words).toContain('**tom**, coordinator');
});

it('somebody who loses the role that let them in sees nothing more', async () => {
  const on = await working();
  const { double, guild } = on;
  const residents = double.addRole(guild, { name: 'Residents' });
  await on.admit(residents);
  const sam = double.addUser(guild, { name: 'Sam', roles: [residents] });
  const kim = double.addUser(guild, { name: 'Kim', roles: [residents] });
  for (const one of [sam, kim])
    expect((await on.sayInChannel(one, 'members')).words).toContain('grace');
  double.take(guild, sam, residents);
  const refused = await on.sayInChannel(sam, 'members');
  expect(refused).toMatchObject({ ephemeral: true, buttons: ['Ask to be let in'] });
  expect(refused.words).not.toMatch(/tom|grace/i);
  // In direct messages too, where Discord has to be asked.
  double.take(guild, kim, residents);
  on.passMinute();
  expect((await on.sayDirectly(kim, 'members')).words).not.toMatch(/tom|grace/i);
  await on.until('2026-11-18T18:00:00Z');
  const why = 'no longer has what lets people in from Discord (Riverside)';
  expect(
    on
      .told('grace')
      .map(({ words }) => words)
      .toSorted(),
  ).toEqual([expect.stringContaining(`**Kim** ${why}`), expect.stringContaining(`**Sam** ${why}`)]);
  // The role alone does not let them in again.
  double.give(guild, sam, residents);
  expect((await on.sayInChannel(sam, 'members')).buttons).toEqual(['Ask to be let in']);
  expect(double.violations).toEqual([]);
});

it('when the role that lets people in is deleted, they are out, but nobody whom a coordinator let in', async () => {
  const on = await working();
  const { double, guild, users } = on;
  const residents = double.addRole(guild, { name: 'Residents' });
  await on.admit(residents);
  const sam = double.addUser(guild, { name: 'Sam', roles: [residents] });
  await on.sayInChannel(sam, 'followup add send the plan by:tomorrow');
  const before = double.sees(sam, double.directOf(sam)).length;
  double.deleteRole(guild, residents);
  await on.until('2026-11-20T18:00:00Z');
  expect(double.sees(sam, double.directOf(sam))).toHaveLength(before);
  expectNothing(await on.sayDirectly(sam, 'today'));
  expect(on.told('grace')).toHaveLength(1);
  expect((await on.sayInChannel(users.tom, 'partner list')).words).toContain('Oakfield School');
});

it('somebody without access is suggested nothing while they type', async () => {
  const on = await working();
  const { double, guild, users, channel } = on;
  const residents = double.addRole(guild, { name: 'Residents' });
  await on.admit(residents);
  const sam = double.addUser(guild, { name: 'Sam', roles: [residents] });
  await on.sayInChannel(sam, 'me');
  const suggested = async (who: User, where = channel) =>
    (await double.as(who, where).suggest('log', 'with', 'oak')).map(({ name }) => name);
  expect(await suggested(sam)).toContain('Oakfield School');
  double.take(guild, sam, residents);
  expect(await suggested(sam)).toEqual(['Use "oak"']);
  const direct = double.directOf(users.tom);
  expect(await suggested(users.tom, direct)).toContain('Oakfield School');
  on.leave(users.tom);
  on.passMinute();
  expect(await suggested(users.tom, direct)).toEqual(['Use "oak"']);
});

it('a role never puts out the last coordinator, also if several lose it at the same moment', async () => {
  const on = await working();
  const { double, guild, users } = on;
  const residents = double.addRole(guild, { name: 'Residents' });
  await on.admit(residents);
  const both = [users.grace, users.maya];
  await on.say('grace', 'member role maya coordinator');
  for (const one of both) {
    double.give(guild, one, residents);
    await on.sayInChannel(one, 'followup add send the plan by:tomorrow');
  }
  double.deleteRole(guild, residents);
  on.passMinute();
  await Promise.all(both.map((one) => on.sayDirectly(one, 'today')));
  await on.until('2026-11-20T18:00:00Z');
  const rows = await Promise.all([on.talk.member('grace'), on.talk.member('maya')]);
  expect(rows.filter(({ active }) => active)).toHaveLength(1);
  const left = rows[0]?.active ? users.grace : users.maya;
  on.passMinute();
  expect((await on.sayDirectly(left, 'me')).words).toContain('coordinator');
});

it('an owner of the server keeps their access in direct messages, until they manage it no more', async () => {
  const on = await working();
  const { double, guild } = on;
  const managers = double.addRole(guild, { name: 'Managers', permissions: ['ManageGuild'] });
  const olive = double.addUser(guild, { name: 'Olive', owner: true });
  const mo = double.addUser(guild, { name: 'Mo', roles: [managers] });
  for (const one of [olive, mo])
    await on.sayInChannel(one, 'followup add send the plan by:tomorrow');
  for (const one of [olive, mo]) {
    on.passMinute();
    expect((await on.sayDirectly(one, 'today')).words).toContain('send the plan');
  }
  await on.until('2026-11-19T12:00:00Z');
  for (const one of [olive, mo])
    expect(double.sees(one, double.directOf(one)).at(-1)?.words).toContain('send the plan');
  managers.permissions = 0n;
  on.passMinute();
  expectNothing(await on.sayDirectly(mo, 'today'));
  expect((await on.sayDirectly(olive, 'today')).words).toContain('send the plan');
});

it('while Discord does not say who somebody is, nothing is shown, and a reminder comes later, once', async () => {
  const on = await working();
  const { double, users } = on;
  await on.say('tom', 'followup add ring the school by:"today 3pm"');
  on.passMinute();
  double.faults.each('get_guild_member', () => 'bad gateway');
  const answer = await on.say('tom', 'today');
  expect(answer.words).toContain("Discord doesn't tell me who you are at the moment");
  expectNothing(answer);
  expect(await double.as(users.tom).suggest('log', 'with', 'oak')).toMatchObject([
    { value: 'oak' },
  ]);
  const reminders = () =>
    on.inbox('tom').filter(({ words, buttons }) => /A reminder/.test(words) && buttons.length);
  await on.until('2026-11-18T15:10:00Z');
  expect(reminders()).toEqual([]);
  double.faults.clear();
  await on.until('2026-11-18T15:12:00Z');
  expect(reminders()).toHaveLength(1);
  expect((await on.say('tom', 'today')).words).toContain('ring the school');
  await on.until('2026-11-18T18:00:00Z');
  expect(reminders()).toHaveLength(1);
  expect(on.told('grace')).toEqual([]);
});

it('the daily round finds somebody who has left without a word, and coordinators are told once', async () => {
  const on = await working();
  const { double, guild, users, talk } = on;
  const nights = newRetentionSchedule({ id: talk.id, zone: ZONE }, talk.clock.now());
  await talk.store.of(retentionSchedules).insert(nights);
  double.depart(guild, users.maya);
  await on.until('2026-11-23T18:00:00Z');
  expect(on.told('grace').map(({ words }) => words)).toEqual([
    expect.stringContaining('**Maya** is no longer in Discord (Riverside)'),
  ]);
  expect((await talk.member('maya')).active).toBe(false);
  expect((await talk.member('tom')).active).toBe(true);
  expect(on.errors).toEqual([]);
  expect(double.violations).toEqual([]);
});
