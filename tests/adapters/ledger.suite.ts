import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { type Delivery, deliveries } from '../../src/core/domain/deliveries/delivery.ts';
import { ChatPlatform } from '../doubles/chat-platform.ts';
import type { Who } from '../fixtures/bot.ts';
import { newWorker } from '../fixtures/worker.ts';
import type { TestBot } from './test-bot.ts';

interface Worker {
  until(iso: string): Promise<void>;
  errors: readonly unknown[];
}

/** A test bot with members who type on the platform. */
interface TypingTestBot extends TestBot {
  say(who: Who, line: string): Promise<unknown>;
}

/** What the suite needs to know of a platform. */
interface LedgerPlatform<S extends TypingTestBot> {
  newTestBot(): Promise<S>;
  working(testBot: S): Promise<Worker>;
  /** The methods that open a direct channel, and that post a message. */
  open: string;
  post: string;
  /** The texts that a member has from Convenor, oldest first. */
  read(testBot: S, who: Who): string[];
  /** The id of a channel in which Convenor may not post. */
  closed(testBot: S): string;
  /** What the notice about such a channel says. */
  remedy: string;
  /** Lets Convenor post there. */
  allow(testBot: S, channel: string): void;
  /** How many messages a channel has. */
  messageCount(testBot: S, channel: string): number;
  /** Removes Convenor from the workspace. */
  remove(testBot: S): void;
}

export const ADD_REMINDER = 'followup add ring the school by:"today 3pm"';
export const AFTER_REMINDER = '2026-11-18T16:00:00Z';

/** The ledger's rows of one kind. */
export async function ledgerRows({ talk }: TestBot, kind: string): Promise<Delivery[]> {
  const rows = await collect(talk.store.of(deliveries).all({ index: 'byRecipient' }));
  return rows.filter((row) => row.kind === kind);
}

/** A worker that sends on this platform. When it moves the time, the platform's time moves too. */
export async function newPlatformWorker(
  platform: string,
  { convenor: { send, edit, findSent }, talk, double: { world } }: TestBot,
): Promise<Worker> {
  const adapter = Object.assign(new ChatPlatform(platform), { send, edit, findSent });
  const { until, errors } = await newWorker(talk, adapter);
  return {
    errors,
    async until(iso) {
      world.pass(Date.parse(iso) - world.now());
      await until(iso);
    },
  };
}

/** What happens to deliveries in the ledger, on every platform. */
export function ledgerSuite<S extends TypingTestBot>(on: LedgerPlatform<S>): void {
  const { newTestBot, working, read } = on;

  it("when the platform's answer is lost, the reminder is found and not sent again", async () => {
    const testBot = await newTestBot();
    const worker = await working(testBot);
    await testBot.say('tom', ADD_REMINDER);
    const before = read(testBot, 'tom').length;
    testBot.double.faults.next(on.post, 'lost answer');
    await worker.until(AFTER_REMINDER);
    const messages = read(testBot, 'tom').slice(before);
    expect(messages).toEqual([expect.stringContaining('ring the school')]);
    expect(await ledgerRows(testBot, 'reminder')).toMatchObject([{ state: 'sent', attempts: 1 }]);
    expect(worker.errors).toEqual([]);
    expect(testBot.double.violations).toEqual([]);
  });

  it('a reminder that was lost is sent again, marked as a possible repeat', async () => {
    const testBot = await newTestBot();
    const worker = await working(testBot);
    await testBot.say('tom', ADD_REMINDER);
    const before = read(testBot, 'tom').length;
    testBot.double.faults.next(on.post, 'lost call');
    await worker.until(AFTER_REMINDER);
    const messages = read(testBot, 'tom').slice(before);
    expect(messages).toEqual([
      expect.stringMatching(/^\(This may be a repeat\.\).*ring the school/s),
    ]);
  });

  it('when a digest cannot be posted, the coordinator is told once what to do', async () => {
    const testBot = await newTestBot();
    const news = on.closed(testBot);
    const worker = await working(testBot);
    await testBot.say('grace', `digest schedule channel:<#${news}> day:friday at:9am`);
    await testBot.say('tom', 'followup add send the plan by:"24 Nov 2026"');
    await worker.until('2026-11-20T16:00:00Z');
    const messages = read(testBot, 'grace').filter((words) =>
      words.includes("couldn't post the digest"),
    );
    expect(messages).toEqual([expect.stringContaining(on.remedy)]);
    on.allow(testBot, news);
    await worker.until('2026-11-27T16:00:00Z');
    expect(on.messageCount(testBot, news)).toBe(1);
  });

  it('after Convenor is removed, deliveries end and are not tried again', async () => {
    const testBot = await newTestBot();
    const worker = await working(testBot);
    await testBot.say('tom', ADD_REMINDER);
    on.remove(testBot);
    await worker.until('2026-11-19T16:00:00Z');
    expect(await ledgerRows(testBot, 'reminder')).toMatchObject([
      { state: 'permanent', reason: expect.stringContaining('was removed'), nextRunAt: null },
    ]);
    const tries = () => testBot.calls(on.post) + testBot.calls(on.open);
    const before = tries();
    await worker.until('2026-11-19T18:00:00Z');
    expect(tries()).toBe(before);
  });
}
