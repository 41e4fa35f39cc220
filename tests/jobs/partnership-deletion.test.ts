import { expect, it } from 'vitest';
import { threads } from '../../src/adapters/discord/delivery/thread-row.ts';
import { servers } from '../../src/adapters/discord/installing/server-row.ts';
import { collect } from '../../src/core/async/collect.ts';
import { derivedId } from '../../src/core/base/id.ts';
import { collections } from '../../src/core/domain/collections.ts';
import { contacts } from '../../src/core/domain/contacts/contact.ts';
import { recordIdentity } from '../../src/core/domain/identities/identity.ts';
import { members } from '../../src/core/domain/members/member.ts';
import { READ_BY_EVERYBODY } from '../../src/core/domain/members/visibility.ts';
import { sendFile } from '../../src/core/domain/outgoing-files/outgoing-file.ts';
import {
  noteWorkspaceBack,
  noteWorkspaceRemoved,
} from '../../src/core/domain/partnership-deletion/removed-workspaces.ts';
import { newPartnership, partnerships } from '../../src/core/domain/partnerships/partnership.ts';
import { redoDeletion } from '../../src/core/domain/personal-data/remove-partnership.ts';
import { registerWorkspace, workspaces } from '../../src/core/domain/workspaces/workspace.ts';
import { rich } from '../../src/core/message/rich-text.ts';
import { insertOnce, type Stores, updateWithRetry } from '../../src/core/ports/store.ts';
import { adapterPersonalData } from '../../src/process/adapter-personal-data.ts';
import { memberId, newTalk, type Talk, ZONE } from '../fixtures/bot.ts';
import { newWorker } from '../fixtures/worker.ts';

// The fixture's clock starts on Wednesday 18 November 2026, 10:00 in London.

let count = 0;

/** A partnership with rows of many kinds, in two workspaces, one of which had a partnership of its own. */
async function register(): Promise<Talk> {
  const talk = await newTalk();
  const { stores, id, store } = talk;
  await talk.say('grace', 'member role @Tom role:coordinator');
  await talk.say('grace', 'partner add "Riverside Council"');
  await talk.say('tom', 'log riverside council: met Jane next: send the plan by:friday');
  await talk.say('grace', 'digest schedule channel:<#news> day:monday at:9am');
  await talk.say('grace', 'keep riverside council until:"1 Jan 2031" reason:"the lease"');
  for (const platform of ['slack', 'discord']) {
    const ref = { platform, workspace: `W${++count}` };
    await registerWorkspace(stores, { ...ref, name: 'Riverside' });
    const own = derivedId('partnership', ref.platform, ref.workspace);
    const merged = newPartnership({ id: own, name: 'Old name', zone: ZONE }, new Date(0));
    await stores
      .forPartnership(own)
      .of(partnerships)
      .insert({ ...merged, mergedInto: id });
    await updateWithRetry(
      stores.global(workspaces),
      derivedId('workspace', ref.platform, ref.workspace),
      (row) => ({ ...row, partnership: id }),
    );
    await insertOnce(stores.global(servers), { id: ref.workspace, removedAt: null });
    const identity = { ...ref, user: 'U1' };
    await recordIdentity(stores, identity, { partnership: id, member: memberId(id, 'tom') });
    await talk.stores
      .forPartnership(id)
      .of(threads)
      .insert({ id: `thread-${ref.workspace}`, thread: '1' });
    const tom = await talk.member('tom');
    await store.of(members).save({ ...tom, identities: [...tom.identities, identity] });
  }
  return talk;
}

const refsOf = async ({ stores, id }: Talk) =>
  collect(stores.global(workspaces).all({ index: 'byPartnership', where: { partnership: id } }));

/** How many rows there are that have to do with a partnership, by collection. */
async function rowsOf(stores: Stores, ids: readonly string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const declaration of [...collections, threads, servers]) {
    let found = 0;
    if (declaration.scope === 'partnership')
      for (const id of ids)
        found += await stores.forPartnership(id).of(declaration).count({ index: 'byId' });
    else
      for await (const row of stores.global(declaration).all({ index: 'byId' }))
        if (ids.some((id) => JSON.stringify(row).includes(`"${id}"`))) found++;
    if (found > 0) counts[declaration.name] = found;
  }
  return counts;
}

