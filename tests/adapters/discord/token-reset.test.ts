import { expect, it } from 'vitest';
import { say } from '../../../src/core/message/reply.ts';
import { rich } from '../../../src/core/message/rich-text.ts';
import { startReady, well } from '../readyz.ts';
import { openBegun, type Stage } from './harness.ts';

/** A Convenor that runs on Discord, and what `/readyz` says of it. */
async function running(stage: Stage) {
  const convenor = stage.another();
  const ready = await startReady(convenor, stage.bot);
  expect(await ready()).toEqual(well);
  return { convenor, ready };
}

const mend = [expect.stringMatching(/^Discord does not take DISCORD_TOKEN: .+"Reset Token".+\.$/)];
const troubled = { status: 503, ready: false, waitingFor: ['discord'], mend };

it('a token that is reset while Convenor listens is named at /readyz, with what to mend', async () => {
  const stage = await openBegun();
  const { ready } = await running(stage);
  stage.double.world.app.token = 'reset';
  stage.double.gateway.drop(4004);
  await expect.poll(ready).toEqual(troubled);
});

it('so is one that is refused to what Convenor sends; what is owed waits', async () => {
  const stage = await openBegun();
  const { convenor, ready } = await running(stage);
  const { double, guild, tom, partnership } = stage;
  double.world.app.token = 'reset';
  const identity = { platform: 'discord', workspace: guild.id, user: tom.id };
  const sent = await convenor.send({
    ...{ delivery: 'one', partnership, reply: say(rich`Good morning.`) },
    address: { to: 'user', identity },
  });
  expect(sent).toMatchObject({ outcome: 'later' });
  expect(await ready()).toEqual(troubled);
});
