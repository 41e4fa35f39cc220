import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { partnershipsOf } from '../../../src/core/bot/which-partnership.ts';
import { deliveries } from '../../../src/core/domain/deliveries/delivery.ts';
import { digests } from '../../../src/core/domain/digests/digest.ts';
import { members } from '../../../src/core/domain/members/member.ts';
import { partnerships } from '../../../src/core/domain/partnerships/partnership.ts';
import { workspaceAt } from '../../../src/core/domain/workspaces/workspace.ts';
import { mergePartnership } from '../../../src/core/features/linking/merge-partnership.ts';
import { plainText } from '../../../src/core/message/rich-text.ts';
import { updateWithRetry } from '../../../src/core/ports/store.ts';
import { newWorkspace, profileOf, type Said, type Talk, ZONE } from '../../fixtures/bot.ts';

/** Grace coordinates a partnership in use. Ada has just begun on another server, where Sam has spoken. */
async function twoWorkspaces(): Promise<{ ours: Talk; theirs: Talk }> {
  const [ours, theirs] = [await newWorkspace('Riverside'), await newWorkspace('Riverside Friends')];
  ours.profiles.grace = profileOf('Grace', { standing: 'owner' });
  await ours.say('grace', 'settings name:"Riverside Neighbours"');
  await ours.say('grace', 'partner add "Oakfield School"');
  theirs.profiles.ada = profileOf('Ada', { standing: 'owner' });
  theirs.profiles.sam = profileOf('Sam');
  await theirs.say('ada', 'digest schedule channel:<#C1>');
  await theirs.say('sam', 'me time:8:30');
  return { ours, theirs };
}

const codeIn = ({ text }: Said): string => /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(text)?.[0] ?? 'no code';
const namesIn = async ({ store }: Talk) =>
  (await collect(store.of(members).all({ index: 'byName' }))).map(
    ({ name, role }) => `${name} ${role}`,
  );
const tenantOf = async ({ stores, workspace }: Talk) =>
  (await workspaceAt(stores, { platform: 'test', workspace }))?.partnership;

