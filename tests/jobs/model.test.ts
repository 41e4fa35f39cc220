import fc from 'fast-check';
import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { followups } from '../../src/core/domain/followups/followup.ts';
import { inProcessJobs } from '../../src/jobs/queue/in-process.ts';
import { createSweep } from '../../src/jobs/sweep.ts';
import { TIMINGS } from '../../src/jobs/timings.ts';
import { handlers } from '../../src/jobs/worker.ts';
import { newTalk, type Talk, type Who } from '../fixtures/bot.ts';
import { isProof, runs, seed, sized } from '../fixtures/proof.ts';
import { newWorker, storesOfOnePartnership, type TestWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London, which is on UTC in winter.

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const END = '2026-11-21T12:00:00Z';
/** How late a message may be whose worker died: the lease, and some time for the sweep (ms). */
const MAX_LATENESS_MS = 15_000;

const quietLog = { info: () => {}, warn: () => {}, error: () => {} };

type Creation = 'create' | 'log';
type Step =
  | { do: 'create'; in: number }
  | { do: 'log'; in: number }
  | { do: 'later'; which: number; in: number }
  | { do: 'edit'; which: number; in: number }
  | { do: 'done'; which: number }
  | { do: 'cancel'; which: number }
  | { do: 'ask'; which: number }
  | { do: 'undo' }
  | { do: 'pause' }
  | { do: 'pass'; for: number }
  | { do: 'crash'; for: number };

/** A reminder, request or answer that somebody should get, and when. */
interface ExpectedMessage {
  to: Who;
  text: string;
  at: number;
}

/** A follow-up in the model. */
interface ModelFollowup {
  id: string;
  title: string;
  who: Who;
  open: boolean;
  at: number;
  asked: boolean;
  /** The times it has had a reminder for. */
  reminded: number[];
}

const minutes = fc.oneof(fc.integer({ min: 2, max: 90 }), fc.integer({ min: 2, max: 2_000 }));
const which = fc.nat({ max: 5 });
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('create', 'log'), in: minutes }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('later', 'edit'), which, in: minutes }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('done', 'cancel', 'ask'), which }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('undo', 'pause') }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constantFrom('pass', 'crash'),
        for: fc.integer({ min: 1, max: 600 }),
      }),
    },
  ),
  { minLength: 5, maxLength: 25 },
) as fc.Arbitrary<Step[]>;

/** One run: the bot and its worker beside the model. */
class Run {
  readonly followups: ModelFollowup[] = [];
  readonly expected: ExpectedMessage[] = [];
  #paused = false;
  #revert: (() => void) | undefined;
  #undoable: Awaited<ReturnType<Talk['say']>> | undefined;
  #wroteAt = 0;
  #titles = 0;
  readonly talk: Talk;
  readonly worker: TestWorker;

  constructor(talk: Talk, worker: TestWorker) {
    this.talk = talk;
    this.worker = worker;
  }

  get now(): number {
    return this.talk.clock.now().getTime();
  }

  async take(step: Step): Promise<void> {
    if (step.do === 'pass') return this.pass(this.now + step.for * MINUTE_MS);
    if (step.do === 'crash') return this.crash(step.for);
    if (step.do === 'undo') return this.undo();
    if (step.do === 'pause') return this.pause();
    if (step.do === 'create' || step.do === 'log') return this.create(step.do, step.in);
    const open = this.followups.filter((followup) => followup.open);
    const followup = open[step.which % Math.max(open.length, 1)];
    if (!followup) return;
    if ('in' in step) return this.move(followup, step.do, step.in);
    return step.do === 'ask' ? this.ask(followup) : this.close(followup, step.do);
  }

  /** Lets time pass, and notes in the model what has to be sent by then. */
  async pass(until: number): Promise<void> {
    this.expectUntil(until);
    await this.worker.until(new Date(until).toISOString());
  }

  expectUntil(until: number): void {
    for (const followup of this.followups) {
      if (!followup.open || followup.at > until || followup.reminded.includes(followup.at))
        continue;
      followup.reminded.push(followup.at);
      const at = Math.max(followup.at, this.now);
      this.expected.push({ to: followup.who, text: followup.title, at });
    }
  }

  /** A worker claims what is due at an instant, and dies. */
  async crash(inMinutes: number): Promise<void> {
    const at = this.now + inMinutes * MINUTE_MS;
    const next = this.followups.filter((followup) => followup.open && followup.at > this.now);
    const first = next.toSorted((a, b) => a.at - b.at)[0];
    const instant = first && first.at <= at ? first.at : at;
    await this.pass(instant - 1);
    this.expectUntil(instant);
    const { clock } = this.talk;
    clock.set(new Date(instant).toISOString());
    const jobs = inProcessJobs(clock);
    await createSweep({
      stores: storesOfOnePartnership(this.talk),
      clock,
      jobs,
      handlers,
      log: quietLog,
      timings: TIMINGS,
    }).once(0);
    await jobs.close();
    await this.pass(instant + MAX_LATENESS_MS);
  }

  private async pause(): Promise<void> {
    await this.talk.say('tom', 'me pause:"2 weeks"');
    this.#paused = true;
  }

