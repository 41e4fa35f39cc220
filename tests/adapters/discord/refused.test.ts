import { expect, it } from 'vitest';
import { buttons, coordinatorsPost, kept } from '../coordinators-post.ts';
import { openBegun } from './stage.ts';

it("a coordinator's button, pressed by others, says so to them alone and changes nothing", async () => {
  const stage = await openBegun();
  const { double, convenor, guild, grace, tom, partnership } = stage;
  const visitor = double.addUser(guild, { name: 'Eve' });
  const open = double.addChannel(guild, { name: 'open' });
  await (await double.as(tom, open).slash('me')).reply();
  const channel = { platform: 'discord', workspace: guild.id, channel: open.id };
  await convenor.send(coordinatorsPost(partnership, channel));
  const seen = double.sees(grace, open);
  const [post] = seen;
  if (!post) throw new Error('Nothing was posted.');
  const before = await kept(stage);

  for (const [who, words] of [
    [tom, 'only a coordinator can do that. Nothing has changed'],
    [visitor, 'people whom a coordinator has let in, and you are not among them'],
  ] as const) {
    for (const { label } of buttons) {
      const told = await (await double.as(who, open).press(post, label)).reply();
      expect(told).toMatchObject({ ephemeral: true, words: expect.stringContaining(words) });
      expect(told.id).not.toBe(post.id);
    }
  }
  expect(double.sees(grace, open)).toEqual(seen);
  expect(await kept(stage)).toEqual(before);

  // It is the same button that works for her.
  const changed = await (await double.as(grace, open).press(post, 'Rename')).reply();
  expect(changed.id).toBe(post.id);
  expect(await kept(stage)).toContainEqual(expect.objectContaining({ name: 'Mine' }));
  expect(double.violations).toEqual([]);
});