it('shows what goes, waits a week, and then leaves no row in any collection', async () => {
  const other = await register();
  const before = await rowsOf(other.stores, [other.id]);
  const talk = await register();
  const owned = [
    talk.id,
    ...(await refsOf(talk)).map(({ platform, workspace }) =>
      derivedId('partnership', platform, workspace),
    ),
  ];
  const worker = await newWorker(talk);
  const preview = await talk.say('grace', 'partnership delete');
  expect(preview.text).toContain(
    'Big Local Riverside: 1 partner, 1 conversation, 1 promise, 3 people',
  );
  expect((await talk.press('grace', 'Delete everything', preview)).text).toContain(
    "I'll delete everything on Wed 25 Nov 2026, 10:00",
  );
  await worker.sweep();
  expect(worker.inbox('tom').at(-1)).toContain('Grace wants to delete everything');
  expect(worker.inbox('maya')).toEqual([]);
  await worker.until('2026-11-25T09:59:00Z');
  expect((await rowsOf(talk.stores, owned)).partners).toBe(1);
  await worker.until('2026-11-25T10:01:00Z');
  expect(await rowsOf(talk.stores, owned)).toEqual({});
  expect(await rowsOf(other.stores, [other.id])).toEqual(before);
  expect(worker.errors).toEqual([]);
});

it('is deleted again when a backup from before is restored', async () => {
  const talk = await register();
  const { stores, id, store } = talk;
  const worker = await newWorker(talk);
  const before = {
    members: await collect(store.of(members).all({ index: 'byId' })),
    contacts: await collect(store.of(contacts).all({ index: 'byId' })),
    partnerships: await collect(store.of(partnerships).all({ index: 'byId' })),
  };
  const places = await refsOf(talk);
  const preview = await talk.say('grace', 'partnership delete');
  await talk.press('grace', 'Delete everything', preview);
  await worker.until('2026-11-25T10:01:00Z');
  const [kept, ...more] = talk.erasureRecords.deleted;
  if (!kept) throw new Error('Nothing was kept of the deletion.');
  expect(more).toEqual([]);
  expect(JSON.stringify(kept)).not.toMatch(/Riverside|Jane|Grace/);
  await store.of(members).insertAll(before.members);
  await store.of(contacts).insertAll(before.contacts);
  await store.of(partnerships).insertAll(before.partnerships);
  await stores.global(workspaces).insertAll(places);
  // The store of a test has these two of the adapters' collections.
  const inStore = adapterPersonalData.filter(({ declaration }) =>
    [threads.name, servers.name].includes(declaration.name),
  );
  await redoDeletion(kept, { stores, adapterPersonalData: inStore });
  expect(await rowsOf(stores, [id])).toEqual({});
});

it('a second coordinator makes it at once; the one who asked cannot agree with themselves', async () => {
  const talk = await register();
  const worker = await newWorker(talk);
  const preview = await talk.say('grace', 'partnership delete');
  await talk.press('grace', 'Delete everything', preview);
  const own = await talk.invoke('grace', 'partnership agree', {});
  expect(own.text).toContain('somebody else has to agree');
  const asked = await talk.say('tom', 'partnership delete');
  expect(asked.text).toContain('Grace has asked for that');
  expect((await talk.press('tom', 'Yes, delete it now', asked)).text).toContain('Thank you both');
  await worker.until('2026-11-18T10:01:00Z');
  expect(worker.errors).toEqual([]);
  expect(await rowsOf(talk.stores, [talk.id])).toEqual({});
});

it('every coordinator can keep it, and the others hear of it', async () => {
  const talk = await register();
  const worker = await newWorker(talk);
  const preview = await talk.say('grace', 'partnership delete');
  await talk.press('grace', 'Delete everything', preview);
  const kept = await talk.say('tom', 'partnership keep');
  expect(kept.text).toContain('Everything stays');
  await worker.until('2026-11-18T10:01:00Z');
  expect(worker.inbox('grace').at(-1)).toContain('Tom has decided to keep everything');
  await worker.until('2026-11-25T12:00:00Z');
  expect((await rowsOf(talk.stores, [talk.id])).contacts).toBe(1);
  expect((await talk.say('grace', 'partnership delete')).buttons).toEqual(['Delete everything']);
});

