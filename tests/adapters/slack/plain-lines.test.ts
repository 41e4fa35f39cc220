import { beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import type { VisibleMessage } from '../../doubles/slack/visible-messages.ts';
import {
  type ConnectionKind,
  type SlackHarness,
  startHarnessWithPartner,
  type User,
} from './harness.ts';

type Channel = ReturnType<SlackHarness['double']['addChannel']>;

describe.each<ConnectionKind>(['socket', 'http'])('a plain line in Slack by %s', (by) => {
  let harness: SlackHarness;
  let channel: Channel;
  let bot: string;
  beforeAll(async () => {
    harness = await startHarnessWithPartner(by);
    const { double, team, grace, tom } = harness;
    channel = double.addChannel(team, { name: 'partners', members: [grace, tom] });
    double.invite(channel, 'app');
    bot = double.world.installations.at(-1)?.botUser ?? '';
    return () => {
      expect(double.violations).toEqual([]);
      expect(harness.warnings).toEqual([]);
    };
  });

  /** What somebody sees from Convenor in a channel. */
  const heard = (who: User, where: Channel): VisibleMessage[] =>
    harness.double.sees(who, where).filter(({ from }) => from === bot);

  /** Writes a line, and waits for the answer. */
  async function ask(who: User, where: Channel, line: string, thread?: string) {
    const before = heard(who, where).length;
    const said = await harness.double.as(who, where).write(line, { thread });
    const answer = await harness.double.until(
      `an answer to ${line}`,
      () => heard(who, where)[before],
    );
    return { said, answer };
  }

  /** Gives Convenor the time to answer, with a line that it answers. */
  const settled = () => ask(harness.grace, harness.double.directOf(harness.grace), 'hello');

  const noted = async () =>
    collect(harness.stores.forPartnership(harness.partnership).of(contacts).all({ index: 'byId' }));

  const newcomer = () => {
    const user = harness.double.addUser(harness.team, { name: 'Ada' });
    channel.members.add(user.id);
    return user;
  };

  it('a newcomer gets from hello to a noted contact in a direct message', async () => {
    const { double } = harness;
    const ada = newcomer();
    const direct = double.directOf(ada);
    for (const line of ['hello', 'help', 'what can you do']) {
      const { answer } = await ask(ada, direct, line);
      expect(answer.words).toContain('I keep track of who you talk with');
      expect(answer.ephemeral).toBe(false);
    }
    const sentence = 'riverside council met us at the fair about the garden';
    const { answer } = await ask(ada, direct, sentence);
    expect(answer.words).toContain('Did that happen with');
    const done = await (await double.as(ada).press(answer, 'Note it')).reply();
    expect(done.words).toMatch(/Noted.*Riverside Council.*met us at the fair about the garden/s);
    expect(await noted()).toHaveLength(1);
  });

  it('in a channel and in a thread only they see what is private, where they said it', async () => {
    const { double, tom, grace } = harness;
    const before = (await noted()).length;
    const { answer } = await ask(tom, channel, `<@${bot}> hello`);
    expect(answer).toMatchObject({ ephemeral: true, thread: undefined });
    expect(heard(grace, channel)).toEqual([]);
    const root = double.say(grace, channel, 'The fair was good.');
    const line = `hey <@${bot}>, riverside council spoke to us about <#${channel.id}|partners>`;
    const asked = await ask(tom, channel, line, root.ts);
    expect(asked.answer).toMatchObject({ ephemeral: true, thread: root.ts });
    const person = double.as(tom, channel);
    const done = await (await person.press(asked.answer, 'Note it')).reply();
    expect(done.words).toContain('spoke to us about #partners');
    expect(await noted()).toHaveLength(before + 1);
    expect(heard(grace, channel)).toEqual([]);
  });

  it('a form is behind a button, and its answer comes into the thread', async () => {
    const { double, tom, grace } = harness;
    const root = double.say(grace, channel, 'Who saw the school?');
    const { answer } = await ask(tom, channel, `<@${bot}> log`, root.ts);
    const person = double.as(tom, channel);
    const modal = await (await person.press(answer, 'Open the form')).modal();
    await person.submit(modal, { 'Who with?': 'Riverside Council', 'What happened?': 'saw Jo' });
    const shown = await double.until('the answer', () =>
      heard(tom, channel).find(({ words }) => words.includes('saw Jo')),
    );
    expect(shown.thread).toBe(root.ts);
  });

  it('a question can be answered by typing, in a direct message and in a thread', async () => {
    const { double, tom, grace } = harness;
    await ask(grace, double.directOf(grace), 'partner add "Withernsea High School"');
    await ask(grace, double.directOf(grace), 'partner add "Withernsea Town Council"');
    const root = double.say(grace, channel, 'About Withernsea');
    for (const [where, thread, name] of [
      [double.directOf(tom), undefined, ''],
      [channel, root.ts, `<@${bot}> `],
    ] as const) {
      const asked = await ask(tom, where, `${name}log withernsea met them`, thread);
      expect(asked.answer.words).toContain('Which');
      const { answer } = await ask(tom, where, `${name}the second one`, thread);
      expect(answer.words).toContain('Withernsea Town Council');
    }
  });

  it('what "Log this" in a thread has noted is said there', async () => {
    const { double, tom, grace } = harness;
    const root = double.say(grace, channel, 'Any news?');
    const said = await double.as(grace, channel).write('The council agreed.', { thread: root.ts });
    const person = double.as(tom, channel);
    const modal = await (await person.shortcut('log_this', said)).modal();
    await person.submit(modal, { 'Who with?': 'Riverside Council' });
    const shown = await double.until('the answer', () =>
      heard(tom, channel).find(({ words }) => words.includes('The council agreed.')),
    );
    expect(shown).toMatchObject({ thread: root.ts, ephemeral: true });
  });

  it('what everybody may see opens a thread at the line', async () => {
    const { tom, grace } = harness;
    const { said } = await ask(grace, channel, `<@${bot}> digest now`);
    const [post] = heard(tom, channel).filter(({ ephemeral, thread }) => !ephemeral && thread);
    expect(post?.thread).toBe(said.ts);
  });

  it('the same line is answered once, also after a repeat and as a second event', async () => {
    const { double, tom, team } = harness;
    const direct = double.directOf(tom);
    const { said } = await ask(tom, direct, `log riverside council <@${bot}> came along`);
    const before = [(await noted()).length, heard(tom, direct).length];
    const event = { user: tom.id, text: said.text, ts: said.ts, channel: direct.id };
    await double.emit(team, 'app_mention', event);
    await double.emit(team, 'message', { ...event, channel_type: 'im' });
    await settled();
    expect([(await noted()).length, heard(tom, direct).length]).toEqual(before);
    // The store still knows after a restart.
    await harness.restart();
    await double.emit(team, 'message', { ...event, channel_type: 'im' });
    await double.until('the same answer again', () => heard(tom, direct)[before[1] ?? 0]);
    expect((await noted()).length).toBe(before[0]);
  });

  it('bots, changed messages and talk among people are left alone', async () => {
    const { double, tom, grace, team } = harness;
    const direct = double.directOf(tom);
    const seen = () => [
      heard(tom, direct).length,
      heard(tom, channel).length,
      heard(grace, channel).length,
    ];
    const before = seen();
    const event = {
      user: tom.id,
      text: 'hello',
      ts: '1.1',
      channel: direct.id,
      channel_type: 'im',
    };
    for (const fields of [
      { ...event, bot_id: 'B0OTHER' },
      { ...event, user: bot },
      { ...event, user: 'USLACKBOT' },
      { ...event, edited: { user: tom.id, ts: '1.2' } },
      { ...event, subtype: 'message_changed', message: event },
      { ...event, subtype: 'bot_message' },
      { ...event, subtype: 'channel_join' },
      { ...event, channel: channel.id, channel_type: 'channel' },
    ]) {
      await double.emit(team, 'message', fields);
    }
    await double.as(tom, channel).write('hello all');
    await double.as(grace, channel).write(`Morning all, <@${bot}> is our new helper with notes`);
    await settled();
    expect(seen()).toEqual(before);
  });

  it('a mention alone is greeted, and a file without words is told what to do', async () => {
    const { double, tom } = harness;
    expect((await ask(tom, channel, `<@${bot}>`)).answer.words).toContain('I keep track of');
    const direct = double.directOf(tom);
    const before = heard(tom, direct).length;
    await double.as(tom).write('', { file: 'map.png' });
    const answer = await double.until('an answer', () => heard(tom, direct)[before]);
    expect(answer.words).toContain("I can't open files");
    expect(answer.buttons).toEqual(['Add a list of partners']);
    const line = `followup add lend the ladder by:friday who:<@${harness.grace.id}>`;
    expect((await ask(tom, direct, line)).answer.mentions).toEqual([`<@${harness.grace.id}>`]);
    await double.as(tom).write('log riverside council sent this map', { file: 'map.png' });
    const done = await double.until('an answer', () => heard(tom, direct)[before + 2]);
    expect(done.words).toContain('sent this map');
  });

  it('a private note that others have read is not kept', async () => {
    const { tom } = harness;
    const before = await noted();
    const line = `<@${bot}> log riverside council their manager is leaving private:yes`;
    const { answer } = await ask(tom, channel, line);
    expect(answer.ephemeral).toBe(true);
    expect(answer.words).not.toContain('Noted');
    expect(await noted()).toEqual(before);
  });

  it('guests are refused as for a command', async () => {
    const { double, team } = harness;
    const guest = double.addUser(team, { name: 'Visitor', guest: 'channels' });
    const { answer } = await ask(guest, double.directOf(guest), 'hello');
    const typed = await (await double.as(guest).slash('/convenor', 'hello')).reply();
    expect(answer.words).toBe(typed.words);
  });

  it('/log help and /followup help help, and a sentence after /convenor is offered as a note', async () => {
    const { double, tom } = harness;
    const person = double.as(tom);
    for (const command of ['/log', '/followup']) {
      const help = await (await person.slash(command, 'help')).reply();
      expect(help.words).toMatch(/log|followup/);
      expect(help.buttons).not.toContain('Undo');
    }
    const line = 'riverside council met jane about the lease';
    const asked = await (await person.slash('/convenor', line)).reply();
    expect(asked.buttons).toContain('Note it');
  });
});
