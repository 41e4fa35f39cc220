import { refusedSuite } from '../refused.suite.ts';
import { startHarnessWithPartner } from './harness.ts';

refusedSuite(async () => {
  const { double, team, grace, tom, ...harness } = await startHarnessWithPartner();
  const guest = double.addUser(team, { name: 'Gus', guest: 'channels' });
  const stranger = double.addUser(double.addTeam('Elsewhere'), { name: 'Sam' });
  const open = double.addChannel(team, { members: [grace, tom, guest, stranger] });
  double.invite(open, 'app');
  await (await double.as(tom, open).slash('/convenor', 'me')).reply();

  const foreign = 'only talk with full members of this workspace. Nothing has changed';
  return {
    ...harness,
    violations: double.violations,
    channel: { platform: 'slack', workspace: team.id, channel: open.id },
    seen: () => double.sees(grace, open),
    others: [
      [tom, 'only a coordinator can do that. Nothing has changed'],
      [guest, foreign],
      [stranger, foreign],
    ],
    press: async (who, post, label) => (await double.as(who, open).press(post, label)).reply(),
    async change(post, label) {
      await double.as(grace, open).press(post, label);
      await double.until('the change', () => double.sees(tom, open).find(({ edited }) => edited));
    },
  };
});