it('only coordinators may', async () => {
  const talk = await register();
  for (const line of ['partnership delete', 'partnership keep'])
    expect((await talk.say('maya', line)).text).toContain('only a coordinator can do that');
  const agreed = await talk.invoke('maya', 'partnership agree', {});
  expect(agreed.text).toContain('only a coordinator can do that');
});

it('goes on where another worker stopped', async () => {
  const talk = await register();
  const { store, id } = talk;
  const partner = 'somebody';
  await store.of(contacts).insertAll(
    Array.from({ length: 2_500 }, (_, index) => ({
      ...READ_BY_EVERYBODY,
      id: `contact-${index}`,
      partner,
      day: '2026-11-01',
      how: null,
      twoWay: true,
      note: 'words',
      by: memberId(id, 'tom'),
      loggedAt: new Date(0),
      answerNotedAt: null,
    })),
  );
  const worker = await newWorker(talk);
  const preview = await talk.say('grace', 'partnership delete');
  await talk.press('grace', 'Delete everything', preview);
  await talk.invoke('tom', 'partnership agree', {});
  await worker.sweep();
  const left = await rowsOf(talk.stores, [id]);
  expect(left.contacts).toBeGreaterThan(1_000);
  expect(left.contacts).toBeLessThan(2_501);
  const second = await newWorker(talk).catch(() => undefined);
  await (second ?? worker).until('2026-11-18T10:05:00Z');
  expect(await rowsOf(talk.stores, [id])).toEqual({});
});

it('takes back the files that stand in direct messages', async () => {
  const talk = await register();
  const worker = await newWorker(talk);
  await sendFile(
    {
      key: 'file',
      recipient: memberId(talk.id, 'grace'),
      file: { name: 'a.txt', type: 'text/plain', bytes: Buffer.from('words') },
      reply: { text: rich`Here it is.` },
    },
    { store: talk.store, now: talk.clock.now(), wake: () => {} },
  );
  await worker.sweep();
  const preview = await talk.say('grace', 'partnership delete');
  await talk.press('grace', 'Delete everything', preview);
  await talk.invoke('tom', 'partnership agree', {});
  await worker.until('2026-11-18T10:01:00Z');
  expect(worker.platform.removed).toHaveLength(1);
});

it('90 days after Convenor was removed from all workspaces, everything goes by itself', async () => {
  const talk = await register();
  const worker = await newWorker(talk);
  const [first, second] = await refsOf(talk);
  if (!first || !second) throw new Error('There are two workspaces.');
  await noteWorkspaceRemoved(talk.stores, first, talk.clock.now());
  expect((await rowsOf(talk.stores, [talk.id])).partnershipDeletions).toBeUndefined();
  await noteWorkspaceRemoved(talk.stores, second, talk.clock.now());
  await noteWorkspaceRemoved(talk.stores, second, new Date('2026-11-19T10:00:00Z'));
  await worker.until('2027-02-16T09:59:00Z');
  expect((await rowsOf(talk.stores, [talk.id])).partners).toBe(1);
  await worker.until('2027-02-16T10:01:00Z');
  expect(await rowsOf(talk.stores, [talk.id])).toEqual({});
  for (const { workspace } of [first, second])
    expect(await talk.stores.global(servers).get(workspace)).toBeUndefined();
});

it('coming back within 90 days stops it', async () => {
  const talk = await register();
  const worker = await newWorker(talk);
  const [first, second] = await refsOf(talk);
  if (!first || !second) throw new Error('There are two workspaces.');
  await noteWorkspaceRemoved(talk.stores, first, talk.clock.now());
  await noteWorkspaceRemoved(talk.stores, second, talk.clock.now());
  talk.clock.set('2027-02-01T10:00:00Z');
  await noteWorkspaceBack(talk.stores, second);
  await worker.until('2027-03-01T10:00:00Z');
  expect((await rowsOf(talk.stores, [talk.id])).partners).toBe(1);
  // What a coordinator has asked for is not stopped by that.
  const preview = await talk.say('grace', 'partnership delete');
  await talk.press('grace', 'Delete everything', preview);
  await noteWorkspaceRemoved(talk.stores, second, talk.clock.now());
  await noteWorkspaceBack(talk.stores, second);
  await worker.until('2027-03-09T10:00:00Z');
  expect(await rowsOf(talk.stores, [talk.id])).toEqual({});
});
