import { expect } from 'vitest';
import type { VisibleMessage } from '../../doubles/discord/visible-messages.ts';
import { refusedSuite } from '../refused.suite.ts';
import { startHarnessWithPartner, type User } from './harness.ts';

refusedSuite(async () => {
  const { double, guild, grace, tom, ...harness } = await startHarnessWithPartner();
  const visitor = double.addUser(guild, { name: 'Eve' });
  const open = double.addChannel(guild, { name: 'open' });
  await (await double.as(tom, open).slash('my settings')).reply();

  const press = async (who: User, post: VisibleMessage, label: string) =>
    (await double.as(who, open).press(post, label)).reply();
  return {
    ...harness,
    violations: double.violations,
    channel: { platform: 'discord', workspace: guild.id, channel: open.id },
    seen: () => double.sees(grace, open),
    others: [
      [tom, 'only a coordinator can do that. Nothing has changed'],
      [visitor, 'need to be added by a coordinator'],
    ],
    async press(who, post, label) {
      const answer = await press(who, post, label);
      expect(answer.id).not.toBe(post.id);
      return answer;
    },
    async change(post, label) {
      expect((await press(grace, post, label)).id).toBe(post.id);
    },
  };
});
