import { setTimeout as pass } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect, type TestContext } from 'vitest';
import { openStage, type Stage } from './harness.ts';
import { type Owed, oweEvenly } from './reminders.ts';
import { dice, inTurn, sized, spread, tell, waiting } from './scale.ts';
import type { OpenSink } from './sink.ts';
import { FAULTLESS, judge, lateness } from './verdict.ts';

const WORKERS = 2;
const A_SECOND = sized(10, 30);
/** How long the part that breaks is away. */
const AWAY_MS = sized(4_000, 15_000);
/** How long before it breaks, and after it is back, reminders come due. */
const BEFORE_S = sized(1, 3);
const AFTER_S = sized(3, 15);
/** The first reminder comes this soon after the part is back. */
const RESUMED_MS = 5_000;
/** Each comes this soon after it is due, or after the part is back: its claim may have to end first … */
const ALL_MS = 10_000;
/** … and, on a busy machine, what has waited is worked off in about as long as it was held up. */
const CATCHING_UP_MS = AWAY_MS;
const TIMEOUT = sized(60_000, 200_000);

/** Parts that break while reminders go out: everything comes, once, by itself, soon. */
export function outagesSuite(openSink: OpenSink): void {
  waiting(
    'Redis forgets everything: what was pending comes within 10 s',
    async (test) => {
      const { stage, owed } = await midway(test, openSink, 0);
      const redis = new Redis(stage.redis.url);
      await redis.flushall();
      redis.disconnect();
      await allCame(stage, owed, Date.now(), ALL_MS);
    },
    TIMEOUT,
  );

  waiting(
    `Redis stops for ${AWAY_MS / 1_000} s: what is due resumes by itself within 5 s`,
    async (test) => {
      const { stage, owed } = await midway(test, openSink, AWAY_MS);
      await stage.redis.kill();
      await pass(AWAY_MS);
      await stage.redis.start();
      await resumes(stage, owed);
    },
    TIMEOUT,
  );

  waiting(
    `the store is killed, and started after ${AWAY_MS / 1_000} s: the same`,
    async (test) => {
      const { stage, owed } = await midway(test, openSink, AWAY_MS);
      await stage.storeProcess.kill();
      await pass(AWAY_MS);
      await stage.storeProcess.start();
      await resumes(stage, owed);
    },
    TIMEOUT,
  );
}

/** A stage on which reminders have begun to come. */
async function midway(
  test: TestContext,
  openSink: OpenSink,
  away: number,
): Promise<{ stage: Stage; owed: Owed[] }> {
  const stage = await openStage(test, openSink, inTurn(dice(0, 100, 1_000)));
  const seconds = BEFORE_S + away / 1_000 + AFTER_S;
  const begin = await stage.standBy(Array(WORKERS).fill(0));
  const owed = await oweEvenly(stage, { aSecond: A_SECOND, seconds });
  begin();
  const some = BEFORE_S * A_SECOND;
  await stage.until('some came', () => stage.came() >= some, 30_000);
  return { stage, owed };
}

async function resumes(stage: Stage, owed: readonly Owed[]): Promise<void> {
  const back = Date.now();
  const since = () => stage.sink.messages().some(({ at }) => at >= back);
  await stage.until('the first after the outage', since, RESUMED_MS * stage.slowness());
  tell({ resumed: Date.now() - back });
  await allCame(stage, owed, back, ALL_MS + CATCHING_UP_MS);
}

/** Everything comes, once, and within `most` ms after it is due or after an instant. */
async function allCame(
  stage: Stage,
  owed: readonly Owed[],
  instant: number,
  most: number,
): Promise<void> {
  await stage.until('all came', () => stage.came() >= owed.length, 120_000);
  const arrived = stage.sink.messages();
  expect(judge(owed, arrived)).toMatchObject(FAULTLESS);
  expect(arrived).toHaveLength(owed.length);
  const late = spread(lateness(owed, arrived, instant));
  tell({ reminders: owed.length, ...late });
  expect(late.most).toBeLessThan(most * stage.slowness());
}
