import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { deliveries } from '../../../src/core/domain/deliveries/delivery.ts';
import { type Member, members } from '../../../src/core/domain/members/member.ts';
import { workspaceAt } from '../../../src/core/domain/workspaces/workspace.ts';
import { plainText } from '../../../src/core/message/rich-text.ts';
import { buttonIn, newWorkspace, profileOf, type Talk, ZONE } from '../../fixtures/bot.ts';

/** A workspace where people only visit until they are let in; its owner, Grace, coordinates. */
async function begun(): Promise<Talk> {
  const talk = await newWorkspace('Alder Server');
  talk.profiles.grace = profileOf('Grace', { standing: 'owner' });
  talk.profiles.sam = profileOf('Sam', { standing: 'visitor' });
  talk.profiles.tom = profileOf('Tom', { standing: 'full' });
  await talk.say('grace', 'settings name:"Alder Neighbours"');
  return talk;
}

const everybody = ({ store }: Talk): Promise<Member[]> =>
  collect(store.of(members).all({ index: 'byName' }));

async function noticesIn({ store }: Talk): Promise<string[]> {
  const rows = await collect(store.of(deliveries).all({ index: 'byId' }));
  return rows.map(({ reply }) => plainText(reply?.text ?? [], ZONE));
}

describe('a visitor', () => {
  it('is told how to get in, whatever they say, and nothing about the partnership', async () => {
    const talk = await begun();
    await talk.say('grace', 'partner add "Alder School"');
    for (const line of ['members', 'help', 'log alder school met', 'me', 'today']) {
      const said = await talk.say('sam', line);
      expect(said.text).toContain('need to be added by a coordinator');
      expect(said.text.toLowerCase()).not.toContain('alder');
      expect(said).toMatchObject({ audience: 'actor', buttons: ['Ask to be let in'] });
    }
    const asked = { partnership: talk.id, command: 'log', arg: 'with', typed: '', limit: 9 };
    const actor = { platform: 'test', workspace: talk.workspace, user: 'sam' };
    const typist = { actor, profile: talk.profiles.sam };
    expect(await talk.bot.choices({ ...asked, ...typist })).toEqual([]);
    expect(await everybody(talk)).toHaveLength(1);
  });

  it('can ask once a week, a coordinator lets them in, and they hear of it', async () => {
    const talk = await begun();
    const first = await talk.say('sam', 'members');
    const said = await talk.press('sam', 'Ask', first);
    expect(said.text).toContain("I've asked the coordinators");
    await Promise.all([talk.press('sam', 'Ask', first), talk.say('sam', 'join')]);
    talk.clock.move({ days: 6 });
    expect((await talk.say('sam', 'join')).text).toContain(
      'I asked the coordinators on Wed 18 Nov',
    );
    const request = 'Sam (in Alder Server) would like to join';
    const requests = async () =>
      (await noticesIn(talk)).filter((text) => text.startsWith(request)).length;
    expect(await requests()).toBe(1);
    talk.clock.move({ days: 2 });
    await talk.say('sam', 'join');
    expect(await requests()).toBe(2);

    const list = await talk.say('grace', 'members');
    expect(list.text).toContain('Sam · would like to join');
    const button = buttonIn(list, 'Let them in');
    const done = await talk.press('grace', button);
    expect(done.text).toBe('Sam is in, as a member.');
    expect(await noticesIn(talk)).toContain(
      "You're in: Grace has let you into Alder Neighbours. Type help to see what I can do.",
    );
    expect((await talk.say('sam', 'me')).text).toContain('Sam, member.');
    expect((await talk.press('grace', button)).text).toContain('dealt with that already');
    expect((await talk.say('grace', 'members')).text).not.toContain('asks to be let in');
    expect(talk.errors).toEqual([]);
  });

  it('who was let in by mistake is out again after Undo, and can ask again', async () => {
    const talk = await begun();
    await talk.say('sam', 'join');
    const list = await talk.say('grace', 'members');
    const done = await talk.press('grace', 'Let them in', list);
    expect((await talk.press('grace', 'Undo', done)).text).toContain(
      'Undone: Sam is no longer a member here.',
    );
    expect((await talk.say('sam', 'members')).buttons).toEqual(['Ask to be let in']);
    expect((await noticesIn(talk)).join()).not.toContain("You're in");
    expect((await talk.say('grace', 'members')).buttons).toContain('Let them in');
  });

  it('cannot be let in by a member, or by themselves', async () => {
    const talk = await begun();
    await talk.say('tom', 'me');
    await talk.say('sam', 'join');
    const button = buttonIn(await talk.say('grace', 'members'), 'Let them in');
    for (const who of ['tom', 'sam']) {
      await talk.press(who, button);
      await talk.say(who, 'member add <@sam>');
    }
    const named = await talk.say('tom', 'followup add send the plan who:<@sam>');
    expect(named.text).toContain('Sam has not been let in yet. A coordinator can do that');
    expect((await everybody(talk)).map(({ name }) => name)).toEqual(['Grace', 'Tom']);
  });

  it('who had left stays out until a coordinator lets them back in', async () => {
    const talk = await begun();
    await talk.say('grace', 'member add <@sam>');
    await talk.say('grace', 'member role sam worker');
    await talk.say('grace', 'member left sam');
    expect((await talk.say('sam', 'me')).buttons).toEqual(['Ask to be let in']);
    const back = await talk.say('grace', 'member add <@sam>');
    expect(back.text).toBe('Sam is in, as a member.');
    expect((await talk.say('sam', 'me')).text).toContain('Sam, member.');
  });
});

