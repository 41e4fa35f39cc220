import { expect, it } from 'vitest';
import { withAccess } from '../../src/core/domain/members/identity-access.ts';
import { type Member, members, newMember } from '../../src/core/domain/members/member.ts';
import { namesChanged, partnerships } from '../../src/core/domain/partnerships/partnership.ts';
import {
  newRetentionSchedule,
  retentionSchedules,
} from '../../src/core/domain/retention/schedule.ts';
import { closeAccess } from '../../src/core/domain/standing/close-access.ts';
import {
  newStandingRound,
  nextRoundAt,
  standingRounds,
} from '../../src/core/domain/standing-rounds/standing-round.ts';
import type { Identity, Profile } from '../../src/core/message/invocation.ts';
import { type Store, type Stores, updateWithRetry } from '../../src/core/ports/store.ts';
import { ChatPlatform } from '../doubles/chat-platform.ts';
import { memberId, newTalk, profileOf, type Talk, type Who, ZONE } from '../fixtures/bot.ts';
import { newWorker } from '../fixtures/worker.ts';

const DAY_MS = 86_400_000;

/** A platform that notes when it is asked who somebody is. */
class AskedPlatform extends ChatPlatform {
  readonly asked: { user: string; at: number }[] = [];
  readonly #talk: Talk;

  constructor(talk: Talk) {
    super();
    this.#talk = talk;
  }

