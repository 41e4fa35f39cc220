import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import type { Who } from '../../fixtures/bot.ts';
import { fileSuite, withFile } from '../file.suite.ts';
import { type DiscordTestBot, newTestBot } from './test-bot.ts';

const files = ({ double, inbox }: DiscordTestBot, who: Who) =>
  inbox(who).flatMap((message) =>
    message.files.flatMap((id) => {
      const file = double.world.files.get(id);
      return file ? [{ name: file.name, bytes: Buffer.from(file.content) }] : [];
    }),
  );

fileSuite<DiscordTestBot>({
  platform: 'discord',
  newTestBot,
  post: 'create_message',
  files,
  read: ({ inbox }, who) => inbox(who).map(({ words }) => words),
  // Discord finds a file by such a name only.
  shownName: () => 'odz_notes.txt',
});

it('sending again within minutes gives one file', async () => {
  const testBot = await newTestBot();
  testBot.double.faults.next('create_message', 'lost answer');
  const message = withFile(testBot);
  expect(await testBot.convenor.send(message)).toEqual({ outcome: 'unknown' });
  expect(await testBot.convenor.send(message)).toMatchObject({ outcome: 'sent' });
  expect(files(testBot, 'tom')).toHaveLength(1);
});

it('a file is sent while Slack runs in the same process, whose undici was there first', async (test) => {
  const dispatcher = Symbol.for('undici.globalDispatcher.1');
  const shared = globalThis as { [dispatcher]?: unknown };
  const before = shared[dispatcher];
  const fromBolt = createRequire(createRequire(import.meta.url).resolve('@slack/bolt'));
  const { Agent, setGlobalDispatcher } = createRequire(fromBolt.resolve('@slack/socket-mode'))(
    'undici',
  );
  setGlobalDispatcher(new Agent());
  test.onTestFinished(() => {
    shared[dispatcher] = before;
  });
  const testBot = await newTestBot();
  expect(await testBot.convenor.send(withFile(testBot))).toMatchObject({ outcome: 'sent' });
  expect(files(testBot, 'tom')).toHaveLength(1);
});
