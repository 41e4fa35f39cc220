import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { createBot } from '../../src/core/bot/bot.ts';
import { allCommands } from '../../src/core/bot/commands.ts';
import { type Followup, followups } from '../../src/core/domain/followups/followup.ts';
import { plainText } from '../../src/core/message/rich-text.ts';
import type { Bot } from '../../src/core/ports/platform.ts';
import { sized } from '../fixtures/proof.ts';
import { type Harness, openHarness } from './harness.ts';
import { logFigures } from './measure.ts';
import { cycle, randomIntegers } from './random.ts';
import { type ExpectedReminder, memberName, scheduleReminders } from './reminders.ts';
import type { OpenTestPlatform, TestPlatform } from './test-platform.ts';

const RACES = sized(300, 10_000);
/** So few that the store double keeps up: otherwise changes wait in line until all reminders are out. */
const PER_SECOND = 30;
const WORKERS = 2;
/** When somebody changes the follow-up, relative to the due time of its reminder (ms). */
const MIN_OFFSET_MS = -60;
const MAX_OFFSET_MS = 200;
const HOUR_MS = 3_600_000;
const ZONE = 'Europe/London';

const changes = ['edit', 'later', 'done'] as const;
const ACCEPTED = { edit: /^Changed\./, later: /^Put off:/, done: /^Done, thank you:/ };
const BEING_SENT = /is being sent right now/;

/** One change, and its result. */
interface Race {
  reminder: ExpectedReminder;
  change: (typeof changes)[number];
  /** The new time, in ms since 1970 UTC. */
  newTime: number;
  answer: string;
  /** When the answer came (ms since 1970 UTC). */
  answeredAt: number;
}

/** Changes to follow-ups whose reminders are about to be sent. */
export function racesSuite(openPlatform: OpenTestPlatform): void {
  it(
    `${RACES} changes race against reminders: an accepted change wins`,
    async (test) => {
      const latencyMs = cycle(randomIntegers(20, 150, 1_000));
      const harness = await openHarness(test, openPlatform, latencyMs);
      const begin = await harness.prepareWorkers(Array(WORKERS).fill(0));
      const rate = { perSecond: PER_SECOND, seconds: RACES / PER_SECOND };
      const reminders = await scheduleReminders(harness, rate);
      begin();
      const { races, waits } = await raceAll(harness, reminders);
      await harness.waitFor('nothing is being sent', () => isIdle(harness), 60_000);

      const messages = harness.platform.messages();
      const posted = new Map(messages.map((message) => [message.delivery, message]));
      const isPosted = ({ reminder }: Race) => posted.has(reminder.delivery);
      const refused = races.filter(({ answer }) => BEING_SENT.test(answer));
      const accepted = races.filter(({ answer, change }) => ACCEPTED[change].test(answer));
      const postedBefore = accepted.filter(isPosted);
      const postedAfter = accepted.filter(
        ({ reminder, answeredAt }) => (posted.get(reminder.delivery)?.at ?? 0) > answeredAt,
      );
      logFigures({
        refused: refused.length,
        waits,
        accepted: accepted.length,
        postedBefore: postedBefore.length,
      });

      const others = races.filter((race) => !refused.includes(race) && !accepted.includes(race));
      expect(others.map(({ answer }) => answer)).toEqual([]);
      expect(postedAfter).toEqual([]);
      expect(refused.filter((race) => !isPosted(race))).toEqual([]);
      expect(messages).toHaveLength(posted.size);

      const rows = new Map((await allRows(harness)).map((row) => [row.id, row]));
      const isKept = (race: Race) => hasChange(race, rows.get(race.reminder.followup));
      expect(accepted.filter((race) => !isKept(race))).toEqual([]);
      // With fewer, changes and reminders did not meet, and the test proves nothing.
      expect(waits).toBeGreaterThan(RACES / 100);
      expect(accepted.length - postedBefore.length).toBeGreaterThan(RACES / 100);
    },
    sized(120_000, 1_800_000),
  );
}

/** @returns waits: how often a change waited because a message was being sent. */
async function raceAll(
  harness: Harness,
  reminders: readonly ExpectedReminder[],
): Promise<{ races: Race[]; waits: number }> {
  const { stores, clock, platform } = harness;
  const log = { info: () => {}, warn: () => {}, error: console.error };
  let waits = 0;
  const pause = (ms: number) => {
    waits++;
    return sleep(ms);
  };
  const bot = createBot({ stores, clock, commands: allCommands(), log, wake: () => {}, pause });
  const nextOffset = cycle(randomIntegers(MIN_OFFSET_MS, MAX_OFFSET_MS, RACES));
  const nextChange = cycle(randomIntegers(0, changes.length - 1, RACES));
  const races = await Promise.all(
    reminders.map(async (reminder): Promise<Race> => {
      const at = reminder.due + nextOffset();
      const change = changes[nextChange()] ?? 'done';
      await sleep(Math.max(0, at - Date.now()));
      return race(bot, platform, reminder, change);
    }),
  );
  return { races, waits };
}

async function race(
  bot: Bot,
  testPlatform: TestPlatform,
  reminder: ExpectedReminder,
  change: Race['change'],
): Promise<Race> {
  // To the minute, as people type it.
  const newTime = Math.ceil((reminder.due + HOUR_MS) / 60_000) * 60_000;
  const by = { by: new Date(newTime).toISOString() };
  const actor = testPlatform.identity(reminder.owner);
  const { platform, workspace } = actor;
  const { reply } = await bot.handle({
    command: `followup ${change}`,
    args: { which: `#${reminder.followup}`, ...(change === 'done' ? {} : by) },
    actor,
    place: { platform, workspace, channel: 'direct', direct: true },
    profiles: { [actor.user]: { name: memberName(reminder.owner), zone: null, standing: 'full' } },
    partnership: 'chaos',
    key: `race-${reminder.followup}`,
  });
  const answer = plainText(reply.text, ZONE);
  return { reminder, change, newTime, answer, answeredAt: Date.now() };
}

/** Whether the row has the accepted change. */
function hasChange({ change, newTime }: Race, row: Followup | undefined): boolean {
  if (change === 'done') return row?.state === 'done' && row.nextRunAt === null;
  return row?.at?.getTime() === newTime && row.nextRunAt?.getTime() === newTime;
}

async function isIdle(harness: Harness): Promise<boolean> {
  // Asked often, so the cheap question first: claimed rows are due soon, rows that were put off are not.
  const soon = new Date(harness.clock.now().getTime() + HOUR_MS / 2);
  if ((await harness.stores.due(followups, soon, 1)).length > 0) return false;
  const rows = await allRows(harness);
  return rows.every((row) => row.sending === null && row.claim === null);
}

function allRows({ store }: Harness): Promise<Followup[]> {
  return collect(store.of(followups).all({ index: 'byId' }));
}
