import { beforeAll, expect, it } from 'vitest';
import { readMessage } from '../../../src/adapters/discord/input/read-payload.ts';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import type { NewUser } from '../../doubles/discord/populate.ts';
import type { VisibleMessage } from '../../doubles/discord/visible-messages.ts';
import type { WrittenMessage } from '../../doubles/discord/written-message.ts';
import { type DiscordHarness, startHarnessWithPartner } from './harness.ts';

type User = DiscordHarness['tom'];
type Channel = DiscordHarness['channel'];

let harness: DiscordHarness;
let bot: string;
/** How Convenor is mentioned. */
let name: string;
beforeAll(async () => {
  harness = await startHarnessWithPartner();
  const { double } = harness;
  bot = double.world.app.bot;
  name = `<@${bot}>`;
  return () => {
    expect(double.violations).toEqual([]);
  };
});

/** What somebody sees from Convenor in a channel. */
const heard = (who: User, where: Channel): VisibleMessage[] =>
  harness.double.sees(who, where).filter(({ from }) => from === bot);

/** Writes a line, and waits for the answer. @param at where the answer comes. */
async function ask(
  who: User,
  where: Channel,
  line: string,
  { at = where, ...more }: WrittenMessage & { at?: Channel } = {},
) {
  const { double } = harness;
  const before = heard(who, at).length;
  const said = double.say(who, where, line, more);
  const answer = await double.until(`an answer to ${line}`, () => heard(who, at)[before]);
  return { said, answer };
}

/** Gives Convenor the time to answer, with a line that it answers. */
const settled = () => ask(harness.grace, harness.double.directOf(harness.grace), 'hello');

const noted = async () =>
  (
    await collect(
      harness.stores.forPartnership(harness.partnership).of(contacts).all({ index: 'byId' }),
    )
  ).length;

/** Somebody who may join and has said nothing yet. */
function newcomer(given: NewUser = {}): User {
  const { double, guild } = harness;
  const [, residents] = guild.roles.filter(({ managed }) => !managed);
  return double.addUser(guild, { name: 'Ada', roles: residents ? [residents] : [], ...given });
}

it('a newcomer gets from hello in a channel to a noted contact in a direct message', async () => {
  const { double, channel, tom } = harness;
  const ada = newcomer();
  const direct = double.directOf(ada);
  const first = await ask(ada, channel, `${name} hello`, { at: direct });
  expect(first.answer.words).toContain('I keep track of who you talk with');
  for (const line of ['hello', 'help', 'what can you do']) {
    expect((await ask(ada, direct, line)).answer.words).toContain('I keep track of');
  }
  const { answer } = await ask(ada, direct, 'riverside council met us at the fair');
  expect(answer.words).toContain('Did that happen with');
  const before = await noted();
  const done = await (await double.as(ada).press(answer, 'Note it')).reply();
  expect(done.words).toMatch(/Noted.*Riverside Council.*met us at the fair/s);
  expect(await noted()).toBe(before + 1);
  expect(
    heard(tom, channel)
      .map(({ words }) => words)
      .join(),
  ).not.toContain('I keep track of');
});

it('a newcomer who writes to Convenor first is known from the server that lets them in', async () => {
  const { double } = harness;
  const ben = newcomer({ name: 'Ben' });
  const direct = double.directOf(ben);
  expect((await ask(ben, direct, 'hello')).answer.words).toContain('I keep track of');
  const { answer } = await ask(ben, direct, 'riverside council met us at the library');
  const done = await (await double.as(ben).press(answer, 'Note it')).reply();
  expect(done.words).toContain('met us at the library');
  const visitor = newcomer({ name: 'Nobody', roles: [] });
  const told = await ask(visitor, double.directOf(visitor), 'hello');
  expect(told.answer.words).toContain("I don't know you from any server yet");
});

it('a mention of its role is answered: Discord leaves the words out, so it asks for one of itself', async () => {
  const { channel, tom, guild } = harness;
  const [role] = guild.roles.filter(({ managed }) => managed);
  const { said, answer } = await ask(tom, channel, `<@&${role?.id}> hello`);
  expect(answer.words).toContain('Please mention me instead');
  expect(answer.replyTo).toBe(said.id);
  const { id: own = '' } = role ?? {};
  const message = {
    ...{ id: said.id, type: 0, channel_id: channel.id, guild_id: guild.id },
    ...{ author: { id: tom.id, username: 'tom' }, mentions: [], mention_roles: [own] },
    content: `<@&${own}> partner list`,
  };
  const read = (roleId: string) => readMessage(message, bot, () => roleId);
  expect(read(own)).toMatchObject({ text: 'partner list', isInPassing: false, isWithheld: false });
  expect(read(tom.id)).toBeUndefined();
});

it('a direct answer says where it was asked; one in a direct message does not', async () => {
  const { double, channel, tom } = harness;
  const direct = double.directOf(tom);
  const { answer } = await ask(tom, channel, `${name} partner list`, { at: direct });
  expect(answer.words).toContain(`You asked me in <#${channel.id}>. Only you can see this.`);
  expect((await ask(tom, direct, 'partner list')).answer.words).not.toContain('You asked me in');
});

