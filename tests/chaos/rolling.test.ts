import { describe, expect, it, vi } from 'vitest';
import { followups } from '../../src/core/domain/followups/followup.ts';
import { newPartner } from '../../src/core/domain/partners/add.ts';
import { partners } from '../../src/core/domain/partners/partner.ts';
import { namesChanged } from '../../src/core/domain/partnerships/names-version.ts';
import { MOST_MS } from '../doubles/slack/http-delivery.ts';
import { hasRedisServer } from '../fixtures/redis.ts';
import { oweEvenly } from './reminders.ts';
import { talkative } from './rolling/conversation.ts';
import { type Installation, openInstallation } from './rolling/installation.ts';
import { sized, spread, tell } from './scale.ts';
import { FAULTLESS, judge } from './verdict.ts';

const PEOPLE = 50;
const TALKERS = 2;
const A_SECOND = sized(5, 20);
const LASTING_S = sized(12, 90);
const SETTLING_MS = 30_000;

describe.skipIf(!hasRedisServer)(
  'every process stopped and started again, one after the other',
  () => {
    it(
      'while people talk and reminders come due: nothing goes unanswered, nothing is lost or doubled',
      async (test) => {
        const installation = await openInstallation(test, PEOPLE);
        const { slack, store, balancer, messages } = installation;
        await store.of(partners).insert(newPartner('council', 'Riverside Council'));
        await namesChanged(store);
        const owed = await oweEvenly(installation, { aSecond: A_SECOND, seconds: LASTING_S });
        const last = owed.at(-1)?.due ?? 0;
        const hush = talkative(installation, TALKERS);

        let rounds = 0;
        for (; rounds === 0 || Date.now() < last; rounds++) await restartAll(installation);

        const { said, unanswered, kept } = await hush();
        const came = () => new Set(messages().map(({ delivery }) => delivery)).size >= owed.length;
        await vi.waitUntil(came, { timeout: SETTLING_MS, interval: 100 }).catch(() => {});
        const acks = slack.acks.map(({ ms }) => ms);
        tell({ rounds, said, reminders: owed.length, ...spread(acks) });
        expect(balancer.failures()).toEqual([]);
        expect(unanswered).toEqual([]);
        expect(acks.filter((ms) => ms > MOST_MS)).toEqual([]);
        const standing = await titlesIn(installation);
        expect(kept.filter((title) => !standing.includes(title))).toEqual([]);
        expect(new Set(standing).size).toBe(standing.length);
        expect(judge(owed, messages())).toMatchObject(FAULTLESS);
        expect(messages()).toHaveLength(owed.length);
        expect(slack.violations).toEqual([]);
      },
      sized(90_000, 300_000),
    );
  },
);

/** What has been promised, reminders apart. */
async function titlesIn({ store }: Installation): Promise<string[]> {
  const titles: string[] = [];
  for await (const page of store.of(followups).pages({ index: 'byId' })) {
    titles.push(...page.map(({ title }) => title).filter((title) => title.startsWith('ring')));
  }
  return titles;
}

/** The processes of each role one after the other; both roles at the same time. */
async function restartAll({ doors, workers, balancer, slack }: Installation): Promise<void> {
  const seen = () => balancer.ready() === doors.length || undefined;
  await Promise.all(
    [doors, workers].map(async (role) => {
      for (const one of role) {
        expect(await one.stop()).toBe(0);
        one.start();
        await one.ready();
        if (role === doors) await slack.until('the balancer', seen, 30_000);
      }
    }),
  );
}
