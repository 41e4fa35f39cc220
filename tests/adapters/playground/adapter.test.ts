import { beforeAll, expect, it } from 'vitest';
import { playground } from '../../../src/adapters/playground/adapter.ts';
import { samplePartnership } from '../../../src/adapters/playground/sample-partnership.ts';
import type { StateView } from '../../../src/adapters/playground/wire.ts';
import type { Address } from '../../../src/core/message/address.ts';
import { rich } from '../../../src/core/message/rich-text.ts';
import type { Outgoing } from '../../../src/core/ports/platform.ts';
import { healthRoutes } from '../../../src/process/health.ts';
import { metrics } from '../../../src/process/metrics.ts';
import { type PlaygroundHarness, startHarness } from './harness.ts';

let harness: PlaygroundHarness;
beforeAll(async () => {
  harness = await startHarness();
});

const place = { platform: 'playground', workspace: 'playground' };
const toTom: Address = { to: 'user', identity: { ...place, user: 'tom' } };
const toPartners: Address = { to: 'channel', channel: { ...place, channel: 'partners' } };
const outgoing = (delivery: string, address: Address): Outgoing => ({
  delivery,
  partnership: 'sample',
  address,
  reply: { text: rich`Delivered ${delivery}.` },
});
const messages = async (as: string, where: string) =>
  (await harness.ask(`/playground/messages?as=${as}&place=${where}`)).body as { text: string }[];

it('sends to a member and into a channel, once for each delivery', async () => {
  const sent = await harness.playground.send(outgoing('one', toTom));
  expect(await harness.playground.send(outgoing('one', toTom))).toEqual(sent);
  await harness.playground.send(outgoing('two', toPartners));
  expect(await messages('tom', 'dm')).toMatchObject([{ text: 'Delivered one.' }]);
  expect(await messages('grace', 'dm')).toEqual([]);
  expect(await messages('grace', 'partners')).toMatchObject([{ text: 'Delivered two.' }]);
});

it('finds what it delivered, and nothing else', async () => {
  const sent = await harness.playground.send(outgoing('three', toTom));
  const id = 'id' in sent ? sent.id : '';
  expect(await harness.playground.findSent(outgoing('three', toTom))).toBe(id);
  expect(await harness.playground.findSent(outgoing('four', toTom))).toBeUndefined();
});

it('edits what it delivered', async () => {
  const sent = await harness.playground.send(outgoing('five', toPartners));
  const id = 'id' in sent ? sent.id : '';
  const edited = await harness.playground.edit(toPartners, id, { text: rich`Edited.` });
  expect(edited).toEqual({ outcome: 'sent', id });
  expect((await messages('maya', 'partners')).at(-1)).toMatchObject({ text: 'Edited.' });
  const gone = await harness.playground.edit(toPartners, 'gone', { text: rich`Edited.` });
  expect(gone.outcome).toBe('permanent');
});

it('offers a file to download, to nobody else, until it is removed', async () => {
  const file = { name: 'Łódź "🌳".txt', type: 'text/plain', bytes: Buffer.from('Grüße 🌳') };
  const sent = await harness.playground.send({ ...outgoing('file', toTom), file });
  const id = 'id' in sent ? sent.id : '';
  const shown = (await messages('tom', 'dm')).at(-1) as { file?: { name: string; url: string } };
  expect(shown.file?.name).toBe(file.name);
  const download = (url = '') => fetch(`${harness.url}${url}`);
  const response = await download(shown.file?.url);
  expect(await response.text()).toBe('Grüße 🌳');
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename=/);
  expect((await download(shown.file?.url.replace('as=tom', 'as=maya'))).status).toBe(404);
  expect(await harness.playground.remove(toTom, id)).toEqual({ outcome: 'sent', id });
  expect((await download(shown.file?.url)).status).toBe(404);
  expect((await messages('tom', 'dm')).map(({ text }) => text)).not.toContain('Delivered file.');
});

it('refuses an address outside the playground for good', async () => {
  const nobody: Address = { to: 'user', identity: { ...place, user: 'nobody' } };
  const elsewhere: Address = { to: 'user', identity: { ...place, workspace: 'W', user: 'tom' } };
  const nowhere: Address = { to: 'channel', channel: { ...place, channel: 'nowhere' } };
  for (const address of [nobody, elsewhere, nowhere]) {
    expect((await harness.playground.send(outgoing('six', address))).outcome).toBe('permanent');
  }
});

/** Another playground on the same store, as after a restart. */
const another = (port: number) =>
  playground({
    stores: harness.stores,
    partnership: samplePartnership.id,
    members: samplePartnership.members,
    clock: harness.clock,
    moveTo: async () => {},
    reset: async () => {},
    processRoutes: [healthRoutes(async () => []), metrics().routes],
    port,
    log: { error: () => {} },
  });

it('counts what each member has new, also over a restart', async () => {
  const next = another(0);
  await next.start(harness.bot);
  for (const { url } of [harness, next]) {
    const { members } = (await (await fetch(`${url}/playground/state`)).json()) as StateView;
    const counts = members.map(({ activity }) => [
      activity.dm?.received,
      activity.partners?.received,
    ]);
    expect(counts).toEqual([
      [0, 2],
      [2, 2],
      [0, 2],
    ]);
  }
  await next.send(outgoing('after', toTom));
  const after = await fetch(`${next.url}/playground/messages?as=tom&place=dm`);
  const texts = ((await after.json()) as { text: string }[]).map(({ text }) => text);
  expect(texts).toEqual(['Delivered one.', 'Delivered three.', 'Delivered after.']);
  await next.stop();
});

it('says what to do when its port is taken', async () => {
  const port = Number(new URL(harness.url).port);
  const other = another(port);
  await expect(other.start(harness.bot)).rejects.toThrow(`PORT=${port + 1}`);
  await other.stop();
});
