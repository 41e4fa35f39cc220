import { RESTJSONErrorCodes as Code, MessageFlags, Routes } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { type DiscordDouble, startDiscord } from './discord.ts';
import { errorCode, problemPaths, restClient } from './rest-client.ts';
import type { Channel } from './world.ts';

let discord: DiscordDouble;
let channel: Channel;
beforeAll(async () => {
  discord = await startDiscord();
  channel = discord.addChannel(discord.addGuild());
});
afterAll(() => discord.close());

const send = (body: Json) =>
  restClient(discord).post(Routes.channelMessages(channel.id), { body }) as Promise<{ id: string }>;
const edit = (id: string, body: Json) =>
  restClient(discord).patch(Routes.channelMessage(channel.id, id), { body });

const x = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const text = (content = 'x') => ({ type: 10, content });
let count = 0;
const button = (fields: Json = {}) => {
  count += 1;
  return { type: 2, style: 1, custom_id: `b${count}`, label: 'Go', ...fields };
};
const link = (fields: Json = {}) => ({
  type: 2,
  style: 5,
  url: 'https://a.example',
  label: 'x',
  ...fields,
});
const option = (index: number, fields: Json = {}) => ({
  label: `${index}`,
  value: `${index}`,
  ...fields,
});
const menu = (fields: Json = {}) => ({
  type: 3,
  custom_id: 'm',
  options: [option(1), option(2)],
  ...fields,
});
const row = (...components: Json[]) => ({ type: 1, components });
const container = (...components: Json[]) => ({ type: 17, components });
const section = (accessory: Json, ...components: Json[]) => ({ type: 9, accessory, components });
const v2 = (...components: Json[]) => ({ flags: MessageFlags.IsComponentsV2, components });
const rows = (...components: Json[]) => ({ components });

/** A message at Discord's limit, and the same one step above it. */
const limits: [string, (length: number) => Json, number][] = [
  ['content', (n) => ({ content: x(n) }), 2000],
  ['nonce', (n) => ({ content: 'x', nonce: x(n) }), 25],
  ['embeds', (n) => ({ embeds: times(n, () => ({ title: 'x' })) }), 10],
  ['rows', (n) => rows(...times(n, () => row(button()))), 5],
  ['buttons in a row', (n) => rows(row(...times(n, () => button()))), 5],
  ['buttons in a row of a container', (n) => v2(container(row(...times(n, () => button())))), 5],
  ['label of a button', (n) => rows(row(button({ label: x(n) }))), 80],
  ['custom id', (n) => rows(row(button({ custom_id: x(n) }))), 100],
  ['address of a link', (n) => rows(row(link({ url: `https://${x(n - 8)}` }))), 512],
  ['options of a menu', (n) => rows(row(menu({ options: times(n, option) }))), 25],
  ['label of an option', (n) => rows(row(menu({ options: [option(1, { label: x(n) })] }))), 100],
  ['value of an option', (n) => rows(row(menu({ options: [option(1, { value: x(n) })] }))), 100],
  [
    'words of an option',
    (n) => rows(row(menu({ options: [option(1, { description: x(n) })] }))),
    100,
  ],
  ['placeholder', (n) => rows(row(menu({ placeholder: x(n) }))), 150],
  ['what may be picked', (n) => rows(row(menu({ max_values: n }))), 2],
  ['components', (n) => v2(...times(n, () => text())), 40],
  ['components, those inside counted', (n) => v2(container(...times(n - 1, () => text()))), 40],
  [
    'components, accessories counted',
    (n) =>
      v2(
        ...times((n - 1) / 3, () => section(button(), text())),
        ...times(((n - 1) % 3) + 1, () => text()),
      ),
    40,
  ],
  ['text', (n) => v2(text(x(n))), 4000],
  ['text over all', (n) => v2(container(text(x(2000))), text(x(n - 2000))), 4000],
  ['texts of a section', (n) => v2(section(button(), ...times(n, () => text()))), 3],
  [
    'users who may be notified',
    (n) => ({ content: 'x', allowed_mentions: { users: times(n, String) } }),
    100,
  ],
];

describe('what fits', () => {
  it.each(limits)('%s', async (_, body, max) => {
    expect(await problemPaths(send(body(max)))).toEqual([]);
    expect(await problemPaths(send(body(max + 1)))).not.toEqual([]);
  });
});

