import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect, type TestContext } from 'vitest';
import { sized } from '../fixtures/proof.ts';
import { checkDeliveries, latenessOf, NO_FAULTS } from './check-deliveries.ts';
import { type Harness, openHarness } from './harness.ts';
import { logFigures, percentiles } from './measure.ts';
import { cycle, randomIntegers } from './random.ts';
import { type ExpectedReminder, scheduleReminders } from './reminders.ts';
import { itConcurrently } from './short-form.ts';
import type { OpenTestPlatform } from './test-platform.ts';

const WORKERS = 2;
const PER_SECOND = sized(12, 30);
/** How long the part is down. In both forms longer than a lease. */
const OUTAGE_MS = sized(3_000, 15_000);
/** For how long reminders are due before the outage, and after it. */
const BEFORE_S = sized(1, 3);
const AFTER_S = sized(3, 15);
/** How soon after the outage the first reminder has to be posted. */
const RESUME_MS = 5_000;
/** On a busy machine the reminders that waited take about as long as the outage. */
const CATCH_UP_MS = OUTAGE_MS;
const TIMEOUT_MS = 240_000;

/** Parts that break while reminders are sent: each reminder is posted once, soon, without anybody's help. */
export function outagesSuite(openPlatform: OpenTestPlatform): void {
  itConcurrently(
    'Redis loses all its data: all pending reminders are posted within two leases',
    async (test) => {
      const { harness, expected } = await startSending(test, openPlatform, 0);
      const redis = new Redis(harness.redis.url);
      await redis.flushall();
      redis.disconnect();
      await expectAllPosted(harness, expected, Date.now(), 0);
    },
    TIMEOUT_MS,
  );

  itConcurrently(
    `Redis is down for ${OUTAGE_MS / 1_000} s: sending resumes by itself within 5 s`,
    async (test) => {
      const { harness, expected } = await startSending(test, openPlatform, OUTAGE_MS);
      await harness.redis.kill();
      await sleep(OUTAGE_MS);
      await harness.redis.start();
      await expectResumed(harness, expected);
    },
    TIMEOUT_MS,
  );

  itConcurrently(
    `the store is killed, and started after ${OUTAGE_MS / 1_000} s: sending resumes by itself within 5 s`,
    async (test) => {
      const { harness, expected } = await startSending(test, openPlatform, OUTAGE_MS);
      await harness.storeProcess.kill();
      await sleep(OUTAGE_MS);
      await harness.storeProcess.start();
      await expectResumed(harness, expected);
    },
    TIMEOUT_MS,
  );
}

/** Starts workers, and waits until some reminders are posted. */
async function startSending(
  test: TestContext,
  openPlatform: OpenTestPlatform,
  outageMs: number,
): Promise<{ harness: Harness; expected: ExpectedReminder[] }> {
  const harness = await openHarness(test, openPlatform, cycle(randomIntegers(0, 100, 1_000)));
  const seconds = BEFORE_S + outageMs / 1_000 + AFTER_S;
  const begin = await harness.prepareWorkers(Array(WORKERS).fill(0));
  const expected = await scheduleReminders(harness, { perSecond: PER_SECOND, seconds });
  begin();
  const somePosted = () => harness.deliveredCount() >= BEFORE_S * PER_SECOND;
  await harness.waitFor('some reminders are posted', somePosted, 30_000);
  return { harness, expected };
}

async function expectResumed(
  harness: Harness,
  expected: readonly ExpectedReminder[],
): Promise<void> {
  const restored = Date.now();
  const isPosted = () => harness.platform.messages().some(({ at }) => at >= restored);
  await harness.waitFor('the first after the outage', isPosted, RESUME_MS * harness.slowness());
  logFigures({ resumedAfter: Date.now() - restored });
  await expectAllPosted(harness, expected, restored, CATCH_UP_MS);
}

/**
 * Expects every reminder to be posted once, and within two leases (its claim may have to end first) after its due time
 * or after `since`, whichever is later. @param extraMs how much later it may be.
 */
async function expectAllPosted(
  harness: Harness,
  expected: readonly ExpectedReminder[],
  since: number,
  extraMs: number,
): Promise<void> {
  const allPosted = () => harness.deliveredCount() >= expected.length;
  await harness.waitFor('all reminders are posted', allPosted, 120_000);
  const posted = harness.platform.messages();
  expect(checkDeliveries(expected, posted)).toMatchObject(NO_FAULTS);
  expect(posted).toHaveLength(expected.length);
  const lateness = percentiles(latenessOf(expected, posted, since));
  logFigures({ reminders: expected.length, ...lateness });
  const maxMs = 2 * harness.timings().leaseMs + extraMs;
  expect(lateness.max).toBeLessThan(maxMs * harness.slowness());
}
