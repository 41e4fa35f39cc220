import { deliveryId } from '../../src/core/features/deliveries/owe.ts';
import { newFollowup } from '../../src/core/features/followups/rules.ts';
import { type Followup, followups } from '../../src/core/features/followups/store.ts';
import { newMember } from '../../src/core/features/members/add.ts';
import { members } from '../../src/core/features/members/store.ts';
import { partnerships } from '../../src/core/features/settings/store.ts';
import type { Store } from '../../src/core/store.ts';
import { remind } from '../../src/jobs/remind.ts';
import type { Arrived, Sink } from './sink.ts';
import type { Stage } from './stage.ts';

/** People enough that nobody's channel is busy. */
const PEOPLE = 50;
const BATCH = 500;
/** A worker's process takes about so long to start. */
const STARTING_MS = 3_000;

/** A reminder that is owed. */
export interface Owed {
  followup: string;
  delivery: string;
  /** Ms since 1970 UTC. */
  due: number;
  owner: number;
}

/** Writes a partnership whose people are on the sink's platform and get nothing but reminders. */
export async function seedPeople(store: Store, sink: Sink): Promise<void> {
  await store.of(partnerships).insert({
    id: store.partnership,
    name: 'Big Local Riverside',
    zone: 'Europe/London',
    workingDays: [1, 2, 3, 4, 5],
    calendar: 'england-and-wales',
    quietHours: null,
    weeklyCap: null,
    every: 'P6W',
    everyRules: [],
    namesVersion: 0,
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

/** Writes follow-ups with clock times (ms since 1970 UTC). @returns the reminders owed for them. */
export async function owe(store: Store, dues: readonly number[]): Promise<Owed[]> {
  const rows = dues.map((due, index) => reminderRow(index, new Date(due)));
  for (let start = 0; start < rows.length; start += BATCH) {
    await store.of(followups).insertAll(rows.slice(start, start + BATCH));
  }
  return rows.map((row, index) => ({
    followup: row.id,
    delivery: deliveryId(store.partnership, {
      kind: remind.name,
      subject: row.id,
      occurrence: remind.occurrence({ ...row, version: 1 }),
      recipient: row.who ?? '',
    }),
    due: dues[index] ?? 0,
    owner: index % PEOPLE,
  }));
}

/** Reminders due one after the other, from when workers that are started now are at work. */
export function oweEvenly(
  { store, clock }: Pick<Stage, 'store' | 'clock'>,
  { aSecond, seconds }: { aSecond: number; seconds: number },
): Promise<Owed[]> {
  const start = clock.now().getTime() + STARTING_MS;
  const due = (_: unknown, index: number) => Math.floor(start + (index * 1_000) / aSecond);
  return owe(store, Array.from({ length: Math.round(aSecond * seconds) }, due));
}

function reminderRow(index: number, at: Date): Omit<Followup, 'version'> {
  const who = `member-${index % PEOPLE}`;
  const facts = {
    id: `followup-${index}`,
    title: `thing ${index}`,
    partner: null,
    interaction: null,
    ours: true,
    createdBy: who,
    createdAt: at,
    ...{ who, asked: null, askedBy: null },
  };
  return newFollowup(facts, { day: at.toISOString().slice(0, 10), at });
}

/** What people would complain of, and what they were warned of. */
export interface Verdict {
  /** Reminders that never came. */
  lost: string[];
  /** Reminders that came again without a word that this may be a repeat. */
  doubled: string[];
  /** Messages that nobody owed. */
  strays: string[];
  /** How many messages say that they may be a repeat. */
  marked: number;
}

export const FAULTLESS = { lost: [], doubled: [], strays: [] };

/** Compares what is owed with what stands on the platform. */
export function judge(owed: readonly Owed[], arrived: readonly Arrived[]): Verdict {
  const came = new Set<string>();
  const again = new Set<string>();
  for (const message of arrived) {
    if (came.has(message.delivery) && !isMarked(message)) again.add(message.delivery);
    came.add(message.delivery);
  }
  const wanted = new Set(owed.map(({ delivery }) => delivery));
  const named = (which: (delivery: string) => boolean) =>
    owed.filter(({ delivery }) => which(delivery)).map(({ followup }) => followup);
  return {
    lost: named((delivery) => !came.has(delivery)),
    doubled: named((delivery) => again.has(delivery)),
    strays: arrived.filter(({ delivery }) => !wanted.has(delivery)).map(({ text }) => text),
    marked: arrived.filter(isMarked).length,
  };
}

const isMarked = ({ text }: Arrived) => text.includes('This may be a repeat.');

/**
 * How long after its due time each reminder first came (ms; early is negative).
 * @param since an instant before which nothing could have come: what was due by then counts from there.
 */
export function lateness(
  owed: readonly Owed[],
  arrived: readonly Arrived[],
  since = Number.NEGATIVE_INFINITY,
): number[] {
  const first = new Map(arrived.toReversed().map(({ delivery, at }) => [delivery, at]));
  return owed.map(
    ({ delivery, due }) => (first.get(delivery) ?? Number.POSITIVE_INFINITY) - Math.max(due, since),
  );
}
