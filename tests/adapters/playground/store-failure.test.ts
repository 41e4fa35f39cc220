import { Router } from 'express';
import { expect, it } from 'vitest';
import { playground } from '../../../src/adapters/playground/adapter.ts';
import { PlaygroundClock, playgroundClocks } from '../../../src/adapters/playground/clock.ts';
import { playgroundMessages } from '../../../src/adapters/playground/messages.ts';
import {
  samplePartnership,
  seedRows,
} from '../../../src/adapters/playground/sample-partnership.ts';
import { systemClock } from '../../../src/core/base/clock.ts';
import { createBot } from '../../../src/core/bot/bot.ts';
import { allCommands } from '../../../src/core/bot/commands.ts';
import { atEnd } from '../../fixtures/at-end.ts';
import { openLimitedStore } from '../../fixtures/limited-store.ts';

it('while nothing can be stored the chat goes on, and a form keeps what was typed', async () => {
  const limited = await openLimitedStore([playgroundMessages, playgroundClocks]);
  const { stores } = limited;
  const { id: partnership, members } = samplePartnership;
  const clock = await PlaygroundClock.open(stores, partnership, systemClock);
  await seedRows(stores, clock.now());
  const errors: unknown[] = [];
  const note = (fields: unknown) => void errors.push(fields);
  const log = { info() {}, warn: note, error: note };
  const bot = createBot({ stores, clock, commands: allCommands(), log, wake() {} });
  const adapter = playground({
    ...{ stores, partnership, members, clock, log, port: 0, processRoutes: [Router()] },
    moveTo: (instant) => clock.moveTo(instant),
    reset: async () => {},
  });
  await adapter.start(bot);
  atEnd(() => adapter.stop());
  const post = async (path: string, body: object) => {
    const response = await fetch(`${adapter.url}/playground/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: 'tom', ...body }),
    });
    return response.json();
  };
  const say = (text: string) => post('say', { place: 'dm', text });
  const messages = async () => {
    const response = await fetch(`${adapter.url}/playground/messages?as=tom&place=dm`);
    return (await response.json()) as { text: string }[];
  };
  await say('partner add Riverside Council');

  limited.setReadOnly(true);
  expect((await say('partner show riverside council')).text).toContain('Riverside Council');
  expect((await say('log riverside council met them')).text).toContain(
    "I can't save anything right now",
  );
  const { form } = (await say('log')).reply;
  const values = { with: 'Riverside Council', note: 'met at the fair' };
  const refused = await post('submit', { form: form.id, values });
  expect(refused.text).toContain("I can't save anything right now");
  expect(refused.reply.form.fields).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        name: 'with',
        problem: expect.stringContaining("I can't save anything right now"),
      }),
      expect.objectContaining({ name: 'note', value: 'met at the fair' }),
    ]),
  );
  expect((await messages()).map(({ text }) => text)).toContain('log riverside council met them');

  limited.setReadOnly(false);
  expect((await post('submit', { form: refused.reply.form.id, values })).text).toContain('Noted');
  expect(errors).toEqual([]);
});
