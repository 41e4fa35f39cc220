import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { randomKey } from '../../src/core/base/id.ts';
import { type Delivery, deliveries } from '../../src/core/domain/deliveries/delivery.ts';
import { enqueueNotice } from '../../src/core/domain/deliveries/enqueue-notice.ts';
import type { RawArgs } from '../../src/core/message/invocation.ts';
import { buttonsOf } from '../../src/core/message/reply.ts';
import { rich } from '../../src/core/message/rich-text.ts';
import type { Answer } from '../../src/core/ports/platform.ts';
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
  { convenor, talk, double: { world } }: TestBot,
): Promise<Worker> {
  const { send, edit, remove, findSent, profileOf } = convenor;
  const real = { send, edit, remove, findSent, profileOf };
  const adapter = Object.assign(new ChatPlatform(platform), real);
  const { until, errors } = await newWorker(talk, adapter);
  return {
    errors,
    async until(iso) {
      world.pass(Date.parse(iso) - world.now());
      await until(iso);
    },
  };
}

/** Grace asks to erase somebody, says of unclear places that they are about somebody else, and confirms. */
async function erase({ talk }: TestBot, name: string): Promise<void> {
  const [actor] = (await talk.member('grace')).identities;
  if (!actor) throw new Error('Grace has no identity.');
  const { workspace, platform, user } = actor;
  const use = (command: string, args: RawArgs) =>
    talk.bot.handle({
      ...{ command, args, actor, partnership: talk.id, key: randomKey() },
      place: { platform, workspace, channel: 'direct', direct: true },
      profiles: { [user]: { name: 'Grace', zone: null, standing: 'full' } },
    });
  const press = ({ reply }: Answer, label: string) => {
    const button = buttonsOf(reply).find((one) => one.label.startsWith(label));
    return button && use(button.command, button.args);
  };
  const preview = await use('erase', { name });
  const decided = (await press(preview, 'All the rest')) ?? preview;
  expect((await press(decided, 'Erase'))?.reply.text).toBeDefined();
}

/** What happens to deliveries in the ledger, on every platform. */
export function ledgerSuite<S extends TypingTestBot>(on: LedgerPlatform<S>): void {
  const { newTestBot, working, read } = on;

  it('an erased name goes from the messages that were sent', async () => {
    const testBot = await newTestBot();
    const worker = await working(testBot);
    const { talk } = testBot;
    const { id: recipient } = await talk.member('tom');
    const reply = { text: rich`Please ring Jane Doe about the fair.` };
    const notice = { subject: 'fair', occurrence: 'once', recipient, reply, urgent: true } as const;
    await enqueueNotice({ ...notice, at: talk.clock.now() }, { store: talk.store, wake() {} });
    await testBot.say('tom', 'followup add thank Jane Doe by:"today 3pm"');
    await worker.until(AFTER_REMINDER);
    const sent = read(testBot, 'tom').filter((words) => words.includes('Jane Doe'));
    expect(sent.some((words) => words.includes('about the fair'))).toBe(true);
    expect(sent.some((words) => words.includes('Please ring'))).toBe(true);
    await erase(testBot, 'Jane Doe');
    await worker.until('2026-11-18T16:02:00Z');
    const ledger = await collect(talk.store.of(deliveries).all({ index: 'byId' }));
    const delivered = ledger.filter(
      ({ recipient: to, state }) => to === recipient && state === 'sent',
    );
    expect(delivered.map(({ kind }) => kind).toSorted()).toEqual(['notice', 'reminder']);
    // Markdown has a backslash before a bracket.
    const after = read(testBot, 'tom').map((words) => words.replaceAll('\\', ''));
    expect(after.some((words) => words.includes('ring [erased] about the fair'))).toBe(true);
    expect(after.some((words) => words.includes('taken this message back'))).toBe(true);
    expect(read(testBot, 'grace').join()).toContain('All 2 messages that named them are changed');
    expect(worker.errors).toEqual([]);
  });

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
