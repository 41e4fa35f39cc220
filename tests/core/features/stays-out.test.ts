import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { identities } from '../../../src/core/domain/identities/identity.ts';
import { removeLastRows } from '../../../src/core/domain/personal-data/remove-partnership.ts';
import { registerWorkspace, workspaces } from '../../../src/core/domain/workspaces/workspace.ts';
import { updateWithRetry } from '../../../src/core/ports/store.ts';
import { membersStep } from '../../../src/jobs/retention/old-members.ts';
import {
  type ChatActions,
  newWorkspace,
  profileOf,
  type Said,
  type Talk,
} from '../../fixtures/bot.ts';

const SHOW = 'partner show riverside council';
const SECRET = /lease/;
const OUT = /need to be added by a coordinator/;

/** A chat and two servers of one partnership. Grace coordinates it; Tom has spoken in the chat and among friends, as two members. */
async function newWorld() {
  const talk = await newWorkspace('Riverside');
  const openServer = async (name: string) => {
    const at = { platform: 'server', workspace: `${name}-${talk.workspace}` };
    const { id } = await registerWorkspace(talk.stores, { ...at, name });
    const rows = talk.stores.global(workspaces);
    await updateWithRetry(rows, id, (row) => ({ ...row, partnership: talk.id }));
    return { ...talk.from(at), at };
  };
  const [friends, youth] = [await openServer('Friends'), await openServer('Youth')];
  talk.profiles.grace = profileOf('Grace', { standing: 'owner' });
  talk.profiles.tom = profileOf('Tom');
  await talk.say('grace', 'partner add "Riverside Council"');
  await talk.say('grace', 'log riverside council met Jane about the lease');
  for (const place of [talk, friends]) await place.say('tom', 'today');
  return { talk, friends, youth };
}

async function link(from: ChatActions, to: ChatActions): Promise<Said> {
  const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec((await from.say('tom', 'link')).text)?.[0];
  return to.press('tom', 'Yes', await to.say('tom', `link ${code}`));
}

const isMade = (talk: Talk, at: { platform: string; workspace: string }, standing: 'guest') =>
  talk.bot.profileChanged({ ...at, user: 'tom' }, profileOf('Tom', { standing }));

describe('an account that was unlinked', () => {
  it('is out too when the member it belonged to has left, until a coordinator lets them in', async () => {
    const { talk, friends } = await newWorld();
    await link(talk, friends);
    expect((await talk.say('tom', 'unlink friends')).text).toContain('Done');
    await talk.say('grace', 'member left <@tom> to:none');
    expect((await friends.say('tom', SHOW)).text).toMatch(OUT);
    await friends.say('grace', 'followup add ring the school who:<@tom>');
    expect((await friends.say('tom', SHOW)).text).toMatch(OUT);
    const asked = await friends.say('tom', 'join');
    expect(asked.text).toContain("I've asked the coordinators");
    const admitted = await talk.press('grace', 'Let', await talk.say('grace', 'members'));
    expect(admitted.text).toBe('Tom is in, as a member.');
    expect((await friends.say('tom', SHOW)).text).toMatch(SECRET);
  });

  it('is out also months later, when nothing is left of the member', async () => {
    const { talk, friends } = await newWorld();
    await link(talk, friends);
    await talk.say('tom', 'unlink friends');
    await talk.say('grace', 'member left <@tom> to:none');
    talk.clock.set('2027-06-01T10:00:00Z');
    const night = { store: talk.store, stores: talk.stores } as never;
    for (const now of ['2027-06-01', '2027-08-01', '2027-10-01'])
      await membersStep.runBatch({ ...(night as object), now: new Date(now) } as never);
    expect((await friends.say('tom', SHOW)).text).toMatch(OUT);
  });

  it('is out if it was unlinked by a coordinator from somebody who has left', async () => {
    const { talk, friends } = await newWorld();
    await link(talk, friends);
    await talk.say('grace', 'member left <@tom> to:none');
    expect((await talk.say('grace', 'unlink friends who:<@tom>')).text).toContain('Done');
    expect((await friends.say('tom', SHOW)).text).toMatch(OUT);
    await talk.say('grace', 'member add <@tom>');
    expect((await friends.say('tom', SHOW)).text).toMatch(SECRET);
  });

  it('is out if it had lost its access before', async () => {
    const { talk, friends } = await newWorld();
    await link(talk, friends);
    await isMade(talk, friends.at, 'guest');
    await talk.say('grace', 'unlink friends who:<@tom>');
    expect((await friends.say('tom', SHOW)).text).toMatch(OUT);
    expect((await talk.say('tom', SHOW)).text).toMatch(SECRET);
  });
});

describe('two members who become one', () => {
  it('have no more access than they had', async () => {
    const { talk, friends, youth } = await newWorld();
    await youth.say('tom', 'today');
    await link(friends, youth);
    await isMade(talk, youth.at, 'guest');
    expect((await youth.say('tom', SHOW)).text).toMatch(OUT);
    await link(talk, friends);
    expect((await youth.say('tom', SHOW)).text).toMatch(OUT);
    expect((await friends.say('tom', SHOW)).text).toMatch(SECRET);
  });

  it('lose it with the role that let one of them in', async () => {
    const { talk, friends } = await newWorld();
    talk.profiles.tom = profileOf('Tom', { admits: 'residents' });
    await friends.say('tom', 'today');
    await link(talk, friends);
    talk.profiles.tom = profileOf('Tom', { standing: 'visitor', admits: 'residents' });
    expect((await friends.say('tom', SHOW)).text).toMatch(OUT);
  });
});

it('nothing of an unlinked account is left of a deleted partnership', async () => {
  const { talk, friends } = await newWorld();
  await link(talk, friends);
  await talk.say('tom', 'unlink friends');
  const ofTalk = async () =>
    (await collect(talk.stores.global(identities).all({ index: 'byId' }))).filter(
      ({ partnership, user }) => partnership === talk.id && user === '',
    );
  expect(await ofTalk()).toHaveLength(1);
  await removeLastRows(talk.id, [talk.id], { stores: talk.stores, adapterPersonalData: [] });
  expect(await ofTalk()).toEqual([]);
});

describe('somebody who is tied while they have a second account', () => {
  it('sees nothing of the partner there, until a coordinator says who it is', async () => {
    const { talk, friends } = await newWorld();
    expect((await friends.say('tom', SHOW)).text).toMatch(SECRET);
    const tied = await talk.say('grace', 'member tie <@tom> riverside council');
    expect(tied.text).toContain('There is another Tom in another place.');
    expect((await talk.say('tom', SHOW)).text).not.toMatch(SECRET);
    expect((await friends.say('tom', SHOW)).text).not.toMatch(SECRET);
    await talk.press('grace', "It's one of us", await talk.press('grace', 'Members', tied));
    const again = await talk.say('grace', 'members');
    expect(again.text).toContain('new: who is it?');
    await talk.press('grace', 'Somebody new', again);
    expect((await friends.say('tom', SHOW)).text).toMatch(SECRET);
  });

  it('is as before after Undo, and others of that name in the same workspace are left alone', async () => {
    const { talk, friends } = await newWorld();
    talk.profiles.tom2 = profileOf('Tom');
    await talk.say('tom2', 'today');
    const tied = await talk.say('grace', 'member tie <@tom> riverside council');
    expect((await talk.say('tom2', SHOW)).text).toMatch(SECRET);
    await talk.press('grace', 'Undo', tied);
    expect((await friends.say('tom', SHOW)).text).toMatch(SECRET);
  });
});
