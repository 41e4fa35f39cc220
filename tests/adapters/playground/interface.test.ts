import { request } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StateView } from '../../../src/adapters/playground/wire.ts';
import { type PlaygroundHarness, startHarness } from './harness.ts';

let harness: PlaygroundHarness;
beforeAll(async () => {
  harness = await startHarness();
});

/** Sends a request that no browser and no fetch would send. */
function raw(
  path: string,
  { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: object; body?: string },
): Promise<{ status: number; body: { error?: string } }> {
  const { port } = new URL(harness.url);
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, method, headers: { ...headers } }, (response) => {
      let text = '';
      response.on('data', (part) => {
        text += part;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text || '{}') }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
const json = { 'content-type': 'application/json' };

describe('a bad request gets an explanation', () => {
  const as = 'maya';
  const cases: [path: string, body: unknown, status: number, sentence: RegExp][] = [
    ['say', { place: 'general', text: 'hi' }, 400, /^as must be given, as text/],
    ['say', { as: 'nobody', place: 'general', text: 'hi' }, 404, /one of: maya, tom, grace/],
    ['say', { as: '__proto__', place: 'general', text: 'hi' }, 404, /one of: maya, tom, grace/],
    ['say', { as, place: 'nowhere', text: 'hi' }, 404, /one of: general, partners, dm/],
    ['say', { as, place: 'general', text: 7 }, 400, /^text must be given, as text/],
    ['say', { as, place: 'general', text: '  \n ' }, 400, /^text is empty/],
    ['say', { as, place: 'general', text: 'hi', key: 7 }, 400, /^key must be given, as text/],
    ['say', { as, place: 'general', text: 'hi', key: 'k'.repeat(201) }, 400, /^key must be 1 to/],
    ['say', [], 400, /JSON object/],
    ['press', { as }, 400, /^button must be given/],
    ['press', { as, button: 'nonsense' }, 404, /no such button/],
    ['press', { as, button: 'gone~v1.help.' }, 404, /^This button has expired/],
    ['submit', { as, form: 'nonsense', values: {} }, 404, /no such form/],
    ['submit', { as, form: 'gone~v1.help.', values: {} }, 404, /^This form has expired/],
    ['submit', { as, form: 'x~v1.help.', values: [] }, 400, /^values must be an object/],
    ['submit', { as, form: 'x~v1.help.', values: { n: 3 } }, 400, /^values.n must be text/],
    ['clock', {}, 400, /^advance must be given/],
    ['clock', { advance: 1 }, 400, /^advance must be given/],
    ['faults', {}, 400, /^next must be a list/],
    ['faults', { next: ['break'] }, 400, /fail, stall, lose answer, lose message or/],
    ['faults', { next: [{ later: 0 }] }, 400, /^next must be a list/],
  ];
  it.each(cases)('%s %j', async (path, body, status, sentence) => {
    const answer = await harness.ask(`/playground/${path}`, body);
    expect(answer).toEqual({ status, body: { error: expect.stringMatching(sentence) } });
  });

  it('malformed JSON, and a body that is too large', async () => {
    const headers = { ...json, host: new URL(harness.url).host };
    const broken = await raw('/playground/say', { method: 'POST', headers, body: '{"as": ' });
    expect(broken).toEqual({ status: 400, body: { error: expect.stringContaining('not JSON') } });
    const body = JSON.stringify({ as: 'maya', text: 'x'.repeat(5_000_000) });
    const large = await raw('/playground/say', { method: 'POST', headers, body });
    expect(large).toEqual({ status: 413, body: { error: expect.stringContaining('too much') } });
    const strange = { ...headers, 'content-type': 'application/json; charset=klingon' };
    const unread = await raw('/playground/say', { method: 'POST', headers: strange, body: '{}' });
    expect(unread).toMatchObject({
      status: 415,
      body: { error: expect.stringContaining('UTF-8') },
    });
  });

  it('queries, methods and paths', async () => {
    const twice = await harness.ask('/playground/messages?as=maya&as=tom&place=dm');
    expect(twice.status).toBe(400);
    expect((await harness.ask('/playground/messages?as=maya')).status).toBe(400);
    expect((await harness.ask('/playground/say')).status).toBe(405);
    expect((await harness.ask('/playground/nothing')).status).toBe(404);
    expect((await harness.ask('/%ff')).status).toBe(404);
  });
});

describe('only this machine’s own page and scripts have access', () => {
  const host = () => new URL(harness.url).host;
  const body = JSON.stringify({ as: 'maya', place: 'dm', text: 'help' });

  it('by the Host header', async () => {
    expect((await raw('/playground/state', { headers: { host: 'evil.example' } })).status).toBe(
      403,
    );
    const port = new URL(harness.url).port;
    const numbered = { host: `127.0.0.1:${port}` };
    expect((await raw('/playground/state', { headers: numbered })).status).toBe(200);
  });

  it('by the Origin header', async () => {
    const post = (more: object) =>
      raw('/playground/say', { method: 'POST', headers: { ...json, host: host(), ...more }, body });
    expect((await post({ origin: 'http://evil.example' })).status).toBe(403);
    expect((await post({ origin: 'null' })).status).toBe(403);
    expect((await post({ origin: `http://${host()}` })).status).toBe(200);
    expect((await post({ 'content-type': 'text/plain' })).status).toBe(415);
  });
});

describe('the clock', () => {
  const london = (iso: string) => new Date(iso).getTime();
  const move = (advance: string) => harness.ask('/playground/clock', { advance });

  it('moves on by the given length', async () => {
    for (const [advance, hours] of [
      ['1h', 1],
      ['90m', 1.5],
      ['PT2H', 2],
      ['P1DT2H', 26],
    ] as const) {
      const before = harness.clock.now().getTime();
      const { body } = await move(advance);
      const after = london((body as { now: string }).now);
      expect((after - before) / 3_600_000, advance).toBeCloseTo(hours, 1);
    }
    const before = harness.clock.now().getTime();
    await move('1w');
    const days = ((harness.moves.at(-1)?.getTime() ?? 0) - before) / 86_400_000;
    expect(Math.round(days)).toBe(7);
  });

  it.each(['', 'soon', '1', '1x', 'P', 'PT', '--', '1d1d', '٣d'])(
    'does not understand %j',
    async (text) => {
      const { status, body } = await move(text);
      expect(status).toBe(400);
      expect(body).toEqual({ error: expect.stringContaining('length of time') });
    },
  );

  it.each([
    ['0d', /leave the clock/],
    ['PT0S', /leave the clock/],
    ['-1d', /only moves forward/],
    ['-P1D', /only moves forward/],
    ['P-1D', /only moves forward/],
    ['2y', /a year at most/],
    ['P1Y1D', /a year at most/],
    ['99999999999999999999d', /a year at most/],
  ])('does not move by %s', async (advance, sentence) => {
    const before = harness.moves.length;
    const { status, body } = await move(advance);
    expect({ status, body }).toEqual({
      status: 400,
      body: { error: expect.stringMatching(sentence) },
    });
    expect(harness.moves).toHaveLength(before);
  });

  it('a reset goes back to the real time and removes all messages', async () => {
    await harness.ask('/playground/say', { as: 'maya', place: 'dm', text: 'hello' });
    const { body } = await harness.ask('/playground/afresh', {});
    expect(Math.abs(london((body as { now: string }).now) - Date.now())).toBeLessThan(60_000);
    expect(harness.resets()).toBe(1);
    expect((await harness.ask('/playground/messages?as=maya&place=dm')).body).toEqual([]);
  });
});

it('lists members, places and the clock', async () => {
  const { body } = await harness.ask('/playground/state');
  const { members, places, now, partnership } = body as StateView;
  expect(partnership).toBe('Seaside Neighbours (sample)');
  expect(members.map(({ name, role, zone }) => [name, role, zone])).toEqual([
    ['Maya', 'member', 'Europe/London'],
    ['Tom', 'worker', 'Europe/London'],
    ['Grace', 'coordinator', 'Europe/London'],
  ]);
  expect(places.map(({ id }) => id)).toEqual(['general', 'partners', 'dm']);
  expect(Number.isNaN(Date.parse(now))).toBe(false);
});

it('completes lines', async () => {
  expect((await harness.ask('/playground/complete?as=maya&line=say')).body).toEqual([
    { line: 'say hello', label: 'say hello', summary: 'Says say hello' },
    { line: 'say goodbye', label: 'say goodbye', summary: 'Says say goodbye' },
  ]);
});

it('reports its health', async () => {
  expect(await harness.ask('/healthz')).toEqual({ status: 200, body: { ok: true } });
  expect(await harness.ask('/readyz')).toMatchObject({ status: 200, body: { ready: true } });
  harness.notReady.push('store');
  expect(await harness.ask('/readyz')).toEqual({
    status: 503,
    body: { ready: false, waitingFor: ['store'] },
  });
  harness.notReady.length = 0;
});
