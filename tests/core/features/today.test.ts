import { expect, it } from 'vitest';
import { wasActiveSince } from '../../../src/core/domain/receipts/activity.ts';
import { plainText } from '../../../src/core/message/rich-text.ts';
import { newTalk, newWorkspace, profileOf } from '../../fixtures/bot.ts';

it('is short if nothing is waiting, and says when briefs come', async () => {
  const talk = await newTalk();
  const said = await talk.say('maya', 'today');
  expect(said.text).toBe(
    'Nothing is waiting for you. Enjoy the day.\nYour brief, with everything that is yours, comes once a week at 09:00.',
  );
  expect(said).toMatchObject({ audience: 'actor', buttons: ['Change'] });
  const { form } = await talk.press('maya', 'Change', said);
  await talk.submit('maya', form, { fewer: 'dated', pause: 'in 2 weeks', zone: 'Europe/Paris' });
  expect((await talk.say('maya', 'today')).text).toContain(
    'Your brief, with everything that is yours, comes only for things with a date, at 09:00, after the pause until Wed 2 Dec.',
  );
  await talk.say('maya', 'me fewer:off');
  expect((await talk.say('maya', 'today')).text).toContain('You get no briefs.');
});

it('shows what is mine and, to coordinators, the state of the partnership', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'partner add "Oakfield School"');
  await talk.say('tom', 'log oakfield school met when:2026-09-01');
  await talk.say('tom', 'followup add send the plan by:tomorrow');
  talk.clock.move({ days: 3 });
  const tom = await talk.say('tom', 'today');
  expect(tom.text).toContain('1 thing is late');
  expect(tom.text).toContain('send the plan');
  expect(tom.text).not.toContain('Big Local Riverside');
  expect(tom.buttons.slice(-1)).toEqual(['Change']);
  const grace = await talk.say('grace', 'today');
  expect(grace.text).toContain(
    'Big Local Riverside: 1 follow-up is overdue, 1 partner without a lead has gone quiet.',
  );
  expect(grace.buttons.slice(-4)).toEqual(['Change', 'Digest preview', 'Members', 'Settings']);
  for (const label of ['Digest preview', 'Members', 'Settings']) {
    expect((await talk.press('grace', label, grace)).text).not.toContain('Sorry');
  }
  expect(talk.errors).toEqual([]);
});

it('comes a page at a time, with the rest below the first page only', async () => {
  const talk = await newTalk();
  for (let number = 0; number < 10; number++) {
    await talk.say('grace', `followup add thing ${number} by:friday`);
  }
  const first = await talk.say('grace', 'today');
  expect(first.text).toContain('Your brief,');
  const second = await talk.press('grace', 'More (2)', first);
  const told = `${first.text} ${second.text}`.match(/thing \d/g);
  expect(new Set(told).size).toBe(10);
  expect(second.text).not.toContain('Your brief,');
  expect(second.buttons).not.toContain('Members');
});

it('offers the set-up until it is done, in one place', async () => {
  const talk = await newWorkspace();
  talk.profiles.grace = profileOf('Grace', { standing: 'owner' });
  for (const _ of ['first', 'again']) {
    const { buttons } = await talk.say('grace', 'today');
    expect(buttons.filter((label) => label === 'Set up')).toHaveLength(1);
  }
  await talk.say('grace', 'setup Riverside');
  expect((await talk.say('grace', 'today')).buttons).not.toContain('Set up');
});

it('does not count as activity if it is shown automatically', async () => {
  const talk = await newTalk();
  const { id: partnership, stores, clock } = talk;
  const { id: member } = await talk.member('tom');
  const actor = { platform: 'test', workspace: 'W', user: 'tom' };
  const place = { platform: 'test', workspace: 'W', channel: 'home', direct: true };
  const { profiles } = talk;
  const today = { command: 'today', args: {}, actor, place, profiles, partnership };
  const seen = () => wasActiveSince(stores, { partnership, member, since: clock.now() });
  await talk.bot.handle({ ...today, key: 'one', automatic: true });
  expect(await seen()).toBe(false);
  await talk.bot.handle({ ...today, key: 'two' });
  expect(await seen()).toBe(true);
});

it('says on Home what it is for: first to a newcomer, else below what is waiting', async () => {
  const talk = await newTalk();
  const { profiles, id: partnership } = talk;
  const actor = { platform: 'test', workspace: 'W', user: 'tom' };
  const place = { platform: 'test', workspace: 'W', channel: 'home', direct: true };
  const home = { command: 'today home', args: {}, actor, place, profiles, partnership };
  const shown = async (key: string) => {
    const { reply } = await talk.bot.handle({ ...home, key });
    return [reply.text, ...(reply.card ?? []).map((block) => ('text' in block ? block.text : []))]
      .map((text) => plainText(text, 'Europe/London'))
      .join('\n');
  };
  expect(await shown('one')).toMatch(/^I keep track of who .*\n\nNothing is waiting for you/);
  await talk.say('tom', 'followup add send the plan by:friday');
  expect(await shown('two')).toMatch(/^1 thing is due soon.*send the plan.*I keep track of who/s);
  // A line about a visit at home is no such command.
  expect(talk.bot.parseLine('home visit with the council').command).not.toBe('today home');
});
