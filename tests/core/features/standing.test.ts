import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { deliveries } from '../../../src/core/domain/deliveries/delivery.ts';
import {
  identities,
  identityId,
  recordIdentity,
} from '../../../src/core/domain/identities/identity.ts';
import { type Member, members } from '../../../src/core/domain/members/member.ts';
import { namesChanged } from '../../../src/core/domain/partnerships/partnership.ts';
import {
  registerWorkspace,
  workspaceAt,
  workspaces,
} from '../../../src/core/domain/workspaces/workspace.ts';
import type { Profile } from '../../../src/core/message/invocation.ts';
import { plainText } from '../../../src/core/message/rich-text.ts';
import { newTalk, newWorkspace, profileOf, type Talk, ZONE } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

const everybody = ({ store }: Talk): Promise<Member[]> =>
  collect(store.of(members).all({ index: 'byName' }));

async function named(talk: Talk, name: string): Promise<Member> {
  const found = (await everybody(talk)).find((row) => row.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
}

/** A workspace with Grace, its owner and coordinator, and Tom, who leads a partner and has something to do. */
async function begun(): Promise<Talk> {
  const talk = await newWorkspace();
  talk.profiles.grace = profileOf('Grace', { standing: 'owner' });
  talk.profiles.tom = profileOf('Tom');
  await talk.say('grace', 'partner add "Oakfield School"');
  await talk.say('tom', 'followup add send the plan by:friday');
  await talk.say('tom', 'partner edit oakfield school lead:me');
  return talk;
}

/** The unasked messages to a member, whether they were sent or not. */
async function noticesTo(talk: Talk, name: string): Promise<string[]> {
  const { id } = await named(talk, name);
  const rows = await collect(talk.store.of(deliveries).all({ index: 'byId' }));
  return rows
    .filter(({ recipient, kind }) => recipient === id && kind === 'notice')
    .map(({ reply }) => plainText(reply?.text ?? [], ZONE));
}

const identityOf = ({ workspace }: Talk, user: string) => ({ platform: 'test', workspace, user });

/** Everything somebody can do without being asked who they are by a coordinator. */
async function triesToGetIn(talk: Talk, who: string): Promise<string> {
  const texts: string[] = [];
  for (const line of ['today', 'partner show oakfield', 'members', 'me', 'log oakfield school met'])
    texts.push((await talk.say(who, line)).text);
  const home = await talk.bot.handle({
    ...{ command: 'today', args: {}, automatic: true, key: `home-${who}-${texts.length}` },
    actor: identityOf(talk, who),
    place: { ...identityOf(talk, who), channel: 'home', direct: true },
    profiles: talk.profiles,
    partnership: talk.id,
  });
  texts.push(plainText(home.reply.text, ZONE));
  const typist = {
    partnership: talk.id,
    actor: identityOf(talk, who),
    profile: talk.profiles[who],
  };
  const asked = { ...typist, command: 'log', arg: 'with', typed: 'oak', limit: 9 };
  for (const { label } of await talk.bot.choices(asked)) texts.push(label);
  for (const { label } of await talk.bot.complete('log oak', typist)) texts.push(label);
  return texts.join('\n');
}

describe('somebody who loses their access', () => {
  const losses: [string, Profile['standing'], string][] = [
    ['are made a guest', 'guest', 'Tom is only a guest in Test (Big Local Riverside) now'],
    ['leave the workspace', 'gone', 'Tom is no longer in Test (Big Local Riverside)'],
  ];
  it.each(losses)('because they %s, sees nothing more, and stays out', async (_, is, why) => {
    const talk = await begun();
    talk.profiles.tom = profileOf('Tom', { standing: is });
    expect(await triesToGetIn(talk, 'tom')).not.toMatch(/oakfield|send the plan|riverside/i);
    expect(await named(talk, 'Tom')).toMatchObject({ active: false, briefDue: null });
    talk.profiles.tom = profileOf('Tom');
    expect(await triesToGetIn(talk, 'tom')).not.toMatch(/oakfield|send the plan|riverside/i);
    expect(await named(talk, 'Tom')).toMatchObject({ active: false });
    expect(await noticesTo(talk, 'Grace')).toEqual([
      `${why}, so they no longer see anything here. Still in their name: 1 follow-up, the lead of 1 partner.`,
    ]);
    const back = await talk.say('grace', 'member add tom');
    expect(back.text).toBe('Tom is in, as a member.');
    expect((await talk.say('tom', 'today')).text).toContain('send the plan');
    expect(talk.errors).toEqual([]);
  });

  it('is closed without having said anything, and nothing unasked lets anybody in', async () => {
    const talk = await begun();
    const tom = identityOf(talk, 'tom');
    await talk.bot.profileChanged(tom, profileOf('Tom', { standing: 'guest' }));
    await talk.bot.profileChanged(tom, profileOf('Tom', { standing: 'guest' }));
    await talk.bot.profileChanged(tom, profileOf('Tom'));
    await talk.bot.profileChanged(identityOf(talk, 'sam'), profileOf('Sam'));
    expect(await named(talk, 'Tom')).toMatchObject({ active: false });
    expect(await everybody(talk)).toHaveLength(2);
    expect(await noticesTo(talk, 'Grace')).toHaveLength(1);
    expect((await talk.say('grace', 'members')).text).toContain(
      'Tom · member · has lost their access',
    );
  });

  it('hands their tasks over with the button in the message to the coordinators', async () => {
    const talk = await begun();
    await talk.bot.profileChanged(identityOf(talk, 'tom'), profileOf('Tom', { standing: 'gone' }));
    const rows = await collect(talk.store.of(deliveries).all({ index: 'byId' }));
    const reply = rows.find(({ reply }) => reply)?.reply;
    const buttons = reply?.card?.flatMap((block) => ('buttons' in block ? block.buttons : []));
    const handOver = buttons?.find(({ label }) => label === 'Hand over');
    if (!handOver) throw new Error('There is no such button.');
    expect((await talk.press('grace', handOver)).text).toContain('Who should take them on?');
  });

  it('is told nothing while the platform does not say who they are, but is not out', async () => {
    const talk = await begun();
    delete talk.profiles.tom;
    expect(await triesToGetIn(talk, 'tom')).not.toMatch(/oakfield|send the plan|riverside/i);
    expect(await named(talk, 'Tom')).toMatchObject({ active: true });
    talk.profiles.tom = profileOf('Tom');
    expect((await talk.say('tom', 'today')).text).toContain('send the plan');
  });

  it('in one of two places still works in the other, and gets their messages there', async () => {
    const talk = await begun();
    const elsewhere = { platform: 'test', workspace: `${talk.workspace}-second` };
    const { id } = await registerWorkspace(talk.stores, { ...elsewhere, name: 'Friends' });
    const spaces = talk.stores.global(workspaces);
    const row = await spaces.get(id);
    if (row) await spaces.save({ ...row, partnership: talk.id });
    const there = talk.from(elsewhere);
    const tom = await named(talk, 'Tom');
    const second = { ...elsewhere, user: 'tom' };
    await recordIdentity(talk.stores, second, { partnership: talk.id, member: tom.id });
    await talk.store.of(members).save({ ...tom, identities: [...tom.identities, second] });
    await namesChanged(talk.store);
    await talk.bot.profileChanged(
      { ...elsewhere, user: 'tom' },
      profileOf('Tom', { standing: 'gone' }),
    );
    expect((await talk.say('tom', 'today')).text).toContain('send the plan');
    expect((await there.say('tom', 'today')).text).toContain('need to be added by a coordinator');
    const [notice] = await noticesTo(talk, 'Grace');
    expect(notice).toBe(
      'Tom is no longer in Test (Friends), so I no longer talk with them there. They can still reach me from their other place.',
    );
    const unlinked = await talk.say('tom', 'unlink friends');
    expect(unlinked.text).toContain('only a coordinator can unlink it');
    expect((await there.say('tom', 'today')).text).toContain('need to be added by a coordinator');
    await talk.say('grace', 'member add tom');
    expect((await there.say('tom', 'today')).text).toContain('send the plan');
  });
});

describe('a role that lets people in', () => {
  async function withRole(): Promise<Talk> {
    const talk = await begun();
    const ref = identityOf(talk, 'x');
    const row = await workspaceAt(talk.stores, ref);
    if (row) await talk.stores.global(workspaces).save({ ...row, admits: 'R1' });
    talk.profiles.sam = profileOf('Sam', { admits: 'R1' });
    await talk.say('sam', 'me');
    return talk;
  }

  it('puts out those who lose it, but not those a coordinator let in', async () => {
    const talk = await withRole();
    const visitor = { standing: 'visitor', admits: 'R1' } as const;
    talk.profiles.kim = profileOf('Kim', visitor);
    await talk.say('grace', 'member add <@kim>');
    talk.profiles.kim = profileOf('Kim', { admits: 'R1' });
    await talk.say('kim', 'me');
    talk.profiles.kim = profileOf('Kim', visitor);
    talk.profiles.sam = profileOf('Sam', visitor);
    expect((await talk.say('sam', 'members')).text).toContain('need to be added by a coordinator');
    expect((await talk.say('kim', 'members')).text).toContain(
      'Sam · member · has lost their access',
    );
    expect((await noticesTo(talk, 'Grace'))[0]).toContain('Sam no longer has what lets people in');
    await talk.say('grace', 'member add sam');
    expect((await talk.say('sam', 'me')).text).toContain('Sam, member.');
  });

  it('puts nobody out when coordinators choose another one', async () => {
    const talk = await withRole();
    talk.profiles.sam = profileOf('Sam', { standing: 'visitor', admits: 'R2' });
    expect((await talk.say('sam', 'me')).text).toContain('Sam, member.');
  });

  it('never puts out the last coordinator', async () => {
    const talk = await withRole();
    await talk.say('grace', 'member role sam coordinator');
    talk.profiles.grace = profileOf('Grace', { standing: 'visitor', admits: 'R1' });
    talk.profiles.sam = profileOf('Sam', { standing: 'visitor', admits: 'R1' });
    expect((await talk.say('sam', 'me')).text).toContain('need to be added by a coordinator');
    expect((await talk.say('grace', 'me')).text).toContain('Grace, coordinator.');
  });
});

describe('a partnership whose last coordinator is gone', () => {
  it('asks the owner of the workspace to name one, and tells everybody', async () => {
    const talk = await begun();
    await talk.bot.profileChanged(
      identityOf(talk, 'grace'),
      profileOf('Grace', { standing: 'gone' }),
    );
    expect((await talk.say('tom', 'coordinator')).text).toContain('Nobody coordinates here');
    talk.profiles.olive = profileOf('Olive', { standing: 'owner' });
    const asked = await talk.say('olive', 'partner list');
    expect(asked.text).toContain('Nobody coordinates Big Local Riverside at the moment.');
    expect(asked.buttons).toEqual(["I'll do it", 'Tom']);
    expect((await talk.press('olive', 'Tom', asked)).text).toBe(
      "Tom coordinates Big Local Riverside now. I'll tell everybody.",
    );
    expect(await named(talk, 'Tom')).toMatchObject({ role: 'coordinator', active: true });
    expect(await noticesTo(talk, 'Tom')).toEqual([
      'Tom coordinates Big Local Riverside now. Olive, an owner of the workspace, named them, since nobody was left to do it.',
    ]);
    expect((await talk.say('tom', 'coordinator')).text).toBe('Tom coordinates here.');
    expect((await talk.press('olive', "I'll do it", asked)).text).not.toContain('You coordinate');
    expect((await talk.say('olive', 'me')).text).toContain('Olive, member.');
  });

  it('lets the owner do it themselves, even if they had left', async () => {
    const talk = await begun();
    talk.profiles.olive = profileOf('Olive', { standing: 'owner' });
    await talk.say('olive', 'me');
    await talk.say('grace', 'member left olive');
    await talk.bot.profileChanged(
      identityOf(talk, 'grace'),
      profileOf('Grace', { standing: 'gone' }),
    );
    const asked = await talk.say('olive', 'help');
    await talk.press('olive', "I'll do it", asked);
    expect((await talk.say('olive', 'me')).text).toContain('Olive, coordinator.');
    expect((await noticesTo(talk, 'Tom'))[0]).toContain(
      'Olive, an owner of the workspace, coordinates',
    );
  });

  it('does not ask an owner because a page is refreshed, nor a plain member', async () => {
    const talk = await begun();
    await talk.bot.profileChanged(
      identityOf(talk, 'grace'),
      profileOf('Grace', { standing: 'gone' }),
    );
    talk.profiles.olive = profileOf('Olive', { standing: 'owner' });
    expect(await triesToGetIn({ ...talk, say: talk.say }, 'tom')).toContain('send the plan');
    const home = await talk.bot.handle({
      ...{ command: 'today', args: {}, automatic: true, key: 'home' },
      actor: identityOf(talk, 'olive'),
      place: { ...identityOf(talk, 'olive'), channel: 'home', direct: true },
      profiles: talk.profiles,
      partnership: talk.id,
    });
    expect(plainText(home.reply.text, ZONE)).not.toContain('Nobody coordinates');
    expect((await everybody(talk)).map(({ name }) => name)).not.toContain('Olive');
  });
});

describe('a message to somebody', () => {
  it('is not sent once they are a guest, and coordinators are told once', async () => {
    const talk = await newTalk();
    await talk.say('tom', 'followup add ring sue by:"thu 3pm"');
    await talk.say('tom', 'followup add ring jo by:"thu 4pm"');
    const worker = await newWorker(talk);
    worker.platform.profiles.set('tom', profileOf('Tom', { standing: 'guest' }));
    await worker.until('2026-11-20T12:00:00Z');
    expect(worker.inbox('tom')).toEqual([]);
    expect(worker.inbox('grace').filter((text) => text.includes('is only a guest'))).toHaveLength(
      1,
    );
    expect((await talk.member('tom')).active).toBe(false);
  });

  it('waits while the platform does not say who they are, and then comes once', async () => {
    const talk = await newTalk();
    await talk.say('tom', 'followup add ring sue by:"thu 3pm"');
    const worker = await newWorker(talk);
    worker.platform.profiles.set('tom', undefined);
    await worker.until('2026-11-19T16:00:00Z');
    expect(worker.inbox('tom').filter((text) => text.startsWith('A reminder'))).toEqual([]);
    worker.platform.profiles.delete('tom');
    await worker.until('2026-11-19T16:10:00Z');
    expect(worker.inbox('tom').filter((text) => text.startsWith('A reminder'))).toHaveLength(1);
    expect((await talk.member('tom')).active).toBe(true);
  });

  it('goes to their other place if they have left the first', async () => {
    const talk = await newTalk();
    const other = { platform: 'test', workspace: 'W2', user: 'tom2' };
    const row = await talk.member('tom');
    await talk.store.of(members).save({ ...row, identities: [...row.identities, other] });
    await talk.say('grace', 'member role maya worker');
    await talk.say('tom', 'followup add ring sue by:"thu 3pm"');
    const worker = await newWorker(talk);
    worker.platform.profiles.set('tom', profileOf('Tom', { standing: 'gone' }));
    await worker.until('2026-11-19T15:30:00Z');
    const reminders = worker.platform.posted.filter(
      ({ address, reply }) =>
        address.to === 'user' &&
        address.identity.user === 'tom2' &&
        plainText(reply.text, ZONE).startsWith('A reminder'),
    );
    expect(reminders).toHaveLength(1);
  });
});

it('somebody whose row was removed long after they left does not come back by speaking', async () => {
  const talk = await newWorkspace();
  talk.profiles.grace = profileOf('Grace', { standing: 'owner', zone: ZONE });
  talk.profiles.tom = profileOf('Tom');
  await talk.say('grace', 'me');
  await talk.say('tom', 'me');
  await talk.say('grace', 'member left tom');
  const worker = await newWorker(talk);
  await worker.until('2027-03-01T12:00:00Z');
  expect((await everybody(talk)).map(({ name }) => name)).toEqual(['Grace']);
  const row = await talk.stores.global(identities).get(identityId(identityOf(talk, 'tom')));
  expect(row).toMatchObject({ user: '', workspace: '', member: '', closed: true });
  expect((await talk.say('tom', 'me')).text).toContain('need to be added by a coordinator');
  await talk.say('grace', 'member add <@tom>');
  expect((await talk.say('tom', 'me')).text).toContain('Tom, member.');
});
