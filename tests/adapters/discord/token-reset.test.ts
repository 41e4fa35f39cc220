import { expect, it } from 'vitest';
import { say } from '../../../src/core/message/reply.ts';
import { rich } from '../../../src/core/message/rich-text.ts';
import { READY, startWithReadyz } from '../readyz.ts';
import { type DiscordHarness, startHarnessWithPartner } from './harness.ts';

/** Starts Convenor on Discord. @returns what asks for `/readyz`. */
async function running(harness: DiscordHarness) {
  const convenor = harness.another();
  const ready = await startWithReadyz(convenor, harness.bot);
  expect(await ready()).toEqual(READY);
  return { convenor, ready };
}

const remedies = [
  expect.stringMatching(/^Discord does not take DISCORD_TOKEN: .+"Reset Token".+\.$/),
];
const troubled = { status: 503, ready: false, waitingFor: ['discord'], remedies };

it('/readyz names a token that is reset while Convenor runs, and what to change', async () => {
  const harness = await startHarnessWithPartner();
  const { ready } = await running(harness);
  harness.double.world.app.token = 'reset';
  harness.double.gateway.drop(4004);
  await expect.poll(ready).toEqual(troubled);
});

it('/readyz also names a token that is refused when Convenor sends; deliveries wait', async () => {
  const harness = await startHarnessWithPartner();
  const { convenor, ready } = await running(harness);
  const { double, guild, tom, partnership } = harness;
  double.world.app.token = 'reset';
  const identity = { platform: 'discord', workspace: guild.id, user: tom.id };
  const sent = await convenor.send({
    ...{ delivery: 'one', partnership, reply: say(rich`Good morning.`) },
    address: { to: 'user', identity },
  });
  expect(sent).toMatchObject({ outcome: 'later' });
  expect(await ready()).toEqual(troubled);
});
