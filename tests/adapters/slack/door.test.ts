import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../doubles/slack/sight.ts';
import type { SlackDouble } from '../../doubles/slack/slack.ts';
import { openBegun, type Stage } from './stage.ts';

const now = () => Math.floor(Date.now() / 1000);
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

describe('the door for what Slack sends', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openBegun('http');
  });

  const command = () => ({
    command: '/convenor',
    text: 'help',
    team_id: stage.team.id,
    user_id: stage.tom.id,
    channel_id: stage.double.directOf(stage.tom).id,
    trigger_id: `${Math.random()}`,
  });

  it.each([
    ['five minutes ago, or a little less', () => ({ timestamp: now() - 290 }), 200],
    ['older than that', () => ({ timestamp: now() - 310 }), 401],
    ['from the future', () => ({ timestamp: now() + 310 }), 401],
    ['without a time', () => ({ timestamp: 'soon' }), 401],
    ['of no length', () => ({ timestamp: '' }), 401],
    ['signed by somebody else', () => ({ signature: `v0=${'0'.repeat(64)}` }), 401],
    ['with half a signature', () => ({ signature: 'v0' }), 401],
    ['with an old kind of signature', () => ({ signature: 'v1=abc' }), 401],
    ['to another path', () => ({ path: '/slack/other' }), 404],
  ])('a request %s', async (_name, forged, status) => {
    expect(await stage.double.sendSigned(form(command()), forged())).toMatchObject({ status });
  });

  it.each([
    ['nothing', '', 400],
    ['null', 'null', 400],
    ['a list', '[]', 400],
    ['a text', '"x"', 400],
    ['half of something', '{"type":', 400],
    ['an event that is null', '{"type":"event_callback","event":null}', 400],
    ['an event that is a number', '{"event":7}', 400],
    ['nothing known', '{"type":"unheard_of"}', 404],
    ['an address to prove', '{"type":"url_verification","challenge":"abc"}', 200],
  ])('signed JSON: %s', async (_name, body, status) => {
    const sent = await stage.double.sendSigned(body, { contentType: 'application/json' });
    expect(sent.status).toBe(status);
    if (status === 200) expect(JSON.parse(sent.text)).toEqual({ challenge: 'abc' });
  });

  it('a signed form: payload=null, and one that is too large', async () => {
    const { double } = stage;
    expect(await double.sendSigned(form({ payload: 'null' }))).toMatchObject({ status: 400 });
    expect(await double.sendSigned(form({ ssl_check: '1' }))).toMatchObject({ status: 200 });
    const large = form({ ...command(), text: 'a'.repeat(300_000) });
    expect(await double.sendSigned(large)).toMatchObject({ status: 413 });
  });

  const samples = '../shared/contracts/slack/samples';
  it.skipIf(!existsSync(samples))('the published samples, blank as they are', async () => {
    const { double } = stage;
    for (const file of readdirSync(samples)) {
      const sample = readFileSync(join(samples, file), 'utf8');
      const isCommand = file.startsWith('SlashCommand');
      const fields = isCommand ? JSON.parse(sample) : { payload: sample };
      expect((await double.sendSigned(form(fields))).status, file).toBeLessThan(500);
    }
  });

  it('serves health beside it', async () => {
    expect((await fetch(`${stage.url}/healthz`)).status).toBe(200);
  });

  it('whatever is signed and sent: it goes on, mentions nobody, and keeps no memory of it', async () => {
    const { double, grace, tom } = stage;
    const channel = double.addChannel(stage.team, { members: [grace, tom] });
    double.invite(channel, 'app');
    const runs = process.env.FUZZ === 'whole' ? 20_000 : 2_000;
    const taken = new Map<number, number>();
    let half = 0;
    const said: SeenMessage[] = [];
    const read = () => {
      for (const id of double.world.messages.keys()) {
        const at = double.world.channels.get(id);
        if (at) said.push(...[grace, tom].flatMap((user) => double.sees(user, at)));
      }
    };
    const all = fc.sample(hostile(stage, channel.id), runs);
    while (all.length > 0) {
      const some = all.splice(0, 50).map(({ body, ...rest }) => double.sendSigned(body, rest));
      for (const { status } of await Promise.all(some)) {
        taken.set(status, (taken.get(status) ?? 0) + 1);
      }
      if (half > 0 || all.length > runs / 2) continue;
      read();
      half = heapOf(double);
    }
    expect([...taken.keys()].filter((status) => status >= 500)).toEqual([]);
    expect(taken.get(200)).toBeGreaterThan(runs / 3);
    const reply = await (await double.as(tom).slash('/convenor', 'help')).reply();
    expect(reply.text).toContain('log');
    read();
    for (const { text, mentions } of said) {
      expect(text).not.toMatch(/<!(channel|here|everyone)|<!subteam/);
      expect(mentions.filter((mention) => !mention.includes(tom.id))).toEqual([]);
    }
    expect(said.length).toBeGreaterThan(100);
    // A made-up trigger opens nothing, of course.
    const wrong = double.violations.filter((words) => !words.includes('invalid_trigger_id'));
    expect(wrong).toEqual([]);
    expect(heapOf(double) - half).toBeLessThan(50e6);
  }, 600_000);
});

