import { beforeAll, expect, it } from 'vitest';
import { rich } from '../../src/core/message/rich-text.ts';
import type { FileContent, Outgoing } from '../../src/core/ports/platform.ts';
import { profileOf, type Who } from '../fixtures/bot.ts';
import { outgoing } from './deliver.suite.ts';
import { newPlatformWorker } from './ledger.suite.ts';
import type { TestBot } from './test-bot.ts';

/** A file as a member sees it. */
interface SeenFile {
  name: string;
  bytes: Buffer;
}

/** What the suite needs to know of a platform. */
interface FilePlatform<S extends TestBot> {
  platform: string;
  newTestBot(): Promise<S>;
  /** The method that shows a file to the reader. */
  post: string;
  /** The files in a member's direct channel, oldest first. */
  files(testBot: S, who: Who): SeenFile[];
  /** The texts in a member's direct channel, oldest first. */
  read(testBot: S, who: Who): string[];
  /** The name that the platform shows. */
  shownName(name: string): string;
}

const text = (words: string, name = 'Łódź 🌳 notes.txt'): FileContent => ({
  name,
  type: 'text/plain; charset=utf-8',
  bytes: Buffer.from(words),
});

/** A message with a file for Tom. */
export const withFile = (testBot: TestBot, file = text('Grüße 🌳')): Outgoing => ({
  ...outgoing(testBot, testBot.to('tom'), { text: rich`Here is what I hold.` }),
  file,
});

/** Sends a message as a worker does: again as long as the adapter says that it was not posted. */
async function deliver({ convenor }: TestBot, message: Outgoing): Promise<string> {
  for (;;) {
    const sent = await convenor.send(message);
    if (sent.outcome === 'sent') return sent.id;
    if (sent.outcome !== 'later') throw new Error(sent.outcome);
  }
}

/** What holds for files on every platform. */
export function fileSuite<S extends TestBot>(on: FilePlatform<S>): void {
  const { newTestBot, files, read } = on;

  // The double makes its checks ready at the first message, which can take longer than Convenor waits.
  beforeAll(async () => {
    const testBot = await newTestBot();
    const { file: _, ...plain } = withFile(testBot);
    await testBot.convenor.send(plain);
  });

  it('a file reaches a person as it is, can be found again, and is gone once it is deleted', async () => {
    const testBot = await newTestBot();
    const { convenor, double } = testBot;
    const message = withFile(testBot);
    const id = await deliver(testBot, message);
    const sent = { outcome: 'sent', id };
    const [seen] = files(testBot, 'tom');
    expect(seen?.bytes.toString()).toBe('Grüße 🌳');
    expect(seen?.name).toBe(on.shownName('Łódź 🌳 notes.txt'));
    expect(read(testBot, 'tom')).toEqual([expect.stringContaining('Here is what I hold.')]);
    expect(files(testBot, 'maya')).toEqual([]);
    expect(await convenor.findSent(message)).toBe(id);
    expect(await convenor.remove(message.address, id)).toEqual(sent);
    expect(files(testBot, 'tom')).toEqual([]);
    expect(await convenor.remove(message.address, id)).toEqual(sent);
    expect(double.violations).toEqual([]);
  });

  it('somebody asks what is held on them, and has the file for a day; a lost answer makes no second one', async () => {
    const testBot = await newTestBot();
    const { talk, double } = testBot;
    const worker = await newPlatformWorker(on.platform, testBot);
    const { identity } = testBot.to('tom');
    talk.profiles[identity.user] = profileOf('Tom');
    const say = (line: string) => talk.from(identity).say(identity.user, line);
    await say('followup add ring the school by:friday');
    double.faults.next(on.post, 'lost answer');
    await say('me data');
    await worker.until('2026-11-18T10:02:00Z');
    const [file, ...more] = files(testBot, 'tom');
    expect(more).toEqual([]);
    expect(file?.bytes.toString()).toContain('ring the school');
    expect(read(testBot, 'tom').join('\n')).toMatch(
      /I'll take this file away tomorrow at 10\\?:00\./,
    );
    await worker.until('2026-11-19T09:59:00Z');
    expect(files(testBot, 'tom')).toHaveLength(1);
    await worker.until('2026-11-19T10:01:00Z');
    expect(files(testBot, 'tom')).toEqual([]);
    expect(double.violations).toEqual([]);
    expect(worker.errors).toEqual([]);
  });

  it('takes a file of 1 MB, and any name', async () => {
    const testBot = await newTestBot();
    const bytes = Buffer.alloc(1_000_000, 'é');
    const names = ['', '🌳', '.txt', '../../etc/passwd', 'a"b\r\nc.txt', `${'x'.repeat(300)}.txt`];
    for (const name of names) {
      const message = withFile(testBot, { name: name || 'file', type: 'text/plain', bytes });
      await deliver(testBot, message);
    }
    expect(files(testBot, 'tom')).toHaveLength(names.length);
    expect(files(testBot, 'tom').every((file) => file.bytes.equals(bytes))).toBe(true);
    expect(testBot.double.violations).toEqual([]);
  });

  it('says of an empty file that it is empty, since the platform takes none', async () => {
    const testBot = await newTestBot();
    const message = withFile(testBot, text('', 'plan.txt'));
    const id = await deliver(testBot, message);
    expect(files(testBot, 'tom')).toEqual([]);
    expect(read(testBot, 'tom')[0]).toContain("plan.txt is empty, so I can't attach it.");
    expect(await testBot.convenor.findSent(message)).toBe(id);
    expect(await testBot.convenor.remove(message.address, id)).toEqual({ outcome: 'sent', id });
    expect(read(testBot, 'tom')).toEqual([]);
    expect(testBot.double.violations).toEqual([]);
  });

  it('after a lost answer the file is found, and not sent a second time', async () => {
    const testBot = await newTestBot();
    testBot.double.faults.next(on.post, 'lost answer');
    const message = withFile(testBot);
    expect(await testBot.convenor.send(message)).toEqual({ outcome: 'unknown' });
    expect(files(testBot, 'tom')).toHaveLength(1);
    const id = await testBot.convenor.findSent(message);
    expect(id).toBeDefined();
    await testBot.convenor.remove(message.address, id ?? '');
    expect(files(testBot, 'tom')).toEqual([]);
  });

  it('after a lost call the file is not there, and is sent again', async () => {
    const testBot = await newTestBot();
    testBot.double.faults.next(on.post, 'lost call');
    const message = withFile(testBot);
    expect(await testBot.convenor.send(message)).toEqual({ outcome: 'unknown' });
    expect(await testBot.convenor.findSent(message)).toBeUndefined();
    expect(await testBot.convenor.send(message)).toMatchObject({ outcome: 'sent' });
    expect(files(testBot, 'tom')).toHaveLength(1);
    expect(testBot.double.violations).toEqual([]);
  });
}
