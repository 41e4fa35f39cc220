import { expect, it } from 'vitest';
import { createMessageSender } from '../../../src/adapters/slack/delivery/message-sender.ts';
import { directoriesOf } from '../../../src/core/domain/directory/directory.ts';
import { say } from '../../../src/core/message/reply.ts';
import { rich } from '../../../src/core/message/rich-text.ts';
import type { Who } from '../../fixtures/bot.ts';
import { fileSuite, withFile } from '../file.suite.ts';
import { newTestBot, type SlackTestBot } from './test-bot.ts';

const seen = ({ double, users }: SlackTestBot, who: Who) =>
  double.sees(users[who], double.directOf(users[who]));

const files = (testBot: SlackTestBot, who: Who) =>
  seen(testBot, who).flatMap((message) =>
    message.files.flatMap(({ name, bytes }) => (bytes ? [{ name, bytes }] : [])),
  );

fileSuite<SlackTestBot>({
  platform: 'slack',
  newTestBot,
  post: 'files.completeUploadExternal',
  files,
  read: (testBot, who) => seen(testBot, who).map(({ words }) => words),
  shownName: (name) => name,
});

it.each(['server error', 'lost answer', 'lost call'] as const)(
  'after a %s of the upload nobody has seen anything, and it is tried later',
  async (fault) => {
    const testBot = await newTestBot();
    testBot.double.faults.next('upload', fault);
    const message = withFile(testBot);
    expect(await testBot.convenor.send(message)).toEqual({ outcome: 'later', ms: 10_000 });
    expect(seen(testBot, 'tom')).toEqual([]);
    expect(await testBot.convenor.send(message)).toMatchObject({ outcome: 'sent' });
    expect(files(testBot, 'tom')).toHaveLength(1);
  },
);

it('a slow upload goes on while the delivery waits, and is not begun again', async () => {
  const testBot = await newTestBot();
  testBot.double.faults.next('upload', { slow: 1_500 });
  const message = withFile(testBot);
  expect(await testBot.convenor.send(message)).toEqual({ outcome: 'later', ms: 0 });
  let sent = await testBot.convenor.send(message);
  while (sent.outcome === 'later') sent = await testBot.convenor.send(message);
  expect(sent).toMatchObject({ outcome: 'sent' });
  expect(testBot.calls('files.getUploadURLExternal')).toBe(1);
  expect(files(testBot, 'tom')).toHaveLength(1);
});

it('a process that dies after the upload leaves nothing that anybody sees; the next one uploads again', async () => {
  const testBot = await newTestBot();
  const { talk, clients, double } = testBot;
  double.faults.next('files.completeUploadExternal', 'lost call');
  const message = withFile(testBot);
  await testBot.convenor.send(message);
  const { stores, clock } = talk;
  const restarted = createMessageSender({
    ...{ clients, stores, clock },
    directories: directoriesOf(stores),
  });
  expect(await restarted.findSent(message)).toBeUndefined();
  expect(await restarted.send(message)).toMatchObject({ outcome: 'sent' });
  expect(files(testBot, 'tom')).toHaveLength(1);
  expect([...double.world.files.values()].map(({ state }) => state)).toEqual([
    'uploading',
    'shared',
  ]);
});

it('without the scope, the reason says how to allow files; other messages still go out', async () => {
  const testBot = await newTestBot();
  for (const installation of testBot.double.world.installations)
    installation.scopes = new Set([...installation.scopes].filter((one) => one !== 'files:write'));
  const message = withFile(testBot);
  expect(await testBot.convenor.send(message)).toEqual({
    outcome: 'permanent',
    reason: expect.stringMatching(/may not send files.+allow "files:write"\.$/),
  });
  const { file: _, ...plain } = withFile(testBot);
  expect(await testBot.convenor.send(plain)).toMatchObject({ outcome: 'sent' });
});

it('a message with a file cannot be edited', async () => {
  const testBot = await newTestBot();
  const message = withFile(testBot);
  const sent = await testBot.convenor.send(message);
  if (sent.outcome !== 'sent') throw new Error(sent.outcome);
  expect(await testBot.convenor.edit(message.address, sent.id, say(rich`Changed.`))).toEqual({
    outcome: 'permanent',
    reason: 'On Slack, a message with a file can only be deleted.',
  });
});

it('says when Slack does not let it delete the file', async () => {
  const testBot = await newTestBot();
  const message = withFile(testBot);
  const sent = await testBot.convenor.send(message);
  if (sent.outcome !== 'sent') throw new Error(sent.outcome);
  testBot.double.faults.next('files.delete', { error: 'file_deleting_disabled' });
  expect(await testBot.convenor.remove(message.address, sent.id)).toEqual({
    outcome: 'permanent',
    reason: 'Slack does not let me delete that.',
  });
  testBot.double.faults.next('files.delete', { rateLimited: 7 });
  expect(await testBot.convenor.remove(message.address, sent.id)).toEqual({
    outcome: 'later',
    ms: 7_000,
  });
  expect(await testBot.convenor.remove(message.address, sent.id)).toEqual(sent);
});
