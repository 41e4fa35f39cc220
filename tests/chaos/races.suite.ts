import { setTimeout as pass } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createBot } from '../../src/core/bot/bot.ts';
import { allCommands } from '../../src/core/bot/commands.ts';
import { type Followup, followups } from '../../src/core/domain/followups/followup.ts';
import { plainText } from '../../src/core/message/rich-text.ts';
import type { Bot } from '../../src/core/ports/platform.ts';
import { openStage, type Stage } from './harness.ts';
import { type Owed, oweEvenly } from './reminders.ts';
import { dice, inTurn, sized, tell } from './scale.ts';
import type { OpenSink, Sink } from './sink.ts';

const RACES = sized(1_000, 10_000);
const A_SECOND = 60;
const WORKERS = 2;
/** From how long before a reminder is due until how long after somebody changes it (ms). */
const EARLIEST = -60;
const LATEST = 200;
const AN_HOUR = 3_600_000;
const ZONE = 'Europe/London';

const changes = ['edit', 'later', 'done'] as const;
const accepted = { edit: /^Changed\./, later: /^Put off:/, done: /^Done, thank you:/ };
const GOING_OUT = /is just going out/;

/** What came of one race. */
interface Race {
  owed: Owed;
  change: (typeof changes)[number];
  /** The new time, in ms since 1970 UTC. */
  newTime: number;
  answer: string;
  /** When the answer was there. */
  at: number;
}

/** Changes against reminders that are about to fire. */
export function racesSuite(openSink: OpenSink): void {
  it(
    `${RACES} changes race against reminders: one that is accepted wins`,
    async (test) => {
      const stage = await openStage(test, openSink, inTurn(dice(20, 150, 1_000)));
      const begin = await stage.standBy(Array(WORKERS).fill(0));
      const owed = await oweEvenly(stage, { aSecond: A_SECOND, seconds: RACES / A_SECOND });
      begin();
      const races = await raceAll(stage, owed);
      await stage.until('nothing is on its way', () => isQuiet(stage), 60_000);

      const going = races.filter(({ answer }) => GOING_OUT.test(answer));
      const won = races.filter(({ answer, change }) => accepted[change].test(answer));
      const came = new Map(stage.sink.messages().map((message) => [message.delivery, message]));
      const outOfTime = won.filter((race) => (came.get(race.owed.delivery)?.at ?? 0) > race.at);
      const afterwards = won.filter((race) => came.has(race.owed.delivery));
      tell({ goingOut: going.length, won: won.length, wonAfterwards: afterwards.length });

      const others = races.filter((race) => !going.includes(race) && !won.includes(race));
      expect(others.map(({ answer }) => answer)).toEqual([]);
      expect(outOfTime).toEqual([]);
      expect(going.filter((race) => !came.has(race.owed.delivery))).toEqual([]);
      expect(stage.sink.messages()).toHaveLength(came.size);

      const rows = new Map((await allRows(stage)).map((row) => [row.id, row]));
      expect(won.filter((race) => !stands(race, rows.get(race.owed.followup)))).toEqual([]);
      // Else they did not meet, and nothing was tried.
      expect(going.length).toBeGreaterThan(RACES / 100);
      expect(won.length - afterwards.length).toBeGreaterThan(RACES / 100);
    },
    sized(120_000, 1_800_000),
  );
}

async function raceAll(stage: Stage, owed: readonly Owed[]): Promise<Race[]> {
  const { stores, clock, sink } = stage;
  const log = { info: () => {}, warn: () => {}, error: console.error };
  const bot = createBot({ stores, clock, commands: allCommands(), log, wake: () => {} });
  const offset = inTurn(dice(EARLIEST, LATEST, RACES));
  const which = inTurn(dice(0, changes.length - 1, RACES));
  return Promise.all(
    owed.map(async (one): Promise<Race> => {
      const at = one.due + offset();
      const change = changes[which()] ?? 'done';
      await pass(Math.max(0, at - Date.now()));
      return race(bot, sink, one, change);
    }),
  );
}

async function race(bot: Bot, sink: Sink, owed: Owed, change: Race['change']): Promise<Race> {
  // By the minute, as people say it.
  const newTime = Math.ceil((owed.due + AN_HOUR) / 60_000) * 60_000;
  const by = { by: new Date(newTime).toISOString() };
  const actor = sink.identity(owed.owner);
  const { platform, workspace } = actor;
  const { reply } = await bot.handle({
    command: `followup ${change}`,
    args: { which: `#${owed.followup}`, ...(change === 'done' ? {} : by) },
    actor,
    place: { platform, workspace, channel: 'direct', direct: true },
    partnership: 'chaos',
    key: `race-${owed.followup}`,
  });
  return { owed, change, newTime, answer: plainText(reply.text, ZONE), at: Date.now() };
}

/** Whether what was accepted is what stands in the end. */
function stands({ change, newTime }: Race, row: Followup | undefined): boolean {
  if (change === 'done') return row?.state === 'done' && row.nextRunAt === null;
  return row?.at?.getTime() === newTime && row.nextRunAt?.getTime() === newTime;
}

async function isQuiet(stage: Stage): Promise<boolean> {
  // What is claimed comes before the sweep when its lease ends; what was put off does not so soon. That is soon asked.
  const soon = new Date(stage.clock.now().getTime() + AN_HOUR / 2);
  if ((await stage.stores.due(followups, soon, 1)).length > 0) return false;
  const rows = await allRows(stage);
  return rows.every((row) => row.sending === null && row.claim === null);
}

async function allRows({ store }: Stage): Promise<Followup[]> {
  const rows: Followup[] = [];
  for await (const page of store.of(followups).pages({ index: 'byId' })) rows.push(...page);
  return rows;
}