  private time(inMinutes: number): { at: number; typed: string } {
    const at = Math.floor(this.now / MINUTE_MS + inMinutes) * MINUTE_MS;
    return { at, typed: new Date(at).toISOString().slice(0, 16).replace('T', ' ') };
  }

  private async create(how: Creation, ahead: number): Promise<void> {
    const { at, typed } = this.time(ahead);
    const title = `thing ${++this.#titles}`;
    const answer = await this.talk.say(
      'tom',
      how === 'log'
        ? `log local trust we spoke next:"${title}" by:"${typed}"`
        : `followup add next:"${title}" by:"${typed}"`,
    );
    const open = await this.rowOf(title);
    const followup: ModelFollowup = {
      ...{ id: open, title, who: 'tom', open: true, at, asked: false },
      reminded: [],
    };
    this.followups.push(followup);
    this.wrote(answer, () => {
      followup.open = false;
    });
  }

  private async rowOf(title: string): Promise<string> {
    const open = await collect(
      this.talk.store.of(followups).all({ index: 'byDueDay', where: { state: 'open' } }),
    );
    return open.find((row) => row.title === title)?.id ?? '';
  }

  private async move(
    followup: ModelFollowup,
    how: 'later' | 'edit',
    inMinutes: number,
  ): Promise<void> {
    const { at, typed } = this.time(inMinutes);
    const args = { which: `#${followup.id}`, by: typed };
    const answer = await this.talk.invoke('tom', `followup ${how}`, args);
    const before = followup.at;
    followup.at = at;
    this.wrote(answer, () => {
      followup.at = before;
    });
  }

  private async close(followup: ModelFollowup, how: 'done' | 'cancel'): Promise<void> {
    const answer = await this.talk.invoke('tom', `followup ${how}`, { which: `#${followup.id}` });
    followup.open = false;
    this.wrote(answer, () => {
      followup.open = true;
    });
  }

  /** Tom asks Maya, who says yes at once: it is hers from then on. */
  private async ask(followup: ModelFollowup): Promise<void> {
    if (followup.who !== 'tom' || followup.asked) return;
    const args = { which: `#${followup.id}` };
    await this.talk.invoke('tom', 'followup ask', { ...args, who: 'Maya' });
    followup.asked = true;
    this.expected.push({
      to: 'maya',
      text: `could you do this? "${followup.title}"`,
      at: this.now,
    });
    await this.worker.sweep();
    await this.talk.invoke('maya', 'followup accept', args);
    followup.who = 'maya';
    // A pause holds back what nobody waits for, and nobody waits for an answer.
    if (!this.#paused) {
      this.expected.push({ to: 'tom', text: `will do it: ${followup.title}`, at: this.now });
    }
    this.expectUntil(this.now);
    await this.worker.sweep();
    this.#revert = undefined;
  }

  private wrote(answer: Awaited<ReturnType<Talk['say']>>, revert: () => void): void {
    expect(answer.buttons).toContain('Undo');
    this.#undoable = answer;
    this.#wroteAt = this.now;
    this.#revert = revert;
  }

  private async undo(): Promise<void> {
    if (!this.#revert || !this.#undoable) return;
    const answer = await this.talk.press('tom', 'Undo', this.#undoable);
    if (this.now - this.#wroteAt > DAY_MS)
      return expect(answer.text).toContain('more than a day ago');
    expect(answer.text).toContain('Undone');
    this.#revert();
    this.#revert = undefined;
    await this.pass(this.now);
  }
}

const sort = (messages: readonly ExpectedMessage[]) =>
  messages.map(({ to, text }) => `${to}: ${text}`).toSorted();

it(
  'after any steps in any order the delivered messages equal the model',
  async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const talk = await newTalk();
        await talk.say('grace', 'partner add "Local Trust"');
        const worker = await newWorker(talk);
        const run = new Run(talk, worker);
        const times: number[] = [];
        worker.platform.onSend = async () => void times.push(run.now);
        for (const step of all) await run.take(step);
        await run.pass(Math.max(Date.parse(END), run.now + 3_000 * MINUTE_MS));

        const posted = worker.platform.posted.flatMap(
          ({ address, reply }, index): ExpectedMessage[] => {
            const words = reply.text.map((piece) => Object.values(piece)[0]).join('');
            const text = /(could you do this\? "thing \d+"|will do it: thing \d+|thing \d+)/.exec(
              words,
            )?.[0];
            const to = address.to === 'user' ? (address.identity.user as Who) : 'grace';
            return text ? [{ to, text, at: times[index] ?? Number.NaN }] : [];
          },
        );
        expect(sort(posted)).toEqual(sort(run.expected));
        for (const { to, text, at } of run.expected) {
          const isPosted = posted.some(
            (one) =>
              one.to === to && one.text === text && one.at >= at && one.at - at <= MAX_LATENESS_MS,
          );
          if (!isPosted) expect(posted).toContainEqual({ to, text, at });
        }
        expect(worker.errors).toEqual([]);
        expect(talk.errors).toEqual([]);
      }),
      { numRuns: runs(30), seed: isProof ? seed : 20_261_118, endOnFailure: true },
    );
  },
  sized(120_000, 1_800_000),
);
