import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { type Member, members } from '../../../src/core/domain/members/member.ts';
import { partnerships } from '../../../src/core/domain/partnerships/partnership.ts';
import { newTalk, newWorkspace, profileOf, type Talk } from '../../fixtures/bot.ts';

/** A workspace whose owner, Grace, has spoken. */
async function begun(): Promise<Talk> {
  const talk = await newWorkspace();
  talk.profiles.grace = profileOf('Grace', { standing: 'owner' });
  await talk.say('grace', 'members');
  return talk;
}

const everybody = ({ store }: Talk): Promise<Member[]> =>
  collect(store.of(members).all({ index: 'byName' }));

async function named(talk: Talk, name: string): Promise<Member> {
  const found = (await everybody(talk)).find((row) => row.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
}

describe('somebody who speaks', () => {
  it('becomes a member, and their command is done at once', async () => {
    const talk = await begun();
    talk.profiles.tom = profileOf('Tom\n  Riverside', { zone: 'Europe/Paris' });
    const said = await talk.say('tom', 'partner add "Oakfield School"');
    expect(said.text).toContain('Oakfield School');
    expect(await named(talk, 'Tom Riverside')).toMatchObject({
      role: 'member',
      active: true,
      zone: null,
      platformZone: 'Europe/Paris',
      briefDay: '2026-11-19',
      nextRunAt: new Date('2026-11-19T08:00:00Z'),
    });
    expect((await talk.say('grace', 'members')).text).toContain('2 members:');
    expect(talk.errors).toEqual([]);
  });

  it('becomes one member, even if they speak in several ways or processes at once', async () => {
    const talk = await begun();
    talk.profiles.tom = profileOf('Tom');
    await Promise.all(['me', 'members', 'today', 'help', 'quiet'].map((l) => talk.say('tom', l)));
    expect((await everybody(talk)).map(({ name }) => name)).toEqual(['Grace', 'Tom']);
    expect(talk.errors).toEqual([]);
  });

  it('stays a member after they undo what they did', async () => {
    const talk = await begun();
    talk.profiles.tom = profileOf('Tom');
    const said = await talk.say('tom', 'partner add "Oakfield School"');
    expect((await talk.press('tom', 'Undo', said)).text).toContain(
      'Undone: Oakfield School is no longer in the register.',
    );
    expect(await named(talk, 'Tom')).toMatchObject({ active: true });
    expect((await talk.say('tom', 'partner list')).text).not.toContain('Oakfield');
  });

  it('is shown nothing if the platform says nothing about them, member or not', async () => {
    const talk = await begun();
    delete talk.profiles.grace;
    for (const who of ['tom', 'grace'])
      expect((await talk.say(who, 'members')).text).toBe(
        "Sorry, Test doesn't tell me who you are at the moment, so I can't show you anything. Nothing has changed. Please try again in a minute.",
      );
    expect(await everybody(talk)).toHaveLength(1);
  });

  it('is told nothing as a guest, even if they were a member', async () => {
    const talk = await begun();
    talk.profiles.tom = profileOf('Tom');
    await talk.say('tom', 'members');
    for (const who of ['sam', 'tom']) {
      talk.profiles[who] = profileOf('Guest', { standing: 'guest' });
      for (const line of ['members', 'help', 'nonsense', 'log Oakfield met', 'me']) {
        const said = await talk.say(who, line);
        expect(said.text).toBe(
          'Sorry, I can only talk with full members of this workspace. Nothing has changed.',
        );
        expect(said).toMatchObject({ audience: 'actor', buttons: [] });
        expect(said.form).toBeUndefined();
      }
    }
    expect(await everybody(talk)).toHaveLength(2);
  });

  it('from another workspace does not become a member, whatever their profile says', async () => {
    const talk = await newTalk();
    talk.profiles.sam = profileOf('Sam', { standing: 'owner' });
    expect((await talk.say('sam', 'members')).text).toContain("I don't know you here yet");
    expect(await everybody(talk)).toHaveLength(3);
  });

  it('is a member again after they had left only once a coordinator lets them in', async () => {
    const talk = await begun();
    talk.profiles.tom = profileOf('Tom');
    await talk.say('tom', 'me');
    await talk.say('grace', 'member role tom coordinator');
    await talk.say('grace', 'member left tom');
    expect(await named(talk, 'Tom')).toMatchObject({ active: false, briefDue: null });
    const said = await talk.say('tom', 'me');
    expect(said.text).toContain('You need to be added by a coordinator');
    expect(said.buttons).toEqual(['Ask to be let in']);
    expect(await named(talk, 'Tom')).toMatchObject({ active: false });
    await talk.say('grace', 'member add tom');
    expect((await talk.say('tom', 'me')).text).toContain('Tom, member.');
    expect(await named(talk, 'Tom')).toMatchObject({ active: true, role: 'member' });
  });
});

describe('somebody who is mentioned', () => {
  it('as the owner of a task becomes a member before they ever speak', async () => {
    const talk = await begun();
    talk.profiles.sam = profileOf('Sam', { zone: 'Asia/Kolkata' });
    const said = await talk.say('grace', 'followup add send the plan by:friday who:<@sam>');
    expect(said.text).toContain('Sam');
    const sam = await named(talk, 'Sam');
    expect(sam).toMatchObject({ role: 'member', platformZone: 'Asia/Kolkata' });
    const [row] = await collect(talk.store.of(followups).all({ index: 'byDueDay' }));
    expect(row).toMatchObject({ title: 'send the plan', who: sam.id });
  });

  it('in a note stays a stranger', async () => {
    const talk = await begun();
    talk.profiles.sam = profileOf('Sam');
    await talk.say('grace', 'partner add "Oakfield School"');
    await talk.say('grace', 'log oakfield school met <@sam> there');
    expect(await everybody(talk)).toHaveLength(1);
  });

  it('as a guest does not become a member', async () => {
    const talk = await begun();
    talk.profiles.sam = profileOf('Sam', { standing: 'guest' });
    const said = await talk.say('grace', 'followup add send the plan who:<@sam>');
    expect(said.text).toContain("Guests can't use Convenor here.");
    expect(await everybody(talk)).toHaveLength(1);
  });

  it('by somebody who is not a member does not become one', async () => {
    const talk = await begun();
    talk.profiles.sam = profileOf('Sam');
    await talk.say('tom', 'followup add send the plan who:<@sam>');
    expect(await everybody(talk)).toHaveLength(1);
  });
});

describe('the profile of a member on the platform', () => {
  it('decides their name, and their zone with the times of their brief', async () => {
    const talk = await begun();
    talk.profiles.tom = profileOf('Tom', { zone: 'Europe/London' });
    await talk.say('tom', 'me');
    talk.profiles.tom = profileOf('Thomas', { zone: 'America/New_York' });
    const said = await talk.say('tom', 'me');
    expect(said.text).toContain('Thomas, member');
    expect(said.text).toContain('Your time zone is America/New_York (from your chat app)');
    expect(await named(talk, 'Thomas')).toMatchObject({
      briefDay: '2026-11-18',
      nextRunAt: new Date('2026-11-18T14:00:00Z'),
    });
    expect((await talk.say('grace', 'followup add hello who:thomas')).text).toContain('Thomas');
  });

  it('does not change a zone that they chose themselves, until they remove it', async () => {
    const talk = await begun();
    talk.profiles.tom = profileOf('Tom', { zone: 'America/New_York' });
    await talk.say('tom', 'me zone:Asia/Tokyo');
    talk.profiles.tom = profileOf('Tom', { zone: 'Europe/Paris' });
    expect((await talk.say('tom', 'me')).text).toContain('Your time zone is Asia/Tokyo.');
    expect(await named(talk, 'Tom')).toMatchObject({ nextRunAt: new Date('2026-11-19T00:00:00Z') });
    expect((await talk.say('tom', 'me zone:none')).text).toContain(
      'Your time zone is Europe/Paris (from your chat app)',
    );
    expect(await named(talk, 'Tom')).toMatchObject({ nextRunAt: new Date('2026-11-19T08:00:00Z') });
  });

  it('causes no write if nothing is new', async () => {
    const talk = await begun();
    talk.profiles.tom = profileOf('Tom', { zone: 'Mars/Olympus' });
    await talk.say('tom', 'me');
    const before = await talk.store.of(partnerships).get(talk.id);
    const tom = await named(talk, 'Tom');
    await talk.say('tom', 'me');
    expect(await talk.store.of(partnerships).get(talk.id)).toEqual(before);
    expect(await named(talk, 'Tom')).toEqual(tom);
    expect(tom.platformZone).toBeNull();
  });

  it('waits while their brief is being sent', async () => {
    const talk = await begun();
    talk.profiles.tom = profileOf('Tom');
    await talk.say('tom', 'me');
    await talk.store.of(members).save({ ...(await named(talk, 'Tom')), sending: 'brief' });
    talk.profiles.tom = profileOf('Thomas');
    await talk.say('tom', 'me time:8:00');
    expect(await named(talk, 'Tom')).toMatchObject({ sending: 'brief' });
  });
});
