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
