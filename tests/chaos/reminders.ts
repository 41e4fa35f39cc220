import type { Clock } from '../../src/core/base/clock.ts';
import { deliveryId } from '../../src/core/domain/deliveries/enqueue-notice.ts';
import { type Followup, followups } from '../../src/core/domain/followups/followup.ts';
import { newFollowup } from '../../src/core/domain/followups/rules.ts';
import { members } from '../../src/core/domain/members/member.ts';
import { newMember } from '../../src/core/domain/members/new-member.ts';
import { newPartnership } from '../../src/core/domain/partnerships/new-partnership.ts';
import { partnerships } from '../../src/core/domain/partnerships/partnership.ts';
import type { Store } from '../../src/core/ports/store.ts';
import { remind } from '../../src/jobs/remind.ts';
import type { Sink } from './sink.ts';

/** People enough that nobody's channel is busy. */
const PEOPLE = 50;
const BATCH = 500;
/** So long before the first is due all are written, and the first sweep is done. */
const AHEAD_MS = 2_000;

/** A reminder that is owed. */
export interface Owed {
  followup: string;
  /** As the sink names it. */
  delivery: string;
  /** Ms since 1970 UTC. */
  due: number;
  /** Whose it is, by number. */
  owner: number;
}

/** Writes a partnership whose people are on the sink's platform and get nothing but reminders. */
export async function seedPeople(store: Store, sink: Pick<Sink, 'identity'>): Promise<void> {
  await store.of(partnerships).insert({
    ...newPartnership(
      { id: store.partnership, name: 'Big Local Riverside', zone: 'Europe/London' },
      new Date(0),
    ),
    every: 'P6W',
    setUpOffer: null,
  });
  const rows = Array.from({ length: PEOPLE }, (_, index) => ({
    ...newMember({
      id: `member-${index}`,
      name: `Member ${index}`,
      role: 'worker',
      identities: [sink.identity(index)],
    }),
    rhythm: 'off' as const,
  }));
  await store.of(members).insertAll(rows);
}

/** Writes follow-ups due one after the other, the first one soon. */
export async function oweEvenly(
  { store, clock, sink }: { store: Store; clock: Clock } & { sink?: Pick<Sink, 'named'> },
  { aSecond, seconds }: { aSecond: number; seconds: number },
): Promise<Owed[]> {
  const start = clock.now().getTime() + AHEAD_MS;
  const rows = Array.from({ length: Math.round(aSecond * seconds) }, (_, index) =>
    reminderRow(index, new Date(start + (index * 1_000) / aSecond)),
  );
  for (let from = 0; from < rows.length; from += BATCH) {
    await store.of(followups).insertAll(rows.slice(from, from + BATCH));
  }
  return rows.map((row, index) => {
    const delivery = deliveryId(store.partnership, {
      kind: remind.name,
      subject: row.id,
      occurrence: remind.occurrence({ ...row, version: 1 }),
      recipient: row.who ?? '',
    });
    return {
      followup: row.id,
      delivery: sink?.named?.(delivery) ?? delivery,
      due: row.at?.getTime() ?? 0,
      owner: index % PEOPLE,
    };
  });
}

function reminderRow(index: number, at: Date): Omit<Followup, 'version'> {
  const who = `member-${index % PEOPLE}`;
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