  override async profileOf(identity: Identity): Promise<Profile | undefined> {
    this.asked.push({ user: identity.user, at: this.#talk.clock.now().getTime() });
    return super.profileOf(identity);
  }
}

/** A partnership whose first round is still to come, and a worker. */
async function begun() {
  const talk = await newTalk();
  const first = newStandingRound(talk.id, talk.clock.now());
  await talk.store.of(standingRounds).insert(first);
  const platform = new AskedPlatform(talk);
  const worker = await newWorker(talk, platform);
  const begins = first.nextAt.getTime();
  return {
    ...worker,
    ...{ talk, platform, begins },
    untilMs: (ms: number) => worker.until(new Date(ms).toISOString()),
    told: () => worker.inbox('grace').filter((text) => text.includes('no longer')),
  };
}

async function change(talk: Talk, who: Who, to: (row: Member) => Member): Promise<void> {
  await updateWithRetry(talk.store.of(members), memberId(talk.id, who), to);
  await namesChanged(talk.store);
}

/** The row of somebody who was let in by a role. */
const admittedByRole = (row: Member): Member =>
  row.identities.reduce((now, own) => withAccess(now, own, { admittedBy: 'R1' }), row);

const WITHOUT_ROLE = { standing: 'visitor', admits: 'R1' } as const;

it('finds somebody who has left without a word, once a day, and coordinators are told once', async () => {
  const { talk, platform, begins, untilMs, told, errors } = await begun();
  platform.profiles.set('maya', profileOf('Maya', { standing: 'gone' }));
  await untilMs(begins - 60_000);
  expect((await talk.member('maya')).active).toBe(true);
  await untilMs(begins + 3 * DAY_MS + 60_000);
  expect((await talk.member('maya')).active).toBe(false);
  expect((await talk.member('tom')).active).toBe(true);
  expect(told()).toEqual([expect.stringContaining('Maya is no longer in Test')]);
  const times = (user: string) => platform.asked.filter((one) => one.user === user);
  // Nobody asks again about somebody who is out.
  expect(times('maya')).toHaveLength(1);
  expect(errors).toEqual([]);
});

it('asks slowly, everybody once, and each day at the same time', async () => {
  const { talk, platform, begins, untilMs } = await begun();
  const many = Array.from({ length: 23 }, (_, index) => `many-${index}`);
  await talk.store.of(members).insertAll(
    many.map((id) =>
      newMember({
        ...{ id, name: id, role: 'member' as const },
        identities: [{ platform: 'test', workspace: 'W', user: id }],
      }),
    ),
  );
  await namesChanged(talk.store);
  for (const day of [0, 1]) {
    platform.asked.length = 0;
    await untilMs(begins + day * DAY_MS + 60_000);
    const asked = platform.asked.filter(({ user }) => user.startsWith('many'));
    expect(asked.map(({ user }) => user).toSorted()).toEqual(many.toSorted());
    const counts = new Map<number, number>();
    for (const { at } of asked) counts.set(at, (counts.get(at) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(5);
    const instants = [...counts.keys()].toSorted((a, b) => a - b);
    for (const [index, at] of instants.entries())
      if (index > 0) expect(at - (instants[index - 1] ?? 0)).toBeGreaterThanOrEqual(2_000);
    expect(instants[0]).toBe(begins + day * DAY_MS);
  }
});

it('takes nothing from anybody while the platform does not answer', async () => {
  const { talk, platform, begins, untilMs, told } = await begun();
  for (const who of ['maya', 'tom', 'grace']) platform.profiles.set(who, undefined);
  await untilMs(begins + 60_000);
  for (const who of ['maya', 'tom', 'grace'] as const)
    expect((await talk.member(who)).active).toBe(true);
  expect(told()).toEqual([]);
});

it('never puts out the last coordinator because of a role', async () => {
  const { talk, platform, begins, untilMs } = await begun();
  await change(talk, 'maya', (row) => ({ ...row, role: 'coordinator' }));
  for (const who of ['maya', 'tom', 'grace'] as const) {
    await change(talk, who, admittedByRole);
    platform.profiles.set(who, profileOf(who, WITHOUT_ROLE));
  }
  await untilMs(begins + DAY_MS + 60_000);
  const rows = await Promise.all((['maya', 'tom', 'grace'] as const).map(talk.member));
  expect(rows.filter(({ active }) => active).map(({ role }) => role)).toEqual(['coordinator']);
});

it('two processes that find two coordinators at the same moment leave one of them', async () => {
  const talk = await newTalk();
  await change(talk, 'maya', (row) => ({ ...row, role: 'coordinator' }));
  const partnership = await talk.store.of(partnerships).get(talk.id);
  if (!partnership) throw new Error('There is no partnership.');
  const close = async (who: Who, stores: Stores) => {
    const row = await talk.member(who);
    const [identity] = row.identities;
    if (!identity) throw new Error('They are nowhere.');
    const deps = { stores, partnership, now: talk.clock.now(), wake: () => {} };
    await closeAccess(identity, 'role', row, deps);
  };
  const afterReading = afterReadingMembers(talk.stores, () => close('maya', talk.stores));
  await Promise.all([close('grace', afterReading), close('maya', talk.stores)]);
  const rows = await Promise.all((['maya', 'grace'] as const).map(talk.member));
  expect(rows.filter(({ active }) => active)).toHaveLength(1);
});

/** The stores, where something happens each time after all members have been read. */
function afterReadingMembers(stores: Stores, happens: () => Promise<void>): Stores {
  return {
    ...stores,
    forPartnership(id) {
      const store = stores.forPartnership(id);
      const of: Store['of'] = (declaration) => {
        const rows = store.of(declaration);
        if (declaration.name !== members.name) return rows;
        return {
          ...rows,
          async *all(query, pageSize) {
            yield* rows.all(query, pageSize);
            await happens();
          },
        };
      };
      return { ...store, of };
    },
  };
}

it('when two processes find the same loss, coordinators hear of it once', async () => {
  const { talk, begins, untilMs, told } = await begun();
  const partnership = await talk.store.of(partnerships).get(talk.id);
  if (!partnership) throw new Error('There is no partnership.');
  const { stores, clock } = talk;
  const row = await talk.member('maya');
  const [identity] = row.identities;
  if (!identity) throw new Error('She is nowhere.');
  const close = (ms: number) => {
    const now = new Date(clock.now().getTime() + ms);
    return closeAccess(identity, 'gone', row, { stores, partnership, now, wake: () => {} });
  };
  await Promise.all([close(0), close(1_500)]);
  await close(3_000);
  await untilMs(begins + 60_000);
  expect(told()).toHaveLength(1);
});

it('a partnership of before gets its round in the next night, and partnerships take turns', async () => {
  const talk = await newTalk();
  const nights = newRetentionSchedule({ id: talk.id, zone: ZONE }, talk.clock.now());
  await talk.store.of(retentionSchedules).insert(nights);
  const platform = new AskedPlatform(talk);
  platform.profiles.set('maya', profileOf('Maya', { standing: 'gone' }));
  const worker = await newWorker(talk, platform);
  await worker.until('2026-11-20T03:10:00Z');
  expect((await talk.member('maya')).active).toBe(false);

  const now = new Date('2026-11-18T10:00:00Z');
  const hours = Array.from({ length: 1_000 }, (_, index) =>
    nextRoundAt(`partnership-${index}`, now).getUTCHours(),
  );
  const perHour = Array.from({ length: 24 }, (_, hour) => hours.filter((one) => one === hour));
  for (const some of perHour) expect(some.length).toBeGreaterThan(15);
});
