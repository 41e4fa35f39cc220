import { expect, it } from 'vitest';
import { members } from '../../../src/core/features/members/store.ts';
import { partnerships } from '../../../src/core/features/settings/store.ts';
import { rich } from '../../../src/core/rich-text.ts';
import { openBegun, type Stage } from './stage.ts';

/** What only a coordinator may do; one of it would be told to everybody. */
const buttons = [
  { label: 'Rename', command: 'settings', args: { name: 'Mine', swap: 'yes' } },
  { label: 'Digest', command: 'digest now', args: {} },
];

/** What a press might have changed. */
async function kept({ stores, partnership }: Stage) {
  const store = stores.forPartnership(partnership);
  const people = await store.of(members).find({ index: 'byName' });
  return [await store.of(partnerships).get(partnership), ...people];
}

it("a coordinator's button, pressed by others, says so to them alone and changes nothing", async () => {
  const stage = await openBegun();
  const { double, convenor, team, grace, tom, partnership } = stage;
  const guest = double.addUser(team, { name: 'Gus', guest: 'channels' });
  const stranger = double.addUser(double.addTeam('Elsewhere'), { name: 'Sam' });
  const open = double.addChannel(team, { members: [grace, tom, guest, stranger] });
  double.invite(open, 'app');
  await (await double.as(tom, open).slash('/convenor', 'me')).reply();
  const channel = { platform: 'slack', workspace: team.id, channel: open.id };
  const reply = { text: rich`For Grace`, card: [{ kind: 'buttons', buttons } as const] };
  await convenor.send({
    ...{ delivery: 'one', partnership, reply },
    address: { to: 'channel', channel },
  });
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