describe('member add', () => {
  it('lets somebody in, with a brief scheduled, and Undo reverts it', async () => {
    const talk = await begun();
    for (const who of ['sam', 'tom']) {
      talk.clock.move({ minutes: 1 });
      const said = await talk.say('grace', `member add <@${who}>`);
      expect(said.text).toContain('is in, as a member');
      expect(said.buttons).toEqual(['Another role', 'Undo']);
      const again = await talk.say('grace', `member add <@${who}>`);
      expect(again.text).toContain('is in already, as a member');
    }
    const [, sam, tom] = await everybody(talk);
    expect([sam, tom]).toMatchObject([
      { name: 'Sam', active: true, briefDay: '2026-11-19' },
      { name: 'Tom', active: true, briefDay: '2026-11-19' },
    ]);
    const last = await talk.say('grace', 'undo');
    await talk.press('grace', 'Undo', last);
    expect((await everybody(talk)).map(({ active }) => active)).toEqual([true, true, false]);
    expect(talk.errors).toEqual([]);
  });

  it('by two coordinators at once makes one member', async () => {
    const talk = await begun();
    await talk.say('tom', 'me');
    await talk.say('grace', 'member role tom coordinator');
    await talk.say('sam', 'join');
    await Promise.all([
      talk.say('grace', 'member add <@sam>'),
      talk.say('tom', 'member add <@sam>'),
    ]);
    const sams = (await everybody(talk)).filter(({ name }) => name === 'Sam');
    expect(sams).toMatchObject([{ active: true, role: 'member' }]);
  });

  it('a coordinator who gives somebody a task lets them in too', async () => {
    const talk = await begun();
    const said = await talk.say('grace', 'followup add send the plan by:friday who:<@sam>');
    expect(said.text).toContain('Sam will do it');
    expect((await talk.say('sam', 'today')).text).toContain('send the plan');
  });
});

describe('access', () => {
  const admitsIn = async ({ stores, workspace }: Talk) =>
    (await workspaceAt(stores, { platform: 'test', workspace }))?.admits;

  it('is given by a role that a coordinator chooses, and Undo reverts it', async () => {
    const talk = await begun();
    expect((await talk.say('grace', 'access')).text).toContain('No role lets people in here');
    const said = await talk.say('grace', 'access role:<@&42>');
    expect(said.text).toContain('becomes a member by talking to me');
    expect(said.text).toContain(
      'Members who are here now stay. To take somebody out: member left.',
    );
    expect(await admitsIn(talk)).toBe('42');
    expect((await talk.say('grace', 'access <@&42>')).text).toContain('nothing has changed');
    await talk.press('grace', 'Undo', said);
    expect(await admitsIn(talk)).toBeNull();
    await talk.say('grace', 'access <@&42>');
    await talk.say('grace', 'access none');
    expect(await admitsIn(talk)).toBeNull();
    expect(talk.errors).toEqual([]);
  });

  it.each([
    ['grace', 'access role:residents', `I can't tell which role "residents" is`],
    ['grace', 'access <#C1>', 'Here, a role lets people in. Choose one: access role:@Residents'],
    ['grace', 'access full members', 'Here, a role lets people in'],
    ['grace', 'access by name', 'That was so already, so nothing has changed'],
    ['grace', 'followup add x who:<@&42>', 'That is a role, and I need one person'],
    ['tom', 'access <@&42>', 'only a coordinator'],
  ])('%s: %s is refused', async (who, line, sentence) => {
    const talk = await begun();
    expect((await talk.say(who, line)).text).toContain(sentence);
    expect(await admitsIn(talk)).toBeNull();
  });
});
