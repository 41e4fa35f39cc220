import { beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { members } from '../../../src/core/domain/members/member.ts';
import { workbook } from '../../fixtures/workbook.ts';
import { oneButton } from '../one-button.ts';
import { type DiscordHarness, startHarnessWithPartner, type User } from './harness.ts';

describe('Discord', () => {
  let harness: DiscordHarness;
  beforeAll(async () => {
    harness = await startHarnessWithPartner();
    return () => {
      expect(harness.double.violations).toEqual([]);
      expect(harness.warnings).toEqual([]);
    };
  });

  const inChannel = (who: User) => harness.double.as(who, harness.channel);
  /** Types a line in the channel. */
  const typed = async (who: User, line: string) =>
    (await inChannel(who).slash('convenor', { line })).reply();
  const everybody = () =>
    collect(
      harness.stores.forPartnership(harness.partnership).of(members).all({ index: 'byName' }),
    );
  const named = async (name: string) => (await everybody()).find((row) => row.name === name);

  it('notes a typed contact; a user with the role becomes a member by typing', async () => {
    const line = 'log riverside council met at the fair next:"send the plan" by:tomorrow';
    const reply = await typed(harness.tom, line);
    expect(reply.words).toMatch(/Noted.*Riverside Council.*met at the fair/s);
    expect(reply.words).toContain('send the plan');
    expect(reply.ephemeral).toBe(true);
    expect(await named('Tom')).toMatchObject({ active: true, role: 'member', platformZone: null });
  });

  it('takes options, and completes them while they are typed', async () => {
    const { tom, double, guild } = harness;
    const person = inChannel(tom);
    const [council] = await person.suggest('log', 'with', 'river');
    expect(council?.name).toBe('Riverside Council');
    const ann = double.addUser(guild, { name: 'ann', nick: 'Ann of the hall' });
    const reply = await (
      await person.slash('followup add', {
        next: 'water the beds',
        by: 'friday',
        with: `${council?.value}`,
      })
    ).reply();
    expect(reply.words).toContain('water the beds');
    // A mention does not make a visitor a member.
    const asked = { next: 'ring', by: 'friday', who: ann };
    const modal = await (await inChannel(tom).slash('followup add', asked)).modal();
    expect(modal.words).toContain('Ann of the hall has not been let in yet');
    inChannel(tom).close(modal);
    expect(await named('Ann of the hall')).toBeUndefined();
  });

  it('opens the form when something is missing, and answers in the channel', async () => {
    const { double, tom, channel } = harness;
    const person = inChannel(tom);
    const modal = await (await person.slash('log')).modal();
    expect(modal.labels).toContain('Who with?');
    const filled = { 'Who with?': 'Riverside Council', 'What happened?': 'walked the site' };
    const promise = { 'What was promised?': 'draw a map', 'By when?': 'blursday' };
    const wrong = await (await person.submit(modal, { ...filled, ...promise })).reply();
    expect(wrong).toMatchObject({ ephemeral: true, buttons: ['Fix'] });
    expect(wrong.words).toContain('blursday');
    // The form shows the problem, and has everything that was typed.
    const again = await (await person.press(wrong, 'Fix')).modal();
    const answer = await (await person.submit(again, { 'By when?': 'next friday' })).reply();
    expect(answer.words).toMatch(/walked the site.*draw a map/s);
    expect(double.modal(tom)).toBeUndefined();
    expect(double.sees(harness.grace, channel).map(({ words }) => words)).not.toContain(
      answer.words,
    );
  });

  it('a problem with an option is shown at its field of the form', async () => {
    const { tom } = harness;
    const options = { next: 'ring the school', by: 'blursday' };
    const modal = await (await inChannel(tom).slash('followup add', options)).modal();
    expect(JSON.stringify(modal.components)).toMatch(/ring the school.*blursday/s);
    const answer = await (await inChannel(tom).submit(modal, { 'By when?': 'friday' })).reply();
    expect(answer.words).toContain('ring the school');
  });

  it('Done, Later and Undo work in each message that has them', async () => {
    const { tom } = harness;
    const person = inChannel(tom);
    const noted = await typed(tom, 'followup add ring the surgery by:friday');
    const list = await typed(tom, 'followup list');
    const [menu] = list.options.filter((label) => label === 'Later');
    const when = await (menu
      ? person.pick(list, 'What to do…', 'Later')
      : person.press(list, 'Later'));
    const asked = await when.reply();
    const nextWeek = asked.buttons.find((label) => /next week/i.test(label)) ?? '';
    const later = await (await person.press(asked, nextWeek)).reply();
    expect(later.words).toContain('Put off');
    const undone = await (await person.press(noted, 'Undo')).reply();
    expect(undone.words).toMatch(/^undone/i);
  });

  it('a list and a reminder show how things are after Done and after Undo', async () => {
    const { double, tom, channel, convenor, partnership, stores, guild } = harness;
    const person = double.as(tom, channel);
    await typed(tom, 'followup add mend the gate by:tomorrow');
    const list = await typed(tom, 'followup list');
    const changed = { id: list.id, edited: true };
    const done = await (await person.press(list, 'Done')).reply();
    expect(done).toMatchObject(changed);
    expect(done.words).toMatch(/Done, thank you.*You have/s);
    const undone = await (await person.press(done, 'Undo')).reply();
    expect(undone).toMatchObject(changed);
    expect(undone.words).toMatch(/Undone.*mend the gate/s);

    const rows = stores.forPartnership(partnership).of(followups);
    const open = await collect(rows.all({ index: 'byDueDay', where: { state: 'open' } }));
    const which = `#${open.find(({ title }) => title === 'mend the gate')?.id}`;
    const button = { label: 'Done', command: 'followup done', args: { which, swap: 'yes' } };
    const identity = { platform: 'discord', workspace: guild.id, user: tom.id };
    await convenor.send(oneButton(partnership, { to: 'user', identity }, button));
    const direct = double.directOf(tom);
    const inbox = () => double.sees(tom, direct).filter(({ buttons }) => buttons.length > 0);
    const reminder = inbox().at(-1);
    if (!reminder) throw new Error('Nothing was sent.');
    const ticked = await (await double.as(tom, direct).press(reminder, 'Done')).reply();
    expect(ticked.words).toContain('Done, thank you');
    const back = await (await double.as(tom, direct).press(ticked, 'Undo')).reply();
    expect(back).toMatchObject({ id: reminder.id, edited: true });
    expect([...back.buttons, ...back.options]).toContain('Done');
    expect(inbox()).toHaveLength(1);
  });

  it('the answer to a question replaces it, and the words are kept', async () => {
    const { tom, grace } = harness;
    await typed(grace, 'partner add "Withernsea High School"');
    await typed(grace, 'partner add "Withernsea Town Council"');
    const asked = await typed(tom, 'log withernsea met them about the lease');
    const answer = await (await inChannel(tom).press(asked, 'Withernsea High School')).reply();
    expect(answer).toMatchObject({ id: asked.id, edited: true });
    expect(answer.words).toContain('met them about the lease');
  });

  it('a button pressed in a channel changes the message for everybody', async () => {
    const { double, convenor, tom, grace, partnership, guild } = harness;
    const open = double.addChannel(guild, { name: 'open' });
    await typed(tom, 'followup add sweep the hall by:friday');
    const args = { which: 'sweep the hall', swap: 'yes' };
    const button = { label: 'It is done', command: 'followup done', args };
    const at = { platform: 'discord', workspace: guild.id, channel: open.id };
    await convenor.send(oneButton(partnership, { to: 'channel', channel: at }, button));
    const [seen] = double.sees(tom, open);
    if (!seen) throw new Error('Nothing was posted.');
    await double.as(tom, open).press(seen, 'It is done');
    const [changed, ...others] = double.sees(grace, open);
    expect(changed).toMatchObject({ id: seen.id, edited: true });
    expect(changed?.words).toContain('sweep the hall');
    expect(others).toEqual([]);
  });

  it('"Log this" takes over the words, the author and the link of the message', async () => {
    const { double, grace, tom, channel, guild } = harness;
    const said = double.say(grace, channel, 'The council <https://a.example> agreed to R&D');
    const modal = await (await inChannel(tom).shortcut('Log this', said)).modal();
    const note = JSON.stringify(modal.components);
    expect(note).toContain('The council https://a.example agreed to R&D');
    expect(note).toContain('Grace');
    expect(note).toContain(`https://discord.com/channels/${guild.id}/${channel.id}/${said.id}`);
    const answer = await inChannel(tom).submit(modal, { 'Who with?': 'Riverside Council' });
    expect((await answer.reply()).words).toMatch(/Riverside Council.*Grace/s);
  });

  it('a long message is logged whole, although it does not fit into the form', async () => {
    const { double, grace, tom, channel } = harness;
    const words = `${'They agreed to all of it. '.repeat(20)}And to the end.`;
    const said = double.say(grace, channel, words);
    const modal = await (await inChannel(tom).shortcut('Log this', said)).modal();
    const answer = await inChannel(tom).submit(modal, { 'Who with?': 'Withernsea' });
    const asked = await answer.reply();
    const noted = await inChannel(tom).press(asked, asked.buttons[0] ?? '');
    expect((await noted.reply()).words).toContain('And to the end.');
  });

  it('everybody sees a public answer, and only the user sees a refusal', async () => {
    const { double, tom, grace, channel } = harness;
    const refused = await typed(tom, 'settings name:Mine');
    expect(refused.words).toContain('only a coordinator');
    expect(refused.ephemeral).toBe(true);
    expect(double.sees(grace, channel).map(({ words }) => words)).not.toContain(refused.words);
  });

  it('a visitor asks to join, and a coordinator lets them in', async () => {
    const { double, guild, grace, channel } = harness;
    const eve = double.addUser(guild, { name: 'Eve' });
    const hello = await typed(eve, 'partner list');
    expect(hello.words).not.toContain('Council');
    expect(hello.buttons).toEqual(['Ask to be let in']);
    const asked = await (await inChannel(eve).press(hello, 'Ask to be let in')).reply();
    expect(asked.words).toContain("I've asked the coordinators");
    const added = await inChannel(grace).slash('convenor', { line: `member add <@${eve.id}>` });
    await added.reply();
    expect((await typed(eve, 'partner list')).words).toContain('Riverside Council');
    expect(await named('Eve')).toMatchObject({ active: true, role: 'member' });
    expect(double.sees(grace, channel).at(-1)?.ephemeral).toBe(true);
  });

  it('other bots get no answer', async () => {
    const { double, guild } = harness;
    const robot = double.addUser(guild, { name: 'Robot', bot: true });
    expect((await typed(robot, 'partner list')).words).not.toContain('Council');
  });

  it('a new nickname is known from the next line on', async () => {
    const { tom, guild } = harness;
    const membership = guild.members.get(tom.id);
    if (!membership) throw new Error('Tom is gone.');
    membership.nick = 'Thomas';
    await typed(tom, 'me');
    expect(await named('Thomas')).toBeDefined();
    membership.nick = undefined;
    await typed(tom, 'me');
    expect(await named('Tom')).toBeDefined();
  });

  it('a list of partners is sent as a file with its command', async () => {
    const { double, grace } = harness;
    const csv = 'name,level\nGarden Trust,local\n';
    const file = { name: 'partners.csv', text: csv };
    const shown = await (await inChannel(grace).slash('partner import', { file })).reply();
    expect(shown.words).toContain('Garden Trust');
    expect(double.violations).toEqual([]);
  });

  it('a list of partners is read from a workbook, or refused with what to do', async () => {
    const { grace } = harness;
    const rows = [
      ['name', 'last contact'],
      ['Orchard Trust', { day: 46300 }],
    ];
    const file = { name: 'partners.xlsx', text: workbook({ Partners: rows }) };
    const shown = await (await inChannel(grace).slash('partner import', { file })).reply();
    expect(shown.words).toMatch(/Orchard Trust.*last contact Mon 5 Oct/);
    const pdf = { name: 'partners.csv', text: Buffer.from('%PDF-1.7') };
    const refused = await (await inChannel(grace).slash('partner import', { file: pdf })).reply();
    expect(refused.words).toContain('That is a PDF');
  });

  it('a list of partners is read in the encoding that a spreadsheet wrote it in', async () => {
    const { grace } = harness;
    const csv = Buffer.from('name,level\nCaf\u00e9 Orchard,local\n', 'latin1');
    const file = { name: 'partners.csv', text: csv };
    const shown = await (await inChannel(grace).slash('partner import', { file })).reply();
    expect(shown.words).toContain('Café Orchard');
  });
});
