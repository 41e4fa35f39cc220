import { expect } from 'vitest';
import type { Outcome } from '../../doubles/slack/outcome.ts';
import type { VisibleView } from '../../doubles/slack/visible-messages.ts';
import { everyCommandSuite } from '../every-command.suite.ts';
import { type SlackHarness, startHarnessWithPartner } from './harness.ts';

type WithChannel = SlackHarness & { channel: ReturnType<SlackHarness['double']['addChannel']> };

everyCommandSuite<WithChannel, VisibleView, Outcome>({
  name: 'Slack',
  async startHarness() {
    const harness = await startHarnessWithPartner();
    const { double, team, grace, tom } = harness;
    const channel = double.addChannel(team, { members: [grace, tom] });
    double.invite(channel, 'app');
    return { ...harness, channel };
  },
  names({ team, grace, tom, channel }) {
    const identity = { platform: 'slack', workspace: team.id, user: grace.id };
    return { grace: identity, tom: `<@${tom.id}>`, channel: `<#${channel.id}>` };
  },
  type: ({ double, grace }, line) => double.as(grace).slash('/convenor', line),
  press({ double, grace }) {
    const seen = double.sees(grace, double.directOf(grace)).at(-1);
    if (!seen?.buttons.includes('Press')) throw new Error('There is no button.');
    return double.as(grace).press(seen, 'Press');
  },
  answer: (outcome) => Promise.any([outcome.reply(), outcome.modal()]),
  async tryOut({ double, grace }, modal) {
    const boxes = modal.blocks.filter(({ type }) => type === 'input');
    const isNeeded = boxes.some(({ optional }) => optional !== true);
    if (isNeeded) return double.as(grace).close(modal);
    const sent = await double.as(grace).submit(modal);
    expect(sent.body).toHaveProperty('response_action');
    if (double.modal(grace)) await double.as(grace).close(modal);
  },
});
