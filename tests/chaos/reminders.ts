import type { Clock } from '../../src/core/base/clock.ts';
import { deliveryId } from '../../src/core/domain/deliveries/delivery.ts';
import { type Followup, followups } from '../../src/core/domain/followups/followup.ts';
import { newFollowup } from '../../src/core/domain/followups/rules.ts';
import { members, newMember } from '../../src/core/domain/members/member.ts';
import { newPartnership, partnerships } from '../../src/core/domain/partnerships/partnership.ts';
import type { Store } from '../../src/core/ports/store.ts';
import { reminderHandler } from '../../src/jobs/reminder.ts';
import type { TestPlatform } from './test-platform.ts';

/** Enough members that no direct channel gets two messages at once. */
const MEMBER_COUNT = 50;
const BATCH_SIZE = 500;
/** How long before the first is due: all are written by then, and the first sweep is done. */
const LEAD_TIME_MS = 2_000;

/** The name of a member, in their row and on the platform. */
export const memberName = (index: number): string => `Member ${index}`;

/** A reminder that has to be posted. */
export interface ExpectedReminder {
  followup: string;
  /** By the id that the platform keeps of it. */
  delivery: string;
  /** Ms since 1970 UTC. */
  due: number;
  /** The member it is for, by number. */
  owner: number;
}

/** Inserts a partnership whose members are on the platform and get nothing but reminders. */
export async function seedMembers(
  store: Store,
  platform: Pick<TestPlatform, 'identity'>,
): Promise<void> {
  await store.of(partnerships).insert({
    ...newPartnership(
      { id: store.partnership, name: 'Big Local Riverside', zone: 'Europe/London' },
      new Date(0),
    ),
    every: 'P6W',
    setUpOffer: null,
  });
  const rows = Array.from({ length: MEMBER_COUNT }, (_, index) => ({
    ...newMember({
      id: `member-${index}`,
      name: memberName(index),
      role: 'worker',
      identities: [platform.identity(index)],
    }),
    rhythm: 'off' as const,
    access: [{ ...platform.identity(index), admittedBy: 'workspace', lost: null }],
  }));
  await store.of(members).insertAll(rows);
}

/** Inserts follow-ups that are due one after the other at an even rate, the first one soon. */
export async function scheduleReminders(
  {
    store,
    clock,
    platform,
  }: { store: Store; clock: Clock; platform?: Pick<TestPlatform, 'shortIdOf'> },
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<ExpectedReminder[]> {
  const start = clock.now().getTime() + LEAD_TIME_MS;
  const rows = Array.from({ length: Math.round(perSecond * seconds) }, (_, index) =>
    reminderRow(index, new Date(start + (index * 1_000) / perSecond)),
  );
  for (let from = 0; from < rows.length; from += BATCH_SIZE) {
    await store.of(followups).insertAll(rows.slice(from, from + BATCH_SIZE));
  }
  return rows.map((row, index) => {
    const delivery = deliveryId(store.partnership, {
      kind: reminderHandler.name,
      subject: row.id,
      occurrence: reminderHandler.occurrence({ ...row, version: 1 }),
      recipient: row.who ?? '',
    });
    return {
      followup: row.id,
      delivery: platform?.shortIdOf?.(delivery) ?? delivery,
      due: row.at?.getTime() ?? 0,
      owner: index % MEMBER_COUNT,
    };
  });
}

function reminderRow(index: number, at: Date): Omit<Followup, 'version'> {
  const who = `member-${index % MEMBER_COUNT}`;
  const facts = {
    id: `followup-${index}`,
    title: `thing ${index}`,
    partner: null,
    contact: null,
    ours: true,
    createdBy: who,
    createdAt: at,
    ...{ who, asked: null, askedBy: null },
  };
  return newFollowup(facts, { day: at.toISOString().slice(0, 10), at });
}
