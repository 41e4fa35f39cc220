import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SlackDouble } from '../../doubles/slack/slack.ts';
import type { VisibleMessage } from '../../doubles/slack/visible-messages.ts';
import { isProof, seed } from '../../fixtures/proof.ts';
import { startHarnessWithPartner } from './harness.ts';
import { hostilePayloads } from './hostile-payloads.ts';

const RUNS = isProof ? 20_000 : 500;
/** How many payloads are sent at once. */
const AT_ONCE = 50;
const ANSWER_TIMEOUT_MS = 20_000;
const MAX_GROWTH_BYTES = 50e6;

it(
  `${RUNS} signed payloads of any kind: Convenor goes on, mentions nobody, and keeps no memory of them`,
  async () => {
    const harness = await startHarnessWithPartner('http');
    const { double, grace, tom, team } = harness;
    const channel = double.addChannel(team, { members: [grace, tom] });
    double.invite(channel, 'app');
    const payloads = hostilePayloads(harness, channel.id);
    const taken = new Map<number, number>();
    const said: VisibleMessage[] = [];
    const read = () => {
      for (const id of double.world.messages.keys()) {
        const at = double.world.channels.get(id);
        if (at) said.push(...[grace, tom].flatMap((user) => double.sees(user, at)));
      }
    };
    /** Expects a user to be answered while much else is being handled. */
    const answered = async () => {
      const asked = await double.as(tom).slash('/convenor', 'help');
      const reply = await double.until('an answer', () => asked.replies[0], ANSWER_TIMEOUT_MS);
      expect(reply.text).toContain('log');
    };
    let half = 0;
    for (let sent = 0; sent < RUNS; sent += AT_ONCE) {
      const some = fc.sample(payloads, { numRuns: AT_ONCE, seed: seed + sent });
      const answers = some.map(({ body, ...rest }) => double.sendSigned(body, rest));
      for (const { status } of await Promise.all(answers)) {
        taken.set(status, (taken.get(status) ?? 0) + 1);
      }
      await answered();
      if (half > 0 || sent < RUNS / 2) continue;
      read();
      half = heapOf(double);
    }
    expect([...taken.keys()].filter((status) => status >= 500)).toEqual([]);
    expect(taken.get(200)).toBeGreaterThan(RUNS / 3);
    read();
    for (const { text, mentions } of said) {
      expect(text).not.toMatch(/<!(channel|here|everyone)|<!subteam/);
      expect(mentions.filter((mention) => !mention.includes(tom.id))).toEqual([]);
    }
    expect(said.length).toBeGreaterThan(RUNS / 5);
    // A made-up trigger opens nothing.
    const wrong = double.violations.filter((words) => !words.includes('invalid_trigger_id'));
    expect(wrong).toEqual([]);
    expect(heapOf(double) - half).toBeLessThan(MAX_GROWTH_BYTES);
  },
  isProof ? 900_000 : 60_000,
);

/** Bytes in use after garbage collection, without what the double remembers. */
function heapOf(double: SlackDouble): number {
  double.calls.length = 0;
  double.world.messages.clear();
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}