it('a mention in a thread is noted too, and a reply to Convenor is for it', async () => {
  const { double, channel, tom, guild } = harness;
  const thread = double.addChannel(guild, { name: 'the fair' });
  Object.assign(thread, { kind: 'thread', parent: channel.id });
  const direct = double.directOf(tom);
  const line = `hey ${name}, riverside council spoke to us about the stalls`;
  const asked = await ask(tom, thread, line, { at: direct });
  const done = await (await double.as(tom).press(asked.answer, 'Note it')).reply();
  expect(done.words).toContain('spoke to us about the stalls');
  const { said } = await ask(harness.grace, channel, `${name} digest now`);
  const [post] = heard(tom, channel).slice(-1);
  expect(post?.replyTo).toBe(said.id);
  const thanked = await ask(tom, channel, 'thanks', {
    replyTo: post as VisibleMessage,
    at: direct,
  });
  expect(thanked.answer.words).toMatch(/welcome/i);
});

it('a form is behind a button', async () => {
  const { double, channel, tom } = harness;
  const direct = double.directOf(tom);
  const { answer } = await ask(tom, channel, `${name} log`, { at: direct });
  const person = double.as(tom);
  const modal = await (await person.press(answer, 'Open the form')).modal();
  const filled = { 'Who with?': 'Riverside Council', 'What happened?': 'saw Jo' };
  expect((await (await person.submit(modal, filled)).reply()).words).toContain('saw Jo');
});

it('a question can be answered by typing, where it was asked and where the line was', async () => {
  const { double, channel, grace, tom } = harness;
  const own = double.directOf(grace);
  await ask(grace, own, 'partner add "Withernsea High School"');
  await ask(grace, own, 'partner add "Withernsea Town Council"');
  const direct = double.directOf(tom);
  for (const [where, line] of [
    [direct, 'the second one'],
    [channel, `${name} the second one`],
  ] as const) {
    const asked = await ask(tom, channel, `${name} log withernsea met them`, { at: direct });
    expect(asked.answer.words).toContain('Which');
    const { answer } = await ask(tom, where, line, { at: direct });
    expect(answer.words).toContain('Withernsea Town Council');
  }
});

it('whoever takes no direct messages opens the answer in the channel, and nobody else can', async () => {
  const { double, channel, tom } = harness;
  const eve = newcomer({ name: 'Eve', direct: 'closed' });
  for (const line of ['log riverside council showed us the hall', 'today']) {
    const { said, answer } = await ask(eve, channel, `${name} ${line}`);
    expect(answer).toMatchObject({ replyTo: said.id, buttons: ['Open it'] });
    expect(answer.words).not.toMatch(/hall|Riverside/);
    const theirs = await (await double.as(tom, channel).press(answer, 'Open it')).reply();
    expect(theirs.words).toContain('no answer for you here');
    const opened = await (await double.as(eve, channel).press(answer, 'Open it')).reply();
    expect(opened.ephemeral).toBe(true);
    if (line === 'today') continue;
    expect(opened.words).toMatch(/Noted.*showed us the hall/s);
    const undone = await (await double.as(eve, channel).press(opened, 'Undo')).reply();
    expect(undone.words).toMatch(/^undone/i);
  }
});

it('a line that comes again after a resumed connection has one effect and one answer', async () => {
  const { double, tom } = harness;
  const direct = double.directOf(tom);
  await ask(tom, direct, 'log riverside council came along');
  const before = [await noted(), heard(tom, direct).length];
  const [session] = double.gateway.sessions.values();
  session?.replay(0);
  await settled();
  expect([await noted(), heard(tom, direct).length]).toEqual(before);
});

it('bots, changed messages and talk among people are left alone', async () => {
  const { double, channel, grace, guild, tom } = harness;
  const direct = double.directOf(tom);
  const other = double.addUser(guild, { name: 'Otherbot', bot: true });
  const seen = () => [heard(tom, direct).length, heard(tom, channel).length];
  const before = seen();
  double.say(other, channel, `${name} hello`);
  const said = double.say(tom, channel, 'hello all');
  double.edit(said, `${name} hello all`);
  double.say(grace, channel, '@everyone hello');
  const post = heard(tom, channel).at(-1) as VisibleMessage;
  double.say(tom, channel, 'Well done everybody, what a month!', { replyTo: post });
  double.say(tom, channel, `Morning all, ${name} is our new helper with notes`);
  await settled();
  expect(seen()).toEqual(before);
});

it('a mention alone is greeted, and a file without words is told what to do', async () => {
  const { double, channel, tom } = harness;
  const direct = double.directOf(tom);
  expect((await ask(tom, channel, name, { at: direct })).answer.words).toContain('I keep track');
  const given = await ask(
    tom,
    direct,
    `followup add lend the ladder by:friday who:<@!${harness.grace.id}>`,
  );
  expect(given.answer.words).toContain('Grace');
  const { answer } = await ask(tom, direct, '', { file: 'partners.csv' });
  expect(answer.words).toContain("I can't open files");
  expect(answer.buttons).toEqual(['Add a list of partners']);
});

it('whoever is not let in is refused as for a command', async () => {
  const { double, channel } = harness;
  const visitor = newcomer({ name: 'Visitor', roles: [] });
  const direct = double.directOf(visitor);
  const { answer } = await ask(visitor, channel, `${name} today`, { at: direct });
  const typed = await (await double.as(visitor, channel).slash('today')).reply();
  const origin = `-# You asked me in <#${channel.id}>. Only you can see this.`;
  expect(answer.words).toBe(`${typed.words}\n${origin}`);
  expect(answer.buttons).toEqual(typed.buttons);
});

it('a code for linking is taken in a direct message', async () => {
  const { double, tom } = harness;
  const direct = double.directOf(tom);
  const { answer } = await ask(tom, direct, 'link');
  const [code] = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(answer.words) ?? [];
  expect(code).toBeDefined();
  const typed = await (await double.as(tom).slash('convenor', { line: `link ${code}` })).reply();
  expect((await ask(tom, direct, `link ${code}`)).answer.words).toBe(typed.words);
});
