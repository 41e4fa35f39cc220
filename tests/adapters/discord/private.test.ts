import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { collections } from '../../../src/core/domain/collections.ts';
import { startHarnessWithPartner } from './harness.ts';

it('a private note from the options of a slash command is read by its author and the coordinators', async () => {
  const { double, tom, grace, channel } = await startHarnessWithPartner();
  const options = {
    with: 'Riverside Council',
    note: 'their manager is leaving',
    private: 'yes',
  };
  const said = await (await double.as(tom, channel).slash('log', options)).reply();
  expect(said.words).toContain('Only you and Grace can read that.');
  expect(said.ephemeral).toBe(true);
  const show = { with: 'Riverside Council' };
  const story = await (await double.as(grace, channel).slash('partner show', show)).reply();
  expect(story.words).toContain('manager is leaving');
  expect(double.violations).toEqual([]);
});

it('the form says who can read the note before it is saved', async () => {
  const { double, tom, channel } = await startHarnessWithPartner();
  const asked = await double.as(tom, channel).slash('convenor', { line: 'log private' });
  const modal = await asked.modal();
  expect(modal.labels).toContain('Who can read it?');
  expect(modal.words).toContain('you and who coordinates (Grace)');
  const sent = await double.as(tom, channel).submit(modal, {
    'Who with?': 'Riverside Council',
    'What happened?': 'their manager is leaving',
  });
  expect((await sent.reply()).words).toContain('Only you and Grace can read that.');
  expect(double.violations).toEqual([]);
});

it('a worry about somebody is led to the safeguarding contact, and kept nowhere', async () => {
  const { double, tom, grace, channel, stores, partnership } = await startHarnessWithPartner();
  const line = `settings safeguarding Jo Bell 01964 555123 tell:<@${grace.id}>`;
  await (await double.as(grace, channel).slash('convenor', { line })).reply();
  const worry = { line: "I'm worried about a child at Wobbleton" };
  const said = await (await double.as(tom, channel).slash('convenor', worry)).reply();
  expect(said.words).toContain('Jo Bell, 01964 555123');
  expect(said.ephemeral).toBe(true);
  const asked = await (await double.as(tom, channel).press(said, 'Ask them to ring me')).reply();
  expect(asked.words).toMatch(/I'm telling .*Grace.* now/);
  expect((await (await double.as(tom, channel).slash('concern')).reply()).words).toContain('999');
  const store = stores.forPartnership(partnership);
  const own = collections.filter(({ scope }) => scope === 'partnership');
  const rows = await Promise.all(own.map((one) => collect(store.of(one).all({ index: 'byId' }))));
  expect(JSON.stringify(rows)).not.toContain('Wobbleton');
  expect(double.violations).toEqual([]);
});
