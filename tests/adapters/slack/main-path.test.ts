import { beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { members } from '../../../src/core/domain/members/member.ts';
import type { Address } from '../../../src/core/message/address.ts';
import { oneButton } from '../one-button.ts';
import {
  type ConnectionKind,
  type SlackHarness,
  startHarnessWithPartner,
  type User,
} from './harness.ts';

describe.each<ConnectionKind>(['socket', 'http'])('Slack by %s', (by) => {
  let harness: SlackHarness;
  let channel: ReturnType<SlackHarness['double']['addChannel']>;
  beforeAll(async () => {
    harness = await startHarnessWithPartner(by);
    const { double, team, grace, tom } = harness;
    channel = double.addChannel(team, { name: 'partners', members: [grace, tom] });
    return () => {
      expect(double.violations).toEqual([]);
    };
  });

  /** Types a line in the channel; Convenor is not in it. */
  const typed = async (who: User, line: string) => {
    const outcome = await harness.double.as(who, channel).slash('/convenor', line);
    return outcome.reply();
  };
  const into = ({ id }: typeof channel): Address => ({
    to: 'channel',
    channel: { platform: 'slack', workspace: harness.team.id, channel: id },
  });
  const everybody = async () => {
    const store = harness.stores.forPartnership(harness.partnership);
    return collect(store.of(members).all({ index: 'byName' }));
  };

  it('notes a typed contact; a user becomes a member by typing', async () => {
    const line = 'log riverside council met at the fair next:"send the plan" by:tomorrow';
    const reply = await typed(harness.tom, line);
    expect(reply.words).toMatch(/Noted.*Riverside Council.*met at the fair/s);
    expect(reply.words).toContain('send the plan');
    expect(reply.ephemeral).toBe(true);
    const tom = (await everybody()).find(({ name }) => name === 'Tom');
    expect(tom).toMatchObject({ active: true, role: 'member', platformZone: 'Europe/London' });
  });

  it('opens the form when something is missing, shows a problem at its field, and answers in the channel', async () => {
    const { double, tom } = harness;
    const person = double.as(tom, channel);
    const modal = await (await person.slash('/log')).modal();
    expect(modal.labels).toContain('Who with?');
    expect(await person.suggest(modal, 'Who with?', 'river')).toContain('Riverside Council');
    const filled = { 'Who with?': 'Riverside Council', 'What happened?': 'walked the site' };
    const promise = { 'What was promised?': 'draw a map', 'By when?': 'blursday' };
    const wrong = await person.submit(modal, { ...filled, ...promise });
    expect(Object.values(wrong.errors)).toEqual([expect.stringContaining('blursday')]);
    expect(double.modal(tom)).toBeDefined();
    await person.submit(modal, { ...filled, ...promise, 'By when?': 'next friday' });
    const answer = await double.until('the answer', () =>
      double.sees(tom, channel).find(({ words }) => words.includes('walked the site')),
    );
    expect(answer.ephemeral).toBe(true);
    expect(answer.words).toContain('draw a map');
    expect(double.modal(tom)).toBeUndefined();
  });

  it('Done, Later and Undo work in each message that has them', async () => {
    const { double, tom } = harness;
    const person = double.as(tom, channel);
    const noted = await typed(tom, 'followup add ring the school by:friday');
    const list = await typed(tom, 'followup list');
    const when = await (await person.press(list, 'Later')).reply();
    const nextWeek = when.buttons.find((label) => /next week/i.test(label)) ?? '';
    const later = await (await person.press(when, nextWeek)).reply();
    expect(later.words).toContain('Put off');
    const done = await (await person.press(list, 'Done')).reply();
    expect(done.buttons).toContain('Undo');
    const undone = await (await person.press(noted, 'Undo')).reply();
    expect(undone.words).toMatch(/^undone/i);
  });

  it('a list and a reminder show how things are after Done and after Undo', async () => {
    const { double, tom, convenor, partnership, stores, team } = harness;
    const person = double.as(tom, channel);
    await typed(tom, 'followup add mend the gate by:tomorrow');
    const list = await typed(tom, 'followup list');
    const changed = { ts: list.ts, edited: true };
    const done = await (await person.press(list, 'Done')).reply();
    expect(done).toMatchObject(changed);
    expect(done.words).toMatch(/Done, thank you: .*You have/s);
    const undone = await (await person.press(done, 'Undo')).reply();
    expect(undone).toMatchObject(changed);
    expect(undone.words).toMatch(/Undone.*mend the gate/s);

    const rows = stores.forPartnership(partnership).of(followups);
    const open = await collect(rows.all({ index: 'byDueDay', where: { state: 'open' } }));
    const which = `#${open.find(({ title }) => title === 'mend the gate')?.id}`;
    const button = { label: 'Done', command: 'followup done', args: { which, swap: 'yes' } };
    const identity = { platform: 'slack', workspace: team.id, user: tom.id };
    await convenor.send(oneButton(partnership, { to: 'user', identity }, button));
    const direct = double.directOf(tom);
    const inbox = () => double.sees(tom, direct).filter(({ buttons }) => buttons.length > 0);
    const reminder = inbox().at(-1);
    if (!reminder) throw new Error('Nothing was sent.');
    const ticked = await (await double.as(tom, direct).press(reminder, 'Done')).reply();
    expect(ticked.words).toContain('Done, thank you');
    const back = await (await double.as(tom, direct).press(ticked, 'Undo')).reply();
    expect(back).toMatchObject({ ts: reminder.ts, edited: true });
    expect([...back.buttons, ...back.options]).toContain('Done');
    expect(inbox()).toHaveLength(1);
  });

  it('the answer to a question replaces it, and the words are kept', async () => {
    const { double, tom, grace } = harness;
    await typed(grace, 'partner add "Withernsea High School"');
    await typed(grace, 'partner add "Withernsea Town Council"');
    const asked = await typed(tom, 'log withernsea met them about the lease');
    const answer = await (
      await double.as(tom, channel).press(asked, 'Withernsea High School')
    ).reply();
    expect(answer).toMatchObject({ ts: asked.ts, edited: true });
    expect(answer.words).toContain('met them about the lease');
  });

  it('a button pressed in an open channel changes the message for everybody', async () => {
    const { double, convenor, tom, grace, partnership, team } = harness;
    const open = double.addChannel(team, { members: [grace, tom] });
    double.invite(open, 'app');
    await typed(tom, 'followup add sweep the hall by:friday');
    const args = { which: 'sweep the hall', swap: 'yes' };
    const button = { label: 'It is done', command: 'followup done', args };
    await convenor.send(oneButton(partnership, into(open), button));
    const [seen] = double.sees(tom, open);
    if (!seen) throw new Error('Nothing was posted.');
    await double.as(tom, open).press(seen, 'It is done');
    const changed = await double.until('the change', () =>
      double.sees(grace, open).find(({ edited }) => edited),
    );
    expect(changed.ts).toBe(seen.ts);
    expect(changed.words).toContain('sweep the hall');
    expect(double.sees(grace, open)).toHaveLength(1);
  });

  it('"Log this" takes over the words, the author and the link of the message', async () => {
    const { double, grace, tom } = harness;
    const said = double.say(grace, channel, 'The council <https://a.example|agreed> to R&amp;D');
    const person = double.as(tom, channel);
    const modal = await (await person.shortcut('log_this', said)).modal();
    const note = JSON.stringify(modal.blocks);
    expect(note).toContain('The council agreed (https://a.example) to R&D');
    expect(note).toContain('Grace');
    expect(note).toContain(`https://riverside.slack.com/archives/${channel.id}/p`);
    await person.submit(modal, { 'Who with?': 'Riverside Council' });
    const answer = await double.until('the answer', () =>
      double.sees(tom, channel).find(({ words }) => /Riverside Council.*R&D/s.test(words)),
    );
    expect(answer.words).toContain('Grace');
  });

  it('Home shows what is mine, and follows every change', async () => {
    const { double, tom } = harness;
    await double.as(tom).openHome();
    await double.until('a Home', () => double.home(tom));
    await typed(tom, 'followup add paint the fence by:tomorrow');
    const fresh = await double.until('a new Home', () => {
      const now = double.home(tom);
      return now?.words.includes('paint the fence') ? now : undefined;
    });
    // The answer to a press there comes in the Home, with the rest as it is now, and in no message.
    const before = double.sees(tom, double.directOf(tom)).length;
    const says = (words: RegExp) =>
      double.until(`${words} in the Home`, () => {
        const now = double.home(tom);
        return now && words.test(now.words) ? now : undefined;
      });
    await double.as(tom).press(fresh, 'Done');
    const done = await says(/Done, thank you/);
    expect(done.words.match(/paint the fence/g)).toHaveLength(1);
    await double.as(tom).press(done, 'Undo');
    const undone = await says(/Undone/);
    expect(undone.words).toContain('paint the fence · by');
    await double.as(tom).openHome();
    await says(/^(?!.*Undone).*paint the fence/s);
    expect(double.sees(tom, double.directOf(tom))).toHaveLength(before);
  });

  it('the Home of another member who has it open follows too', async () => {
    const { double, grace, tom } = harness;
    await double.as(grace).openHome();
    const before = await double.until('a Home', () => double.home(grace));
    await typed(tom, `followup add lend the ladder by:tomorrow who:<@${grace.id}>`);
    await double.until('a changed Home', () =>
      double.home(grace)?.words !== before.words ? true : undefined,
    );
  });

  it('a name or zone that changes at Slack is known from the next line on', async () => {
    const { double, tom } = harness;
    await double.change(tom, { name: 'Thomas', zone: 'Europe/Lisbon' });
    await typed(tom, 'me');
    const row = (await everybody()).find(({ name }) => name === 'Thomas');
    expect(row?.platformZone).toBe('Europe/Lisbon');
    await double.change(tom, { name: 'Tom', zone: 'Europe/London' });
    await typed(tom, 'me');
  });

  it('commands for coordinators are refused to others, and only they see the refusal', async () => {
    const { double, tom, grace } = harness;
    const preview = await typed(grace, 'settings');
    expect(preview.words).toContain('Riverside');
    const refused = await typed(tom, 'settings name:Mine');
    expect(refused.words).toContain('only a coordinator');
    expect(refused.ephemeral).toBe(true);
    expect(double.sees(grace, channel).map(({ words }) => words)).not.toContain(refused.words);
  });

  it('guests and users of other workspaces get nothing, and do not become members', async () => {
    const { double, convenor, partnership, team } = harness;
    const guest = double.addUser(team, { name: 'Visitor', guest: 'channels' });
    const away = double.addUser(double.addTeam('Elsewhere'), { name: 'Stranger' });
    const open = double.addChannel(team, { members: [guest, away] });
    const reply = await (await double.as(guest, open).slash('/convenor', 'partner list')).reply();
    expect(reply.words).not.toContain('Council');
    double.invite(open, 'app');
    const list = { label: 'Partners', command: 'partner list', args: {} };
    await convenor.send(oneButton(partnership, into(open), list));
    const seen = double.sees(away, open).find(({ buttons }) => buttons.includes('Partners'));
    if (!seen) throw new Error('Nothing was posted.');
    const pressed = await (await double.as(away, open).press(seen, 'Partners')).reply();
    expect(pressed.ephemeral).toBe(true);
    expect(pressed.words).not.toContain('Council');
    const names = (await everybody()).map(({ name }) => name);
    expect(names).not.toContain('Visitor');
    expect(names).not.toContain('Stranger');
  });

  it('a mentioned user becomes a member, and texts call them by name', async () => {
    const { double, team, tom } = harness;
    const ann = double.addUser(team, { name: 'Ann', zone: 'Europe/Paris' });
    const reply = await typed(tom, `followup add water the beds by:friday who:<@${ann.id}|ann>`);
    expect(reply.mentions).toEqual([`<@${ann.id}>`]);
    const row = (await everybody()).find(({ name }) => name === 'Ann');
    expect(row).toMatchObject({ active: true, platformZone: 'Europe/Paris' });
    expect(harness.warnings).toEqual([]);
  });
});
