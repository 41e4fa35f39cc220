import { beforeAll, describe, expect, it } from 'vitest';
import { type SlackHarness, startHarness, startHarnessWithPartner } from './harness.ts';

const now = () => Math.floor(Date.now() / 1000);
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

describe("the receiver of Slack's HTTP requests", () => {
  let harness: SlackHarness;
  beforeAll(async () => {
    harness = await startHarnessWithPartner('http');
  });

  const command = () => ({
    command: '/convenor',
    text: 'help',
    team_id: harness.team.id,
    user_id: harness.tom.id,
    channel_id: harness.double.directOf(harness.tom).id,
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
    expect(await harness.double.sendSigned(form(command()), forged())).toMatchObject({ status });
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
    const sent = await harness.double.sendSigned(body, { contentType: 'application/json' });
    expect(sent.status).toBe(status);
    if (status === 200) expect(JSON.parse(sent.text)).toEqual({ challenge: 'abc' });
  });

  it('refuses a signed form with payload=null, and one that is too large', async () => {
    const { double } = harness;
    expect(await double.sendSigned(form({ payload: 'null' }))).toMatchObject({ status: 400 });
    expect(await double.sendSigned(form({ ssl_check: '1' }))).toMatchObject({ status: 200 });
    const large = form({ ...command(), text: 'a'.repeat(300_000) });
    expect(await double.sendSigned(large)).toMatchObject({ status: 413 });
  });

  it('says once what to change when no request has the right signature', async () => {
    const other = await startHarness('http');
    for (let count = 0; count < 3; count++) {
      await other.double.sendSigned(form(command()), { signature: `v0=${'0'.repeat(64)}` });
    }
    expect(other.warnings.map(({ event }) => event)).toEqual([
      expect.stringContaining('SLACK_SIGNING_SECRET'),
    ]);
    // Slack's own requests are accepted here, so a wrong signature by somebody else needs no warning.
    expect(harness.warnings.filter(({ event }) => event.includes('SIGNING_SECRET'))).toEqual([]);
  });

  it('serves the health routes on the same port', async () => {
    expect((await fetch(`${harness.url}/healthz`)).status).toBe(200);
  });
});