/** A message that Discord refuses, and the path of the problem. */
const wrong: [string, Json, string][] = [
  ['a key that is not known', { content: 'x', contents: 'x' }, 'contents'],
  [
    'a key of a component that is not known',
    rows(row(button({ lable: 'x' }))),
    'components.0.components.0.lable',
  ],
  ['a kind of component that there is not', rows({ type: 99 }), 'components.0.type'],
  ['a text without the flag', rows(text()), 'components.0.type'],
  ['a container without the flag', rows(container(text())), 'components.0.type'],
  ['content with the flag', { ...v2(text()), content: 'x' }, 'content'],
  ['embeds with the flag', { ...v2(text()), embeds: [{ title: 'x' }] }, 'embeds'],
  ['a row in a row', v2(row(row(button()))), 'components.0.components.0.type'],
  ['a button outside of a row', v2(button()), 'components.0.type'],
  [
    'a container in a container',
    v2(container(container(text()))),
    'components.0.components.0.type',
  ],
  ['an empty row', rows(row()), 'components.0.components'],
  ['a menu beside a button', rows(row(menu(), button())), 'components.0.components'],
  [
    'the same custom id twice',
    rows(row(button({ custom_id: 'a' }), button({ custom_id: 'a' }))),
    'components.0.components.1.custom_id',
  ],
  ['the same id twice', v2({ ...text(), id: 1 }, { ...text(), id: 1 }), 'components.1.id'],
  [
    'an empty custom id',
    rows(row(button({ custom_id: '' }))),
    'components.0.components.0.custom_id',
  ],
  [
    'a button without a custom id',
    rows(row(button({ custom_id: undefined }))),
    'components.0.components.0.custom_id',
  ],
  [
    'a button without words',
    rows(row(button({ label: undefined }))),
    'components.0.components.0.label',
  ],
  ['a style that there is not', rows(row(button({ style: 9 }))), 'components.0.components.0.style'],
  [
    'a link with a custom id',
    rows(row(link({ custom_id: 'a' }))),
    'components.0.components.0.custom_id',
  ],
  ['a link to a script', rows(row(link({ url: 'javascript:1' }))), 'components.0.components.0.url'],
  ['a menu without options', rows(row(menu({ options: [] }))), 'components.0.components.0.options'],
  [
    'the same value twice',
    rows(row(menu({ options: [option(1), option(1)] }))),
    'components.0.components.0.options',
  ],
  [
    'two presets in a menu for one',
    rows(row(menu({ options: [option(1, { default: true }), option(2, { default: true })] }))),
    'components.0.components.0.options',
  ],
  [
    'a section without its accessory',
    v2({ type: 9, components: [text()] }),
    'components.0.accessory',
  ],
  ['an empty text', v2(text('')), 'components.0.content'],
  ['a flag that is for answers', { content: 'x', flags: MessageFlags.Ephemeral }, 'flags'],
  ['a wrong type', { content: 5 }, 'content'],
];

describe('what is refused', () => {
  it.each(wrong)('%s', async (_, body, where) => {
    expect(await problemPaths(send(body))).toContain(where);
    expect(discord.violations.at(-1)).toContain(
      `create_message: ${Code.InvalidFormBodyOrContentType}`,
    );
  });

  it('nothing at all', async () => {
    expect(await errorCode(send({ content: '', components: [] }))).toBe(
      Code.CannotSendAnEmptyMessage,
    );
  });
});

describe('an edit', () => {
  it('keeps what it does not name, and the kind of message', async () => {
    const { id } = await send(v2(text('One')));
    await edit(id, { components: [text('Two')] });
    expect(await problemPaths(edit(id, { content: 'x' }))).toEqual(['content']);
    expect(await errorCode(edit(id, { components: [] }))).toBe(Code.CannotSendAnEmptyMessage);
    const plain = await send({ content: 'One', ...rows(row(button())) });
    await edit(plain.id, { content: 'Two' });
    const seen = discord.posted().slice(-2);
    expect(seen).toMatchObject([{ words: 'Two' }, { words: 'Two', buttons: ['Go'] }]);
    expect(await problemPaths(edit(plain.id, v2(text())))).toEqual(['content']);
    await edit(plain.id, { ...v2(text('Three')), content: null });
    expect(discord.posted().at(-1)?.words).toBe('Three');
  });
});

describe('files', () => {
  const shown = (name: string) => ({ type: 13, file: { url: `attachment://${name}` } });
  const sendFiles = (body: Json, ...files: { name: string; data: Buffer }[]) =>
    restClient(discord).post(Routes.channelMessages(channel.id), { body, files });
  const file = (name: string, bytes = 3) => ({ name, data: Buffer.alloc(bytes, 'x') });

  it('are shown where a component names them', async () => {
    const message = (await sendFiles(v2(text(), shown('plan.txt')), file('plan.txt'))) as Json;
    expect(message.attachments).toMatchObject([{ filename: 'plan.txt', size: 3 }]);
  });

  it.each([
    ['that nobody sees', v2(text(), shown('a.txt')), [file('a.txt'), file('b.txt')], 'files.1'],
    ['that is not there', v2(shown('a.txt')), [], 'components.0.file.url'],
    ['that is empty', { content: 'x' }, [file('a.txt', 0)], 'files.0'],
    ['with a name that nothing finds', { content: 'x' }, [file('Grüße 🌳.txt')], 'files.0'],
    ['above 10 MiB', { content: 'x' }, [file('a.txt', 10 * 1024 * 1024 + 1)], 'files'],
  ])('refuses a file %s', async (_, body, files, path) => {
    expect(await problemPaths(sendFiles(body, ...files))).toEqual([path]);
  });
});
