import { expect, it } from 'vitest';
import { type Delivery, deliveries } from '../../src/core/domain/deliveries/delivery.ts';
import { ChatPlatform } from '../doubles/chat-platform.ts';
import type { Who } from '../fixtures/bot.ts';
import { newWorker } from '../fixtures/worker.ts';
import type { HomeScene } from './test-bot.ts';

interface Worker {
  until(iso: string): Promise<void>;
  errors: readonly unknown[];
}

/** A partnership at home on a platform, with members who type there. */
interface TypingScene extends HomeScene {
  say(who: Who, line: string): Promise<unknown>;
}

/** What of a platform the suite needs to know. */
interface Owing<S extends TypingScene> {
  newScene(): Promise<S>;
  working(scene: S): Promise<Worker>;
  /** The methods that open a direct message and that post. */
  open: string;
  post: string;
  /** The words of all that a member sees of Convenor, the oldest first. */
  read(scene: S, who: Who): string[];
  /** The id of a channel that Convenor may not post in. */
  closed(scene: S): string;
  /** What is told of such a channel. */
  remedy: string;
  /** Lets Convenor post there. */
  allow(scene: S, channel: string): void;
  /** How many messages stand in a channel. */
  standing(scene: S, channel: string): number;
  /** Removes Convenor from the workspace. */
  remove(scene: S): void;
}

export const DUE = 'followup add ring the school by:"today 3pm"';
export const AN_HOUR_ON = '2026-11-18T16:00:00Z';

/** The ledger's rows of one kind. */
export async function ledger({ talk }: HomeScene, kind: string): Promise<Delivery[]> {
  const rows = await talk.store.of(deliveries).find({ index: 'byRecipient' });
  return rows.filter((row) => row.kind === kind);
}

/** A worker whose platform this is; time passes there too. */
export async function workingOn(
  platform: string,
  { convenor: { send, edit, find }, talk, double: { world } }: HomeScene,
): Promise<Worker> {
  const adapter = Object.assign(new ChatPlatform(platform), { send, edit, find });
  const { until, errors } = await newWorker(talk, adapter);
  return {
    errors,
    async until(iso) {
      world.pass(Date.parse(iso) - world.now());
      await until(iso);
    },
  };
}

/** What becomes of what is owed on every platform. */
export function owedSuite<S extends TypingScene>(on: Owing<S>): void {
  const { newScene, working, read } = on;

  it('a reminder whose answer got lost is found, and sent once', async () => {
    const scene = await newScene();
    const worker = await working(scene);
    await scene.say('tom', DUE);
    const before = read(scene, 'tom').length;
    scene.double.faults.next(on.post, 'lost answer');
    await worker.until(AN_HOUR_ON);
    const told = read(scene, 'tom').slice(before);
    expect(told).toEqual([expect.stringContaining('ring the school')]);
    expect(await ledger(scene, 'reminder')).toMatchObject([{ state: 'sent', tries: 1 }]);
    expect(worker.errors).toEqual([]);
    expect(scene.double.violations).toEqual([]);
  });

  it('a reminder that got lost itself is sent again, marked as a possible repeat', async () => {
    const scene = await newScene();
    const worker = await working(scene);
    await scene.say('tom', DUE);
    const before = read(scene, 'tom').length;
    scene.double.faults.next(on.post, 'lost call');
    await worker.until(AN_HOUR_ON);
    const told = read(scene, 'tom').slice(before);
    expect(told).toEqual([expect.stringMatching(/^\(This may be a repeat\.\).*ring the school/s)]);
  });

  it('a digest that cannot be posted is told to the coordinator, once, with what to do', async () => {
    const scene = await newScene();
    const news = on.closed(scene);
    const worker = await working(scene);
    await scene.say('grace', `digest schedule channel:<#${news}> day:friday at:9am`);
    await scene.say('tom', 'followup add send the plan by:"24 Nov 2026"');
    await worker.until('2026-11-20T16:00:00Z');
    const told = read(scene, 'grace').filter((words) => words.includes("couldn't post the digest"));
    expect(told).toEqual([expect.stringContaining(on.remedy)]);
    on.allow(scene, news);
    await worker.until('2026-11-27T16:00:00Z');
    expect(on.standing(scene, news)).toBe(1);
  });

  it('after Convenor was removed what is owed ends, and is not tried for ever', async () => {
    const scene = await newScene();
    const worker = await working(scene);
    await scene.say('tom', DUE);
    on.remove(scene);
    await worker.until('2026-11-19T16:00:00Z');
    expect(await ledger(scene, 'reminder')).toMatchObject([
      { state: 'permanent', reason: expect.stringContaining('was removed'), nextRunAt: null },
    ]);
    const tries = () => scene.calls(on.post) + scene.calls(on.open);
    const before = tries();
    await worker.until('2026-11-19T18:00:00Z');
    expect(tries()).toBe(before);
  });
}
