import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { collections } from '../../../src/core/domain/collections.ts';
import { startHarnessWithPartner } from './harness.ts';

it('a private note from a slash command is read by its author and the coordinators', async () => {
  const { double, team, tom, grace } = await startHarnessWithPartner();
  const line = 'riverside council their manager is leaving private:yes';
  const said = await (await double.as(tom).slash('/log', line)).reply();
  expect(said.words).toContain('Only you and Grace can read that.');
  expect(said.ephemeral).toBe(true);
  const show = 'partner show riverside council';
  expect((await (await double.as(grace).slash('/convenor', show)).reply()).words).toContain(
    'manager is leaving',
  );
  const sam = double.addUser(team, { name: 'Sam' });
  const story = await (await double.as(sam).slash('/convenor', show)).reply();
  expect(story.words).toContain('Tom: in touch today');
  expect(story.words).not.toContain('manager');
  expect(double.violations).toEqual([]);
});

it('the form says who can read the note before it is saved', async () => {
  const { double, tom } = await startHarnessWithPartner();
  const modal = await (await double.as(tom).slash('/convenor', 'log private')).modal();
  expect(modal.labels).toContain('Who can read it?');
  expect(modal.words).toContain('you and who coordinates (Grace)');
  expect(modal.words).toContain('may ask to see it');
  await double.as(tom).submit(modal, {
    'Who with?': 'Riverside Council',
    'What happened?': 'their manager is leaving',
  });
  const noted = await double.until('the answer', () =>
    double.sees(tom, double.directOf(tom)).find(({ words }) => words.includes('Noted')),
  );
  expect(noted.words).toContain('Only you and Grace can read that.');
  expect(double.violations).toEqual([]);
});

it('a worry about somebody is led to the safeguarding contact, and kept nowhere', async () => {
  const { double, tom, grace, stores, partnership } = await startHarnessWithPartner();
  const contact = `settings safeguarding Jo Bell 01964 555123 tell:<@${grace.id}>`;
  await (await double.as(grace).slash('/convenor', contact)).reply();
  for (const [command, line] of [
    ['/convenor', "I'm worried about a child at Wobbleton"],
    ['/log', 'worried about somebody at Wobbleton'],
  ] as const) {
    const said = await (await double.as(tom).slash(command, line)).reply();
    expect(said.words).toContain('Jo Bell, 01964 555123');
    expect(said.ephemeral).toBe(true);
    const asked = await (await double.as(tom).press(said, 'Ask them to ring me')).reply();
    expect(asked.words).toMatch(/I'm telling .*Grace.* now/);
  }
  const store = stores.forPartnership(partnership);
  const own = collections.filter(({ scope }) => scope === 'partnership');
  const rows = await Promise.all(own.map((one) => collect(store.of(one).all({ index: 'byId' }))));
  expect(JSON.stringify(rows)).not.toContain('Wobbleton');
  expect(double.violations).toEqual([]);
});
