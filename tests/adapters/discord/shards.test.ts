import { expect, it } from 'vitest';
import { type Guild, startHarness } from './harness.ts';

/** https://docs.discord.com/developers/events/gateway#sharding-sharding-formula */
const shardOf = ({ id }: Guild) => Number((BigInt(id) >> 22n) % 2n);

it('one process takes all shards, or two take some each, and every server is handled once', async () => {
  const harness = await startHarness({ shards: 2 });
  const { double } = harness;
  const servers = [0, 1, 0, 1].map((shard) => {
    let guild: Guild;
    do {
      double.world.pass(1);
      guild = double.addGuild('Hillside', { installed: false });
    } while (shardOf(guild) !== shard);
    double.installIn(guild);
    const owner = double.addUser(guild, { name: 'Zoe', owner: true });
    return { shard, owner, channel: double.addChannel(guild) };
  });
  const answersTo = (some: typeof servers) =>
    Promise.all(
      some.map(async ({ owner, channel }) => {
        const outcome = await double.as(owner, channel).slash('help');
        return outcome.replies.length;
      }),
    );

  expect(double.gateway.ready).toBe(2);
  expect(await answersTo(servers)).toEqual([1, 1, 1, 1]);
  await harness.convenor.stop();

  const [first, second] = [0, 1].map((id) => harness.another({ shards: { ids: [id], total: 2 } }));
  await Promise.all([first?.start(harness.bot), second?.start(harness.bot)]);
  expect(double.gateway.ready).toBe(2);
  expect(await answersTo(servers)).toEqual([1, 1, 1, 1]);

  // Each process handles only the servers of its own shards.
  await second?.stop();
  const [ours, theirs] = [0, 1].map((shard) => servers.filter((one) => one.shard === shard));
  expect(await answersTo(ours ?? [])).toEqual([1, 1]);
  expect(theirs?.map(({ channel }) => double.gateway.hasSession(channel.guild))).toEqual([
    false,
    false,
  ]);
  await first?.stop();
  expect(double.violations).toEqual([]);
  expect(harness.warnings).toEqual([]);
});
