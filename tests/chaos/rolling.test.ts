import { describe, expect, it, vi } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { followups } from '../../src/core/domain/followups/followup.ts';
import { newPartner } from '../../src/core/domain/partners/new-partner.ts';
import { partners } from '../../src/core/domain/partners/partner.ts';
import { namesChanged } from '../../src/core/domain/partnerships/partnership.ts';
import { ACK_TIMEOUT_MS } from '../doubles/slack/http-delivery.ts';
import { sized } from '../fixtures/proof.ts';
import { hasRedisServer } from '../fixtures/redis.ts';
import { checkDeliveries, NO_FAULTS } from './check-deliveries.ts';
import { logFigures, percentiles } from './measure.ts';
import { scheduleReminders } from './reminders.ts';
import { startConversations } from './rolling/conversation.ts';
import { type Installation, openInstallation } from './rolling/installation.ts';

const USERS = 50;
const TALKERS = 2;
const PER_SECOND = sized(5, 20);
const DURATION_S = sized(12, 90);
const SETTLE_TIMEOUT_MS = 30_000;

describe.skipIf(!hasRedisServer)('every process is restarted, one after the other', () => {
  it('while people talk and reminders are due: every message is answered, no reminder is lost or doubled', async (test) => {
    const installation = await openInstallation(test, USERS);
    const { slack, store, balancer, messages } = installation;
    await store.of(partners).insert(newPartner('council', 'Riverside Council'));
    await namesChanged(store);
    const expected = await scheduleReminders(installation, {
      perSecond: PER_SECOND,
      seconds: DURATION_S,
    });
    const lastDue = expected.at(-1)?.due ?? 0;
    const stopConversations = startConversations(installation, TALKERS);

    let rounds = 0;
    for (; rounds === 0 || Date.now() < lastDue; rounds++) await restartAll(installation);

    const { sent, unanswered, confirmed } = await stopConversations();
    const allPosted = () =>
      new Set(messages().map(({ delivery }) => delivery)).size >= expected.length;
    await vi.waitUntil(allPosted, { timeout: SETTLE_TIMEOUT_MS, interval: 100 }).catch(() => {});
    const acks = slack.acks.map(({ ms }) => ms);
    logFigures({ rounds, sent, reminders: expected.length, ...percentiles(acks) });
    expect(balancer.failures()).toEqual([]);
    expect(unanswered).toEqual([]);
    expect(acks.filter((ms) => ms > ACK_TIMEOUT_MS)).toEqual([]);
    const titles = await titlesIn(installation);
    expect(confirmed.filter((title) => !titles.includes(title))).toEqual([]);
    expect(new Set(titles).size).toBe(titles.length);
    expect(checkDeliveries(expected, messages())).toMatchObject(NO_FAULTS);
    expect(messages()).toHaveLength(expected.length);
    expect(slack.violations).toEqual([]);
  }, 300_000);
});

/** The titles of the follow-ups that people added. */
async function titlesIn({ store }: Installation): Promise<string[]> {
  const rows = await collect(store.of(followups).all({ index: 'byId' }));
  return rows.map(({ title }) => title).filter((title) => title.startsWith('ring'));
}

/** Restarts the processes of each role one after the other, both roles at the same time. */
async function restartAll({ frontEnds, workers, balancer, slack }: Installation): Promise<void> {
  const allReady = () => balancer.ready() === frontEnds.length || undefined;
  await Promise.all(
    [frontEnds, workers].map(async (role) => {
      for (const process of role) {
        expect(await process.stop()).toBe(0);
        process.start();
        await process.ready();
        if (role === frontEnds) await slack.until('the balancer', allReady, 30_000);
      }
    }),
  );
}