describe('workspace link', () => {
  it('makes an empty workspace part of the partnership, with its members and nothing left behind', async () => {
    const { ours, theirs } = await twoWorkspaces();
    const given = await ours.say('grace', 'workspace link');
    expect(given.text).toContain('an owner or coordinator types workspace link');
    const asked = await theirs.say('ada', `workspace link ${codeIn(given)}`);
    expect(asked.text).toContain('Shall this workspace become part of Riverside Neighbours?');
    expect(await tenantOf(theirs)).toBe(theirs.id);
    const done = await theirs.press('ada', 'Link them', asked);
    expect(done.text).toBe(
      'Done: this workspace is part of Riverside Neighbours now, with 2 members. If you are a member in both places, type link, so that I know you are one person.',
    );
    expect(done.buttons).toEqual(['Link me']);

    expect(await tenantOf(theirs)).toBe(ours.id);
    expect(await namesIn(ours)).toEqual(['Ada member', 'Grace coordinator', 'Sam member']);
    expect((await theirs.say('sam', 'partner list')).text).toContain('Oakfield School');
    expect((await theirs.say('sam', 'me')).text).toContain('at 08:30');
    expect((await theirs.say('ada', 'settings name:Mine')).text).toContain('only a coordinator');
    expect((await ours.say('grace', 'member role sam worker')).text).toContain('Sam is now');
    const left = [digests, members, deliveries].map((rows) =>
      collect(theirs.store.of(rows as typeof members).all({ index: 'byId' as 'byName' })),
    );
    expect(await Promise.all(left)).toEqual([[], [], []]);
    const [notice] = await collect(ours.store.of(deliveries).all({ index: 'byId' }));
    expect(plainText(notice?.reply?.text ?? [], ZONE)).toBe(
      'Riverside Friends is linked now: 2 members came along. To give one of them another role, type members.',
    );
    const found = await partnershipsOf(ours.stores, { platform: 'test', user: 'sam' });
    expect(found.map(({ partnership }) => partnership)).toContain(ours.id);
    expect(found.map(({ partnership }) => partnership)).not.toContain(theirs.id);
    expect([...ours.errors, ...theirs.errors]).toEqual([]);
  });

  it('lets nobody in who has no access in the linked workspace', async () => {
    const { ours, theirs } = await twoWorkspaces();
    await theirs.say('ada', 'member left sam');
    const given = await ours.say('grace', 'workspace link');
    await theirs.say('ada', `workspace link ${codeIn(given)} sure:yes`);
    expect(await tenantOf(theirs)).toBe(ours.id);
    const refused = await theirs.say('sam', 'partner list');
    expect(refused.text).not.toContain('Oakfield School');
    expect(refused.text).toContain('coordinator');
    expect((await ours.say('grace', 'members')).text).toContain('Sam');
  });

  it('is refused for a workspace in use, with what to do', async () => {
    const { ours, theirs } = await twoWorkspaces();
    await theirs.say('sam', 'partner add "Local Trust"');
    const code = codeIn(await ours.say('grace', 'workspace link'));
    const said = await theirs.say('ada', `workspace link ${code}`);
    expect(said.text).toContain('There are notes in Riverside Friends already');
    expect(said.text).toContain('do it the other way round');
    expect(await tenantOf(theirs)).toBe(theirs.id);
    expect((await theirs.say('sam', 'partner list')).text).toContain('Local Trust');
  });

  it('needs a coordinator on both sides', async () => {
    const { ours, theirs } = await twoWorkspaces();
    ours.profiles.tom = profileOf('Tom');
    expect((await ours.say('tom', 'workspace link')).text).toContain('only a coordinator');
    const code = codeIn(await ours.say('grace', 'workspace link'));
    expect((await theirs.say('sam', `workspace link ${code}`)).text).toContain(
      'only a coordinator',
    );
    expect((await ours.say('grace', `workspace link ${code}`)).text).toContain('type it there');
    await ours.say('grace', 'member role tom coordinator');
    const toms = codeIn(await ours.say('tom', 'workspace link'));
    await ours.say('grace', 'member role tom member');
    const said = await theirs.say('ada', `workspace link ${toms}`);
    expect(said.text).toContain('is no longer a coordinator there');
    expect(await tenantOf(theirs)).toBe(theirs.id);
  });

  it('typed twice at once with codes of two partnerships links one', async () => {
    const { ours, theirs } = await twoWorkspaces();
    const { ours: third } = await twoWorkspaces();
    await theirs.say('ada', 'member role sam coordinator');
    const codes = [ours, third].map(async (talk) =>
      codeIn(await talk.say('grace', 'workspace link')),
    );
    const [one = '', two = ''] = await Promise.all(codes);
    const said = await Promise.all([
      theirs.invoke('ada', 'workspace link', { code: one, sure: 'yes' }),
      theirs.invoke('sam', 'workspace link', { code: two, sure: 'yes' }),
    ]);
    expect(said.filter(({ text }) => text.startsWith('Done'))).toHaveLength(1);
    const tenant = await tenantOf(theirs);
    const winner = tenant === ours.id ? ours : third;
    const loser = winner === ours ? third : ours;
    expect(tenant).toBe(winner.id);
    expect(await namesIn(winner)).toEqual(['Ada member', 'Grace coordinator', 'Sam member']);
    expect(await namesIn(loser)).toEqual(['Grace coordinator']);
    expect([...ours.errors, ...theirs.errors, ...third.errors]).toEqual([]);
  });

  it('is finished by the next command there if it was cut off after its first step', async () => {
    const { ours, theirs } = await twoWorkspaces();
    await updateWithRetry(theirs.store.of(partnerships), theirs.id, (row) => ({
      ...row,
      mergedInto: ours.id,
    }));
    const said = await theirs.say('sam', 'partner list');
    expect(said.text).toContain('Oakfield School');
    expect(await tenantOf(theirs)).toBe(ours.id);
    expect(await namesIn(ours)).toEqual(['Ada member', 'Grace coordinator', 'Sam member']);
    expect(await namesIn(theirs)).toEqual([]);
  });

  it('does nothing if something was noted just before', async () => {
    const { ours, theirs } = await twoWorkspaces();
    await theirs.say('sam', 'partner add "Local Trust"');
    const scene = { stores: theirs.stores, now: theirs.clock.now() };
    await expect(mergePartnership(theirs.id, ours.id, scene)).rejects.toThrow();
    expect((await theirs.say('sam', 'partner list')).text).toContain('Local Trust');
    expect(await tenantOf(theirs)).toBe(theirs.id);
  });

  it('can be the first command on a new server', async () => {
    const { ours } = await twoWorkspaces();
    const fresh = await newWorkspace('Fresh Server');
    fresh.profiles.grace = profileOf('Grace', { standing: 'owner' });
    const code = codeIn(await ours.say('grace', 'workspace link'));
    const asked = await fresh.say('grace', `workspace link ${code}`);
    expect(asked.buttons).toEqual(['Link them', 'Cancel']);
    const done = await fresh.press('grace', 'Link them', asked);
    expect(done.buttons).toEqual(['Link me']);
    const mine = codeIn(await ours.say('grace', 'link'));
    await fresh.press('grace', 'Yes', await fresh.say('grace', `link ${mine}`));
    expect((await fresh.say('grace', 'settings')).text).toContain('Riverside Neighbours');
    expect(await namesIn(ours)).toContain('Grace coordinator');
    expect([...ours.errors, ...fresh.errors]).toEqual([]);
  });
});
