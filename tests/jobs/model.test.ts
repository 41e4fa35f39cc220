import fc from 'fast-check';
import { expect, it } from 'vitest';
import { followups } from '../../src/core/domain/followups/followup.ts';
import { handlers } from '../../src/jobs/handlers.ts';
import { inProcessJobs } from '../../src/jobs/queue/in-process.ts';
import { createSweep } from '../../src/jobs/sweep.ts';
import { newTalk, type Talk, type Who } from '../fixtures/bot.ts';
import { newWorker, onlyOf, type TestWorker } from '../fixtures/worker.ts';

// The fixture's time begins on Wednesday 18 November 2026, 10:00 in London, where it is winter: UTC.

const MINUTE = 60_000;
const A_DAY = 86_400_000;
const END = '2026-11-21T12:00:00Z';
/** A claim whose worker died is free again after so long, and a little more for the sweep (ms). */
const LEASE = 15_000;

const quietLog = { info: () => {}, warn: () => {}, error: () => {} };

type Making = 'create' | 'log';
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

/** What should come to somebody: a reminder or a request, of what, and when. */
interface Owed {
  to: Who;
  what: string;
  at: number;
}

/** A promise as the model knows it. */
interface Promised {
  id: string;
  title: string;
  who: Who;
  open: boolean;
  at: number;
  asked: boolean;
  /** Times it has been reminded of. */
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

/** One run: the real thing beside the model. */
class Run {
  readonly promises: Promised[] = [];
  readonly expected: Owed[] = [];
  readonly came: Owed[] = [];
  #paused = false;
  #before: (() => void) | undefined;
  #undo: Awaited<ReturnType<Talk['say']>> | undefined;
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
    if (step.do === 'pass') return this.pass(this.now + step.for * MINUTE);
    if (step.do === 'crash') return this.crash(step.for);
    if (step.do === 'undo') return this.undo();
    if (step.do === 'pause') return this.pause();
    if (step.do === 'create' || step.do === 'log') return this.create(step.do, step.in);
    const open = this.promises.filter((promise) => promise.open);
    const promise = open[step.which % Math.max(open.length, 1)];
    if (!promise) return;
    if ('in' in step) return this.move(promise, step.do, step.in);
    return step.do === 'ask' ? this.ask(promise) : this.close(promise, step.do);
  }

  /** Lets time pass; the model notes what must come meanwhile. */
  async pass(until: number): Promise<void> {
    this.foresee(until);
    await this.worker.until(new Date(until).toISOString());
  }

  foresee(until: number): void {
    for (const promise of this.promises) {
      if (!promise.open || promise.at > until || promise.reminded.includes(promise.at)) continue;
      promise.reminded.push(promise.at);
      const at = Math.max(promise.at, this.now);
      this.expected.push({ to: promise.who, what: promise.title, at });
    }
  }

  /** A worker claims what is due at an instant, and dies with it. */
  async crash(inMinutes: number): Promise<void> {
    const at = this.now + inMinutes * MINUTE;
    const next = this.promises.filter((promise) => promise.open && promise.at > this.now);
    const first = next.toSorted((a, b) => a.at - b.at)[0];
    const instant = first && first.at <= at ? first.at : at;
    await this.pass(instant - 1);
    this.foresee(instant);
    const { clock } = this.talk;
    clock.set(new Date(instant).toISOString());
    const jobs = inProcessJobs(clock);
    await createSweep({ stores: onlyOf(this.talk), clock, jobs, handlers, log: quietLog }).once(0);
    await jobs.close();
    await this.pass(instant + LEASE);
  }

  private async pause(): Promise<void> {
    await this.talk.say('tom', 'me pause:"2 weeks"');
    this.#paused = true;
  }

  private time(inMinutes: number): { at: number; text: string } {
    const at = Math.floor(this.now / MINUTE + inMinutes) * MINUTE;
    return { at, text: new Date(at).toISOString().slice(0, 16).replace('T', ' ') };
  }

  private async create(how: Making, ahead: number): Promise<void> {
    const { at, text } = this.time(ahead);
    const title = `thing ${++this.#titles}`;
    const said = await this.talk.say(
      'tom',
      how === 'log'
        ? `log local trust we spoke next:"${title}" by:"${text}"`
        : `followup add next:"${title}" by:"${text}"`,
    );
    const open = await this.rowOf(title);
    const promise: Promised = {
      ...{ id: open, title, who: 'tom', open: true, at, asked: false },
      reminded: [],
    };
    this.promises.push(promise);
    this.wrote(said, () => {
      promise.open = false;
    });
  }