/** What is in use (bytes) when all that is not has been collected, and the double has forgotten what it was told. */
function heapOf(double: SlackDouble): number {
  double.calls.length = 0;
  double.world.messages.clear();
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

/** What Slack would send, with anything at all in its place. */
function hostile({ team, tom }: Stage, channel: string) {
  const nasty = fc.constantFrom(
    ...['<!channel>', '<!here|here>', '&lt;!everyone&gt;', '<@U1>', '@everyone', '<!subteam^S1>'],
    ...[
      '*_~`',
      '<javascript:alert(1)|x>',
      '\u0000\u202e',
      '{"$ne":null}',
      '__proto__',
      'a'.repeat(9000),
    ],
  );
  const text = fc.oneof(nasty, fc.string({ unit: 'binary' }), fc.string());
  const anything = fc.oneof(text, fc.jsonValue(), fc.constantFrom(null, 7, true, [], {}));
  const line = fc
    .tuple(fc.constantFrom('log riverside', 'followup add', 'partner add', 'help', 'me', ''), text)
    .map(([start, rest]) => `${start} ${rest}`);
  const ids = {
    team: { id: team.id, domain: 'riverside' },
    user: { id: tom.id, team_id: team.id },
  };
  const trigger_id = fc.string({ minLength: 1 });
  const action = fc.record({
    action_id: fc.oneof(
      text.map((rest) => `v1.log.note=${encodeURIComponent(rest).slice(0, 60)}`),
      text.map((rest) => `row.${rest}`),
      text,
    ),
    selected_option: fc.oneof(anything, fc.record({ value: text })),
  });
  const place = { channel: { id: channel }, container: { message_ts: '1.2', is_ephemeral: false } };
  const press = fc
    .record({ trigger_id, actions: fc.array(action, { maxLength: 2 }) })
    .map((rest) => ({
      type: 'block_actions',
      ...ids,
      ...place,
      ...rest,
    }));
  const submission = fc
    .record({ id: text, hash: text, note: anything, metadata: anything, name: text })
    .map(({ id, hash, note, metadata, name }) => ({
      type: 'view_submission',
      ...ids,
      view: {
        id,
        hash,
        callback_id: `form.${name.length % 2 ? 'log' : name}`,
        private_metadata:
          typeof metadata === 'string'
            ? JSON.stringify({ about: { place: { channel } }, kept: { next: metadata } })
            : JSON.stringify(metadata),
        state: { values: { 'box.note': { 'empty.note': { value: note } } } },
      },
    }));
  const shortcut = text.map((words) => ({
    type: 'message_action',
    callback_id: 'log_this',
    trigger_id: words || '1',
    ...ids,
    channel: { id: channel },
    message: { text: words, ts: words },
  }));
  const broken = (known: fc.Arbitrary<object>) =>
    fc
      .tuple(known, fc.constantFrom('user', 'team', 'view', 'actions', 'type', 'channel'), anything)
      .map(([body, key, value]) => ({ ...body, [key]: value }));
  const known = fc.oneof(press, submission, shortcut);
  const payload = fc.oneof(known, broken(known), fc.object());
  const event = fc.record({
    type: fc.constant('event_callback'),
    event: anything,
    team_id: anything,
  });
  const slash = fc.record({ text: line, trigger_id }).map((rest) => ({
    command: '/convenor',
    team_id: team.id,
    user_id: tom.id,
    channel_id: channel,
    ...rest,
  }));
  const asForm = { contentType: 'application/x-www-form-urlencoded' };
  return fc.oneof(
    slash.map((fields) => ({ body: form(fields), ...asForm })),
    payload.map((body) => ({ body: form({ payload: JSON.stringify(body) }), ...asForm })),
    event.map((body) => ({ body: JSON.stringify(body), contentType: 'application/json' })),
    text.map((body) => ({ body, contentType: 'application/json' })),
  );
}
