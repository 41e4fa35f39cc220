import { expect, it } from 'vitest';
import { slack } from '../../../src/adapters/slack/adapter.ts';
import { say } from '../../../src/core/message/reply.ts';
import { rich } from '../../../src/core/message/rich-text.ts';
import { READY, startWithReadyz } from '../readyz.ts';
import { startHarnessWithPartner } from './harness.ts';

it('/readyz names a token that Slack no longer accepts, and what to change; deliveries wait', async () => {
  const harness = await startHarnessWithPartner();
  const { double, team, tom, partnership } = harness;
  const [installation] = double.world.installations;
  if (!installation) throw new Error('Convenor is not installed.');
  const tokens = { botToken: installation.token, appToken: double.app.appToken };
  const connection = { kind: 'socket', ...tokens } as const;
  const convenor = slack({ connection, apiUrl: double.apiUrl, ...harness.adapterDeps() });
  const ready = await startWithReadyz(convenor, harness.bot);
  const identity = { platform: 'slack', workspace: team.id, user: tom.id };
  const send = (delivery: string) =>
    convenor.send({
      ...{ delivery, partnership, reply: say(rich`Good morning.`) },
      address: { to: 'user', identity },
    });
  expect(await send('one')).toMatchObject({ outcome: 'sent' });
  expect(await ready()).toEqual(READY);

  installation.token = 'xoxb-made-anew';
  expect(await send('two')).toMatchObject({ outcome: 'later' });
  const remedies = [
    expect.stringMatching(/^Slack does not take SLACK_BOT_TOKEN \(.+\): .+"Install App".+\.$/),
  ];
  const troubled = { status: 503, ready: false, waitingFor: ['slack'], remedies };
  expect(await ready()).toEqual(troubled);

  // Nothing more is sent with that token for a while.
  const before = double.calls.length;
  expect(await send('three')).toMatchObject({ outcome: 'later' });
  expect(double.calls).toHaveLength(before);
});
