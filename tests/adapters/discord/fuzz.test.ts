import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DiscordDouble } from '../../doubles/discord/discord.ts';
import type { Envelope } from '../../doubles/discord/gateway-delivery.ts';
import type { VisibleMessage } from '../../doubles/discord/visible-messages.ts';
import type { Json } from '../../doubles/json.ts';
import { hostileText } from '../../fixtures/hostile.ts';
import { isProof } from '../../fixtures/proof.ts';
import { type DiscordHarness, startHarnessWithPartner } from './harness.ts';

const RUNS = isProof ? 20_000 : 300;
const TIMEOUT = isProof ? 1_800_000 : 120_000;
/** How many payloads are sent at once. */
const AT_ONCE = 20;

it(
  'whatever is sent, Convenor goes on, notifies nobody, and keeps no memory of it',
  async () => {
    const harness = await startHarnessWithPartner();
    const { double, grace, tom, channel } = harness;
    const bases = await all(harness);
    const changes = fc.sample(change, { numRuns: RUNS, seed: 7 });
    const said: VisibleMessage[] = [];
    let half = 0;
    let answered = 0;
    for (let done = 0; done < RUNS; done += AT_ONCE) {
      const some = changes.slice(done, done + AT_ONCE).map((edit, index) => {
        const base = bases[(done + index) % bases.length];
        if (!base) throw new Error('Nobody said anything.');
        return double.forge(base, edit).envelope.interaction;
      });
      // What comes later is answered later.
      await (await double.as(tom, channel).slash('help')).reply();
      answered += some.filter((one) => one.answered).length;
      said.push(...[grace, tom].flatMap((user) => double.sees(user, channel)));
      forget(double);
      if (done < RUNS / 2) half = heap();
    }
    expect(heap() - half).toBeLessThan(50e6);
    expect(answered).toBeGreaterThan(RUNS / 3);
    expect(said.length).toBeGreaterThan(RUNS / 3);
    expect(said.flatMap(({ pings }) => pings)).toEqual([]);
    expect(double.gateway.counts).toEqual({ identified: 1, resumed: 0 });
    expect(double.violations).toEqual([]);
  },
  TIMEOUT,
);

/** One example of each kind of interaction. */
async function all({ double, tom, grace, channel }: DiscordHarness): Promise<Envelope[]> {
  const person = double.as(tom, channel);
  const line = await person.slash('convenor', { line: 'me' });
  const noted = { line: 'log riverside council met them' };
  const seen = await (await person.slash('convenor', noted)).reply();
  const pressed = await person.press(seen, seen.buttons[0] ?? '');
  const modal = await (await person.slash('log')).modal();
  const sent = await person.submit(modal, { 'Who with?': 'Riverside Council' });
  const note = double.say(grace, channel, 'We met.');
  const shortcut = await person.shortcut('Log this', note);
  return [line, pressed, sent, shortcut].map(({ envelope }) => envelope);
}

const anything = fc.oneof(
  hostileText,
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(null, undefined, 7, -1, true, '', [], {}, '__proto__', { $ne: null }),
  fc.constant('a'.repeat(9_000)),
);

const fields = [
  ...[
    'type',
    'guild_id',
    'channel_id',
    'channel',
    'member',
    'user',
    'message',
    'data',
    'entitlements',
  ],
  ...['application_id', 'authorizing_integration_owners', 'app_permissions', 'context', 'locale'],
];
const inData = [
  ...['id', 'name', 'type', 'options', 'custom_id', 'component_type', 'values', 'components'],
  ...['target_id', 'resolved'],
];

/** Puts any values into some places of a payload. Some results can still be read. */
const change: fc.Arbitrary<(payload: Json) => void> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom(...fields), anything).map(([name, value]) => {
      return (payload: Json) => void Object.assign(payload, { [name]: value });
    }),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom(...inData), anything).map(([name, value]) => {
      return (payload: Json) => void Object.assign(payload.data as Json, { [name]: value });
    }),
  },
  {
    weight: 2,
    arbitrary: fc.object({ maxDepth: 2 }).map((rest) => (payload: Json) => {
      for (const name of Object.keys(payload)) if (!/^(id|token)$/.test(name)) delete payload[name];
      Object.assign(payload, { ...rest, id: payload.id, token: payload.token });
    }),
  },
  {
    weight: 1,
    arbitrary: hostileText.map((words) => (payload: Json) => {
      const data = payload.data as Json;
      if (data.name === 'convenor')
        data.options = [{ name: 'line', type: 3, value: `log ${words}` }];
      if (data.custom_id) data.custom_id = `v1.log.note=${words}`.slice(0, 100);
    }),
  },
);

/** Makes the double forget what it has recorded. */
function forget({ calls, world }: DiscordDouble): void {
  calls.length = 0;
  world.messages.clear();
  world.interactions.clear();
  world.posted.length = 0;
}

/** Bytes in use after garbage collection. */
function heap(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}
