import { expect, it } from 'vitest';
import {
  samplePartnership,
  seedContacts,
  seedRows,
} from '../../../src/adapters/playground/sample-partnership.ts';
import { collect } from '../../../src/core/async/collect.ts';
import type { LogFields } from '../../../src/core/base/log.ts';
import { createBot } from '../../../src/core/bot/bot.ts';
import { allCommands } from '../../../src/core/bot/commands.ts';
import { dayOf } from '../../../src/core/dates/day.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { digests } from '../../../src/core/domain/digests/digest.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { members } from '../../../src/core/domain/members/member.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { startHarness } from './harness.ts';

it('fills itself once with real organisations, by what its members type', async () => {
  const { stores } = await startHarness();
  const errors: LogFields[] = [];
  const note = (fields: LogFields) => void errors.push(fields);
  const now = new Date('2026-11-18T10:00:00Z');
  const bot = createBot({
    stores,
    clock: { now: () => now },
    commands: allCommands(),
    log: { info: () => {}, warn: note, error: note },
    wake: () => {},
  });
  const store = stores.forPartnership(samplePartnership.id);
  const everything = async () => ({
    partners: await collect(store.of(partners).all({ index: 'byId' })),
    interactions: await collect(store.of(contacts).all({ index: 'byId' })),
    followups: await collect(store.of(followups).all({ index: 'byId' })),
    digests: await collect(store.of(digests).all({ index: 'byId' })),
    members: await collect(store.of(members).all({ index: 'byId' })),
  });

  await seedRows(stores, now);
  await seedContacts(bot);
  expect(errors).toEqual([]);
  const sown = await everything();
  expect(sown.partners).toHaveLength(8);
  for (const { name, level, sector, kinds, lead, every, lastTwoWay } of sown.partners) {
    const known = [level, sector, kinds[0], lead, every, lastTwoWay];
    expect(known, name).not.toContain(null);
    expect(known, name).not.toContain(undefined);
  }
  const quiet = sown.partners.filter(({ quietOn }) => quietOn && quietOn <= dayOf(now, 'UTC'));
  expect(quiet.map(({ name }) => name)).toEqual(['Withernsea High School']);
  expect(sown.interactions).toHaveLength(8);
  expect(sown.followups.map(({ who }) => who).sort()).toEqual(['grace', 'maya', 'tom']);
  expect(sown.digests).toMatchObject([{ channel: { channel: 'partners' }, weekday: 1 }]);
  expect(sown.members.every(({ briefDay }) => briefDay !== null)).toBe(true);

  await seedRows(stores, now);
  await seedContacts(bot);
  expect(await everything()).toEqual(sown);
});
