import { expect, it } from 'vitest';
import { buttons, coordinatorsPost, kept } from '../coordinators-post.ts';
import { openBegun } from './stage.ts';

it("a coordinator's button, pressed by others, says so to them alone and changes nothing", async () => {
  const stage = await openBegun();
  const { double, convenor, team, grace, tom, partnership } = stage;
  const guest = double.addUser(team, { name: 'Gus', guest: 'channels' });
  const stranger = double.addUser(double.addTeam('Elsewhere'), { name: 'Sam' });
  const open = double.addChannel(team, { members: [grace, tom, guest, stranger] });
  double.invite(open, 'app');
  await (await double.as(tom, open).slash('/convenor', 'me')).reply();
  const channel = { platform: 'slack', workspace: team.id, channel: open.id };
  await convenor.send(coordinatorsPost(partnership, channel));
  const seen = double.sees(grace, open);
  const [post] = seen;
  if (!post) throw new Error('Nothing was posted.');
  const before = await kept(stage);

  for (const [who, words] of [
    [tom, 'only a coordinator can do that. Nothing has changed'],
    [guest, 'only talk with full members of this workspace. Nothing has changed'],
    [stranger, 'only talk with full members of this workspace. Nothing has changed'],
  ] as const) {
    for (const { label } of buttons) {
      const told = await (await double.as(who, open).press(post, label)).reply();
      expect(told).toMatchObject({ ephemeral: true, words: expect.stringContaining(words) });
    }
  }
  expect(double.sees(grace, open)).toEqual(seen);
  expect(await kept(stage)).toEqual(before);

  // It is the same button that works for her.
  await double.as(grace, open).press(post, 'Rename');
  await double.until('the change', () => double.sees(tom, open).find(({ edited }) => edited));
  expect(await kept(stage)).toContainEqual(expect.objectContaining({ name: 'Mine' }));
  expect(double.violations).toEqual([]);
});
