import { describe, expect, it } from 'vitest';
import { type By, openBegun, openStage } from './stage.ts';

describe.each<By>(['socket', 'http'])('Slack by %s', (by) => {
  it('notes a typed contact; whoever speaks is a member from then on', async () => {
    const { double, tom } = await openBegun(by);
    const typed = 'log riverside council met them at the fair next:"send the plan" by:friday';
    const said = await double.as(tom).slash('/convenor', typed);
    expect(said.ms).toBeLessThan(1000);
    const reply = await said.reply();
    expect(reply.words).toContain('Riverside Council');
    expect(reply.words).toContain('send the plan');
    expect(reply.ephemeral).toBe(true);
    expect(double.violations).toEqual([]);
  });
});

it('starts and stops', async () => {
  const { double, grace } = await openStage();
  const reply = await (await double.as(grace).slash('/convenor', '')).reply();
  expect(reply.words).toContain('log');
});
