import { describe, expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { contacts } from '../../src/core/domain/contacts/contact.ts';
import { followups } from '../../src/core/domain/followups/followup.ts';
import { identities } from '../../src/core/domain/identities/identity.ts';
import { keptArgs } from '../../src/core/domain/kept-args/kept-args.ts';
import { members, newMember } from '../../src/core/domain/members/member.ts';
import { READ_BY_EVERYBODY } from '../../src/core/domain/members/visibility.ts';
import { newPartner } from '../../src/core/domain/partners/new-partner.ts';
import { partners } from '../../src/core/domain/partners/partner.ts';
import { partnerships } from '../../src/core/domain/partnerships/partnership.ts';
import { activities, wasActiveSince } from '../../src/core/domain/receipts/activity.ts';
import { receipts } from '../../src/core/domain/receipts/receipt.ts';
import { noteRetentions } from '../../src/core/domain/retention/note-retention.ts';
import {
  newRetentionSchedule,
  retentionScheduleId,
  retentionSchedules,
} from '../../src/core/domain/retention/schedule.ts';
import { buttonsOf } from '../../src/core/message/reply.ts';
import type { Declaration, Row, Stores } from '../../src/core/ports/store.ts';
import { BATCH_SIZE } from '../../src/jobs/retention/step.ts';
import { memberId, newTalk, newWorkspace, profileOf, type Talk, ZONE } from '../fixtures/bot.ts';
import { failAfterWrites } from '../fixtures/fail-after-writes.ts';
import { sized } from '../fixtures/proof.ts';
import { newWorker, type TestWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

/** A partnership whose nights have begun, as one is from its creation on. */
async function newNightlyTalk(zone = ZONE): Promise<Talk> {
  const talk = await newTalk();
  await talk.store
    .of(retentionSchedules)
    .insert(newRetentionSchedule({ id: talk.id, zone }, talk.clock.now()));
  return talk;
}

const all = <T extends Row, I extends string>({ store }: Talk, declaration: Declaration<T, I>) =>
  collect(store.of(declaration).all({ index: 'byId' }));

const receiptsOf = ({ stores, id }: Talk) =>
  collect(stores.global(receipts).all({ index: 'byTime', where: { partnership: id } }));

/** Two notes and a promise that was kept, all about one partner, almost six years ago. */
async function noteOldThings(talk: Talk): Promise<void> {
  await talk.say('grace', 'partner add "Riverside Council"');
  await talk.say('tom', 'log "Riverside Council" spoke about the boiler when:2020-12-10');
  await talk.say('tom', 'log "Riverside Council" spoke about the roof when:2020-12-20');
  await talk.say('tom', 'followup add mend the roof with:"Riverside Council" by:friday');
  await talk.say('tom', 'followup done mend the roof');
  const [row] = await all(talk, followups);
  if (!row) throw new Error('There is no follow-up.');
  await talk.store.of(followups).save({ ...row, closedAt: new Date('2020-12-01T10:00:00Z') });
}

/** Moves the time to an instant. What was due on the way is done at the end, in the nights there. */
async function jump(talk: Talk, worker: TestWorker, iso: string): Promise<void> {
  const dayBefore = new Date(new Date(iso).getTime() - 86_400_000);
  if (dayBefore > talk.clock.now()) talk.clock.set(dayBefore.toISOString());
  await worker.until(iso);
}

const notes = async (talk: Talk) => (await all(talk, contacts)).map(({ note }) => note);

describe('notes and titles', () => {
  it('go six years after the last contact; coordinators hear of it once, a month before', async () => {
    const talk = await newNightlyTalk();
    await noteOldThings(talk);
    const worker = await newWorker(talk);
    const told = () => worker.inbox('grace').filter((text) => text.includes('a long time'));
    await worker.until('2026-11-19T12:00:00Z');
    expect(told()).toEqual([]);
    await worker.until('2026-11-20T12:00:00Z');
    expect(told()).toHaveLength(1);
    expect(told()[0]).toContain('Riverside Council: last contact Sun 20 Dec 2020');
    expect(told()[0]).toContain('notes will be removed on Sun 20 Dec 2026');
    await jump(talk, worker, '2026-12-19T12:00:00Z');
    expect(told()).toHaveLength(1);
    expect(await notes(talk)).toHaveLength(2);
    expect(await notes(talk)).not.toContain(null);
    await jump(talk, worker, '2026-12-20T12:00:00Z');
    expect(await all(talk, contacts)).toMatchObject([
      { note: null, twoWay: true, by: memberId(talk.id, 'tom') },
      { note: null, twoWay: true, by: memberId(talk.id, 'tom') },
    ]);
    const [promise] = await all(talk, followups);
    expect(promise).toMatchObject({ state: 'done', title: '(no longer kept)' });
    const { text } = await talk.say('grace', 'partner show "Riverside Council"');
    expect(text).not.toMatch(/boiler|roof/);
    await jump(talk, worker, '2027-03-01T12:00:00Z');
    expect(told()).toHaveLength(1);
    expect(worker.inbox('tom').join()).not.toContain('a long time');
    expect([...worker.errors, ...talk.errors]).toEqual([]);
  });

  it('stay if somebody speaks with the partner in that month', async () => {
    const talk = await newNightlyTalk();
    await noteOldThings(talk);
    const worker = await newWorker(talk);
    await jump(talk, worker, '2026-12-01T12:00:00Z');
    expect((await talk.say('grace', 'keep list')).text).toContain(
      'Notes about 1 partner will be removed.',
    );
    await talk.say('tom', 'log "Riverside Council" how:call');
    expect((await talk.say('grace', 'keep list')).text).toContain('No notes are about to be');
    await jump(talk, worker, '2027-02-01T12:00:00Z');
    expect(await notes(talk)).toContain('spoke about the boiler');
    const [planned] = await all(talk, noteRetentions);
    expect(planned?.toldOn).toBeNull();
  });

  it('stay as long as a coordinator says, who is asked again a month before', async () => {
    const talk = await newNightlyTalk();
    await noteOldThings(talk);
    const worker = await newWorker(talk);
    await worker.until('2026-11-20T12:00:00Z');
    const posted = worker.platform.posted.find(
      ({ address, reply }) =>
        address.to === 'user' &&
        address.identity.user === 'grace' &&
        buttonsOf(reply).some(({ label }) => label === 'Keep'),
    );
    const button = posted && buttonsOf(posted.reply).find(({ label }) => label === 'Keep');
    if (!button) throw new Error('There is no button.');
    const { form } = await talk.press('grace', button);
    const said = await talk.submit('grace', form, {
      until: '1 Mar 2027',
      reason: 'the lease runs until then',
    });
    expect(said.text).toContain('until Mon 1 Mar 2027: the lease runs until then');
    await jump(talk, worker, '2027-01-31T12:00:00Z');
    expect(await notes(talk)).toContain('spoke about the boiler');
    const asked = () => worker.inbox('grace').filter((text) => text.includes('a long time'));
    expect(asked()).toHaveLength(1);
    await jump(talk, worker, '2027-02-01T12:00:00Z');
    expect(asked()).toHaveLength(2);
    expect(asked()[1]).toContain('the lease runs until then');
    await jump(talk, worker, '2027-03-01T12:00:00Z');
    expect(await notes(talk)).toEqual([null, null]);
    expect(JSON.stringify(await all(talk, noteRetentions))).not.toContain('lease');
  });

  it('of archived partners go too, and by the length that the partnership set', async () => {
    const talk = await newNightlyTalk();
    await talk.say('grace', 'partner add "Mill Trust"');
    await talk.say('tom', 'log "Mill Trust" about the wheel when:2023-12-20');
    await talk.say('tom', 'partner archive "Mill Trust"');
    expect((await talk.say('grace', 'settings keep:"3 years"')).text).toContain(
      'Notes stay for 3 years',
    );
    const worker = await newWorker(talk);
    await worker.until('2026-11-20T12:00:00Z');
    await jump(talk, worker, '2026-12-19T12:00:00Z');
    expect(await notes(talk)).toEqual(['about the wheel']);
    await jump(talk, worker, '2026-12-20T12:00:00Z');
    expect(await notes(talk)).toEqual([null]);
  });

  it('that are noted late still stay for a month, so that somebody can object', async () => {
    const talk = await newNightlyTalk();
    await talk.say('grace', 'partner add "Mill Trust"');
    await talk.say('tom', 'log "Mill Trust" about the wheel when:2015-01-05');
    const worker = await newWorker(talk);
    await worker.until('2026-11-20T12:00:00Z');
    await jump(talk, worker, '2026-12-18T12:00:00Z');
    expect(await notes(talk)).toEqual(['about the wheel']);
    await jump(talk, worker, '2026-12-19T12:00:00Z');
    expect(await notes(talk)).toEqual([null]);
    // And again, for a note that comes after that night.
    await talk.say('tom', 'log "Mill Trust" about the sluice when:2015-01-04');
    await jump(talk, worker, '2027-01-20T12:00:00Z');
    await jump(talk, worker, '2027-03-01T12:00:00Z');
    expect(await notes(talk)).toEqual([null, null]);
    expect(worker.inbox('grace').filter((text) => text.includes('a long time'))).toHaveLength(2);
  });

  it('titles of promises to nobody go six years after they were closed; open ones stay', async () => {
    const talk = await newNightlyTalk();
    for (const what of ['buy paint', 'buy brushes', 'buy rollers'])
      await talk.say('tom', `followup add ${what}`);
    const rows = await all(talk, followups);
    const closedAt = [new Date('2020-11-18T10:00:00Z'), new Date('2020-11-20T10:00:00Z')];
    for (const [index, at] of closedAt.entries()) {
      const row = rows[index];
      if (row) await talk.store.of(followups).save({ ...row, state: 'done', closedAt: at });
    }
    const [first, second, third] = rows;
    const worker = await newWorker(talk);
    const titles = async () =>
      Promise.all(
        [first, second, third].map(async (row) => {
          const now = row && (await talk.store.of(followups).get(row.id));
          return now?.title === row?.title;
        }),
      );
    await worker.until('2026-11-19T12:00:00Z');
    expect(await titles()).toEqual([false, true, true]);
    await worker.until('2026-11-21T12:00:00Z');
    expect(await titles()).toEqual([false, false, true]);
  });

  it('of 300 partners are one message, and the list has them all', async () => {
    const talk = await newNightlyTalk();
    await addOldPartners(talk, 300);
    const worker = await newWorker(talk);
    await jump(talk, worker, '2026-11-20T12:00:00Z');
    const told = worker.inbox('grace').filter((text) => text.includes('a long time'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('300 partners');
    const seen = new Set<string>();
    let said = await talk.say('grace', 'keep list');
    expect(said.text).toContain('Notes about 300 partners will be removed.');
    for (;;) {
      for (const [name] of said.text.matchAll(/Partner \d+/g)) seen.add(name);
      if (!said.buttons.includes('More')) break;
      said = await talk.press('grace', 'More', said);
    }
    expect(seen.size).toBe(300);
    await jump(talk, worker, '2026-12-20T12:00:00Z');
    expect(new Set(await notes(talk))).toEqual(new Set([null]));
  });
});

/** Partners with one old note each. */
async function addOldPartners({ store, id }: Talk, count: number): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => `${id}-${index}`);
  await store.of(partners).insertAll(
    ids.map((partner, index) => ({
      ...newPartner(partner, `Partner ${index}`),
      lastContact: '2020-12-20',
    })),
  );
  await store.of(contacts).insertAll(
    ids.map((partner) => ({
      id: `contact-${partner}`,
      partner,
      day: '2020-12-20',
      how: null,
      twoWay: true,
      note: 'words',
      by: 'nobody',
      loggedAt: new Date('2020-12-20T10:00:00Z'),
      answerNotedAt: null,
      ...READ_BY_EVERYBODY,
    })),
  );
}

describe('receipts, buttons and members', () => {
  it('receipts go after 30 days, and leave only that somebody was active', async () => {
    const talk = await newNightlyTalk();
    await talk.say('tom', 'partner add "Mill Trust"');
    await talk.say('tom', 'followup add secret words');
    const worker = await newWorker(talk);
    await jump(talk, worker, '2026-12-18T09:00:00Z');
    expect(await receiptsOf(talk)).toHaveLength(2);
    await jump(talk, worker, '2026-12-19T12:00:00Z');
    expect(await receiptsOf(talk)).toEqual([]);
    expect(JSON.stringify(await all(talk, activities))).not.toContain('secret');
    const who = { partnership: talk.id, member: memberId(talk.id, 'tom') };
    const since = (iso: string) => wasActiveSince(talk.stores, { ...who, since: new Date(iso) });
    expect(await since('2026-11-18T09:00:00Z')).toBe(true);
    expect(await since('2026-11-18T12:00:00Z')).toBe(false);
    await jump(talk, worker, '2027-11-20T12:00:00Z');
    expect(await all(talk, activities)).toEqual([]);
  });

  it('undo works for its day, also after a night', async () => {
    const talk = await newNightlyTalk();
    await talk.say('tom', 'partner add "Mill Trust"');
    const said = await talk.say('tom', 'log "Mill Trust" about the wheel when:2015-01-05');
    const worker = await newWorker(talk);
    await worker.until('2026-11-19T09:30:00Z');
    expect((await talk.press('tom', 'Undo', said)).text).toContain('Undone');
    expect(await all(talk, contacts)).toEqual([]);
  });

  it('the preview of an import works for a day; another button for a year', async () => {
    const talk = await newNightlyTalk();
    const worker = await newWorker(talk);
    const file = `name\n${'A long name of an organisation '.repeat(3)}`;
    const preview = await talk.invoke('grace', 'partner import', { file });
    const long = { next: 'x'.repeat(120), by: 'blursday' };
    const wrong = await talk.invoke('tom', 'followup add', long);
    expect(await all(talk, keptArgs)).toHaveLength(2);
    await worker.until('2026-11-20T12:00:00Z');
    expect((await talk.press('grace', 'Add 1', preview)).text).toContain('has expired');
    expect((await talk.press('tom', 'Fix', wrong)).form).toBeDefined();
    await jump(talk, worker, '2027-11-19T12:00:00Z');
    expect((await talk.press('tom', 'Fix', wrong)).text).toContain('has expired');
    expect(await all(talk, keptArgs)).toEqual([]);
  });

  it('somebody who left keeps their name while anything names them, and a month longer', async () => {
    const talk = await newNightlyTalk();
    const leaver = { role: 'member', identities: [] } as const;
    const named = newMember({ ...leaver, id: `${talk.id}-n`, name: 'Nadia', identities: [] });
    const unnamed = newMember({ ...leaver, id: `${talk.id}-u`, name: 'Ursula', identities: [] });
    await talk.store.of(members).insertAll([
      { ...named, active: false },
      { ...unnamed, active: false },
    ]);
    await addOldPartners(talk, 1);
    const [contact] = await all(talk, contacts);
    if (contact) await talk.store.of(contacts).save({ ...contact, by: named.id });
    const worker = await newWorker(talk);
    const names = async () => (await all(talk, members)).map(({ name }) => name);
    await worker.until('2026-11-20T12:00:00Z');
    await jump(talk, worker, '2026-12-18T12:00:00Z');
    expect(await names()).toContain('Ursula');
    await jump(talk, worker, '2026-12-20T12:00:00Z');
    expect(await names()).not.toContain('Ursula');
    expect(await names()).toEqual(expect.arrayContaining(['Nadia', 'Maya', 'Tom', 'Grace']));
    await jump(talk, worker, '2027-03-01T12:00:00Z');
    expect(await names()).toContain('Nadia');
  });

  it('a merged member leads to the other one until nothing has their id', async () => {
    const talk = await newNightlyTalk();
    const tom = memberId(talk.id, 'tom');
    const [first, second] = [`${talk.id}-1`, `${talk.id}-2`];
    const merged = (id: string, mergedInto: string) => ({
      ...newMember({ id, name: 'Thomas', role: 'member', identities: [] }),
      active: false,
      mergedInto,
    });
    await talk.store.of(members).insertAll([merged(first, second), merged(second, tom)]);
    const row = await talk.member('tom');
    await talk.store.of(members).save({ ...row, mergedFrom: [first, second] });
    await addOldPartners(talk, 1);
    const [contact] = await all(talk, contacts);
    if (contact) await talk.store.of(contacts).save({ ...contact, by: first });
    const worker = await newWorker(talk);
    await worker.until('2026-11-20T12:00:00Z');
    await jump(talk, worker, '2027-01-05T12:00:00Z');
    expect(await talk.store.of(members).get(first)).toMatchObject({ name: 'Thomas' });
    // The second one is only needed on the way from the first one.
    expect(await talk.store.of(members).get(second)).toMatchObject({ name: 'Somebody who left' });
    const { text } = await talk.say('grace', 'partner show "Partner 0"');
    expect(text).toContain('Tom');
    if (contact) await talk.store.of(contacts).remove(contact.id);
    await jump(talk, worker, '2027-01-07T12:00:00Z');
    await jump(talk, worker, '2027-03-01T12:00:00Z');
    expect(await talk.store.of(members).get(first)).toBeUndefined();
    expect(await talk.store.of(members).get(second)).toBeUndefined();
    expect((await talk.member('tom')).mergedFrom).toEqual([]);
    expect(worker.errors).toEqual([]);
  });

  it('the identity of somebody who is removed goes with them, and a coordinator can let them in', async () => {
    const talk = await newWorkspace();
    talk.profiles.grace = profileOf('Grace', { standing: 'owner' });
    talk.profiles.ada = profileOf('Ada');
    await talk.say('grace', 'me');
    await talk.say('ada', 'me');
    await talk.say('grace', 'member left ada to:none');
    const worker = await newWorker(talk);
    await worker.until('2026-11-20T12:00:00Z');
    await jump(talk, worker, '2026-12-20T12:00:00Z');
    const known = { index: 'byUser', where: { platform: 'test', user: 'ada' } } as const;
    const here = async () =>
      (await collect(talk.stores.global(identities).all(known))).filter(
        ({ workspace }) => workspace === talk.workspace,
      );
    expect(await here()).toHaveLength(1);
    await jump(talk, worker, '2027-01-20T12:00:00Z');
    expect((await all(talk, members)).map(({ name }) => name)).toEqual(['Grace']);
    expect(await here()).toEqual([]);
    expect((await talk.say('ada', 'me')).text).toContain('need to be added by a coordinator');
    await talk.say('grace', 'member add <@ada>');
    expect((await talk.say('ada', 'me')).text).toContain('Ada, member.');
    expect(await here()).toHaveLength(1);
    expect([...worker.errors, ...talk.errors]).toEqual([]);
  });
});

describe('the work of a night', () => {
  it('is done at night in the zone of the partnership, also when that changes', async () => {
    const talk = await newNightlyTalk();
    const worker = await newWorker(talk);
    const row = async () => {
      const found = await talk.store.of(retentionSchedules).get(retentionScheduleId(talk.id));
      return { at: found?.nextAt.toISOString(), run: found?.nextRunAt?.toISOString() };
    };
    expect((await row()).at).toBe('2026-11-19T03:00:00.000Z');
    await worker.until('2026-11-19T03:30:00Z');
    expect((await row()).at).toBe('2026-11-20T03:00:00.000Z');
    await talk.say('grace', 'settings zone:Asia/Tokyo');
    await worker.until('2026-11-20T04:00:00Z');
    // It is noon in Tokyo: the work waits for the night there, 18:00 in London.
    expect(await row()).toEqual({
      at: '2026-11-20T03:00:00.000Z',
      run: '2026-11-20T18:00:00.000Z',
    });
    await worker.until('2026-11-20T18:30:00Z');
    expect((await row()).at).toBe('2026-11-21T18:00:00.000Z');
  });

  it('is done by day on a machine that is off at night', async () => {
    const talk = await newNightlyTalk();
    await talk.say('tom', 'partner add "Mill Trust"');
    const worker = await newWorker(talk);
    talk.clock.set('2027-01-05T12:00:00Z');
    await worker.until('2027-01-05T12:05:00Z');
    expect(await receiptsOf(talk)).toEqual([]);
  });

  it('leaves other partnerships alone', async () => {
    const [ours, theirs] = [await newNightlyTalk(), await newNightlyTalk()];
    for (const talk of [ours, theirs]) await noteOldThings(talk);
    const before = JSON.stringify([await all(theirs, contacts), await receiptsOf(theirs)]);
    const worker = await newWorker(ours);
    await worker.until('2026-11-20T12:00:00Z');
    await jump(ours, worker, '2027-03-01T12:00:00Z');
    expect(await notes(ours)).toEqual([null, null]);
    expect(await receiptsOf(ours)).toEqual([]);
    expect(JSON.stringify([await all(theirs, contacts), await receiptsOf(theirs)])).toBe(before);
  });

  it('is also done for a partnership that was merged into another', async () => {
    const talk = await newNightlyTalk();
    await talk.say('tom', 'partner add "Mill Trust"');
    const row = await talk.store.of(partnerships).get(talk.id);
    if (row) await talk.store.of(partnerships).save({ ...row, mergedInto: 'elsewhere' });
    const worker = await newWorker(talk);
    await jump(talk, worker, '2026-12-20T12:00:00Z');
    expect(await receiptsOf(talk)).toEqual([]);
  });

  it('goes on after a process died, at whichever write, and nobody is told twice', async () => {
    let wasCut = true;
    // An odd step, so that both ways to go on are tried.
    for (let writes = 0; wasCut; writes += sized(3, 1)) {
      const talk = await newNightlyTalk();
      await noteOldThings(talk);
      await newMemberWhoLeft(talk);
      const worker = await newWorker(talk);
      wasCut = await dieInNight('2026-11-20T03:00:00Z', writes, talk);
      // The work goes on at once, or only in the next night.
      if (writes % 2 === 1) talk.clock.set('2026-11-21T02:59:00Z');
      await worker.until('2026-11-21T12:00:00Z');
      wasCut = (await dieInNight('2026-12-20T03:00:00Z', writes, talk)) || wasCut;
      await worker.until('2026-12-21T12:00:00Z');
      expect(await notes(talk), `${writes}`).toEqual([null, null]);
      expect(await receiptsOf(talk)).toEqual([]);
      const told = worker.inbox('grace').filter((text) => text.includes('a long time'));
      expect(told, `${writes}`).toHaveLength(1);
      expect((await all(talk, members)).map(({ name }) => name)).not.toContain('Ursula');
      expect(worker.errors).toEqual([]);
    }
  });

  it('is done once by several workers', async () => {
    const talk = await newNightlyTalk();
    await addOldPartners(talk, 30);
    const saved: string[] = [];
    const counted = { ...talk, stores: countingSaves(talk.stores, contacts.name, saved) };
    const workers = [await newWorker(counted), await newWorker(counted)];
    await workers[0]?.until('2026-11-20T12:00:00Z');
    talk.clock.set('2026-12-20T03:00:00Z');
    for (let sweeps = 0; sweeps < 10; sweeps++)
      await Promise.all(workers.map((worker) => worker.sweep()));
    expect(saved).toHaveLength(30);
  });

  it('takes ten thousand rows in small batches', async () => {
    const talk = await newNightlyTalk();
    const old = new Date('2026-01-01T10:00:00Z');
    for (let start = 0; start < 10_000; start += 1_000) {
      await talk.stores.global(receipts).insertAll(
        Array.from({ length: 1_000 }, (_, index) => ({
          id: `${talk.id}-${start + index}`,
          partnership: talk.id,
          command: 'log',
          actor: 'tom',
          at: new Date(old.getTime() + start + index),
          answer: { reply: { text: [{ text: 'Noted.' }] }, audience: 'actor' as const },
          changes: [],
          undoable: true,
        })),
      );
    }
    let mostAtOnce = 0;
    let running = 0;
    const counting: Stores = {
      ...talk.stores,
      global: (declaration) => {
        const rows = talk.stores.global(declaration);
        return {
          ...rows,
          find(query, limit) {
            expect(limit).toBeLessThanOrEqual(BATCH_SIZE);
            return rows.find(query, limit);
          },
          async remove(id, version) {
            mostAtOnce = Math.max(mostAtOnce, ++running);
            try {
              return await rows.remove(id, version);
            } finally {
              running--;
            }
          },
        };
      },
    };
    const worker = await newWorker({ ...talk, stores: counting });
    await worker.until('2026-11-19T04:00:00Z');
    expect(await receiptsOf(talk)).toEqual([]);
    expect(mostAtOnce).toBeLessThanOrEqual(BATCH_SIZE);
    expect(worker.errors).toEqual([]);
  });
});

async function newMemberWhoLeft(talk: Talk): Promise<void> {
  const row = newMember({ id: `${talk.id}-u`, name: 'Ursula', role: 'member', identities: [] });
  const unreferencedSince = new Date('2026-11-19T10:00:00Z');
  await talk.store.of(members).insert({ ...row, active: false, unreferencedSince });
}

/** A process does the work of a night, and dies after some writes. @returns whether it died */
async function dieInNight(at: string, writes: number, talk: Talk): Promise<boolean> {
  talk.clock.set(at);
  const stores = failAfterWrites(talk.stores, writes);
  const dying = await newWorker({ ...talk, stores });
  for (let jobs = 0; jobs < 3; jobs++) await dying.sweep();
  return stores.wasCut();
}

/** Stores that list the ids of the rows saved in one collection. */
function countingSaves(stores: Stores, name: string, saved: string[]): Stores {
  return {
    ...stores,
    forPartnership(id) {
      const store = stores.forPartnership(id);
      return {
        ...store,
        of(declaration) {
          const rows = store.of(declaration);
          if (declaration.name !== name) return rows;
          return {
            ...rows,
            saveAll(all) {
              saved.push(...all.map((row) => row.id));
              return rows.saveAll(all);
            },
          };
        },
      };
    },
  };
}