  private async rowOf(title: string): Promise<string> {
    const open = await this.talk.store
      .of(followups)
      .find({ index: 'byDay', where: { state: 'open' } });
    return open.find((row) => row.title === title)?.id ?? '';
  }

  private async move(promise: Promised, how: 'later' | 'edit', inMinutes: number): Promise<void> {
    const { at, text } = this.time(inMinutes);
    const args = { which: `#${promise.id}`, by: text };
    const said = await this.talk.invoke('tom', `followup ${how}`, args);
    const before = promise.at;
    promise.at = at;
    this.wrote(said, () => {
      promise.at = before;
    });
  }

  private async close(promise: Promised, how: 'done' | 'cancel'): Promise<void> {
    const said = await this.talk.invoke('tom', `followup ${how}`, { which: `#${promise.id}` });
    promise.open = false;
    this.wrote(said, () => {
      promise.open = true;
    });
  }

  /** Tom asks Maya, who says yes at once: from then on it is hers. */
  private async ask(promise: Promised): Promise<void> {
    if (promise.who !== 'tom' || promise.asked) return;
    const args = { which: `#${promise.id}` };
    await this.talk.invoke('tom', 'followup ask', { ...args, who: 'Maya' });
    promise.asked = true;
    this.expected.push({ to: 'maya', what: `could you take on ${promise.title}`, at: this.now });
    await this.worker.sweep();
    await this.talk.invoke('maya', 'followup accept', args);
    promise.who = 'maya';
    // A pause holds back what nobody is waiting for, and answers are such.
    if (!this.#paused) {
      this.expected.push({ to: 'tom', what: `will do it: ${promise.title}`, at: this.now });
    }
    this.foresee(this.now);
    await this.worker.sweep();
    this.#before = undefined;
  }

  private wrote(said: Awaited<ReturnType<Talk['say']>>, takeBack: () => void): void {
    expect(said.buttons).toContain('Undo');
    this.#undo = said;
    this.#wroteAt = this.now;
    this.#before = takeBack;
  }

  private async undo(): Promise<void> {
    if (!this.#before || !this.#undo) return;
    const said = await this.talk.press('tom', 'Undo', this.#undo);
    if (this.now - this.#wroteAt > A_DAY) return expect(said.text).toContain('more than a day ago');
    expect(said.text).toContain('Taken back');
    this.#before();
    this.#before = undefined;
    await this.pass(this.now);
  }
}

const sort = (owed: readonly Owed[]) => owed.map(({ to, what }) => `${to}: ${what}`).toSorted();

it('whatever is done in whatever order, what was delivered equals the model', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const talk = await newTalk();
      await talk.say('grace', 'partner add "Local Trust"');
      const worker = await newWorker(talk);
      const run = new Run(talk, worker);
      const times: number[] = [];
      worker.platform.onSend = async () => void times.push(run.now);
      for (const step of all) await run.take(step);
      await run.pass(Math.max(Date.parse(END), run.now + 3_000 * MINUTE));

      const came = worker.platform.posted.flatMap(({ address, reply }, index): Owed[] => {
        const words = reply.text.map((piece) => Object.values(piece)[0]).join('');
        const what = /(could you take on thing \d+|will do it: thing \d+|thing \d+)/.exec(
          words,
        )?.[0];
        const to = address.to === 'user' ? (address.identity.user as Who) : 'grace';
        return what ? [{ to, what, at: times[index] ?? Number.NaN }] : [];
      });
      expect(sort(came)).toEqual(sort(run.expected));
      for (const { to, what, at } of run.expected) {
        const close = came.some(
          (one) => one.to === to && one.what === what && one.at >= at && one.at - at <= LEASE,
        );
        if (!close) expect(came).toContainEqual({ to, what, at });
      }
      expect(worker.errors).toEqual([]);
      expect(talk.errors).toEqual([]);
    }),
    { numRuns: 30, seed: 20_261_118, endOnFailure: true },
  );
}, 120_000);
