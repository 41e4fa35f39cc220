import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { digests } from '../../../src/core/domain/digests/digest.ts';
import { members } from '../../../src/core/domain/members/member.ts';
import { namesChanged, partnerships } from '../../../src/core/domain/partnerships/partnership.ts';
import { newTalk, newWorkspace, profileOf, type Talk } from '../../fixtures/bot.ts';

const owner = profileOf('Grace', { standing: 'owner', zone: 'Europe/London' });
const offer = 'Set up';

async function newOwned(): Promise<Talk> {
  const talk = await newWorkspace();
  talk.profiles.grace = owner;
  talk.profiles.tom = profileOf('Tom');
  return talk;
}

const partnershipOf = ({ store, id }: Talk) => store.of(partnerships).get(id);
const peopleOf = ({ store }: Talk) => collect(store.of(members).all({ index: 'byName' }));

describe('the first command', () => {
  it('of an owner works, creates the partnership and offers to set it up, once', async () => {
    const talk = await newOwned();
    const said = await talk.say('grace', 'partner add "Oakfield School"', 'first');
    expect(said.text).toContain('Oakfield School');
    expect(said.buttons.slice(-3)).toEqual([offer, 'Add a partner', 'Add people']);
    expect(await partnershipOf(talk)).toMatchObject({
      name: 'Big Local Riverside',
      zone: 'Europe/London',
      workingDays: [1, 2, 3, 4, 5],
      calendar: 'england-and-wales',
      every: 'P8W',
      setUpAt: null,
    });
    expect(await peopleOf(talk)).toMatchObject([{ name: 'Grace', role: 'coordinator' }]);
    expect((await talk.say('grace', 'partner list')).buttons).not.toContain(offer);
    // The same invocation again gets the same answer.
    const again = await talk.say('grace', 'partner add "Oakfield School"', 'first');
    expect(again.reply).toEqual(said.reply);
    expect(talk.errors).toEqual([]);
  });

  it('at the same time as others creates one partnership, one owner and one offer', async () => {
    const talk = await newOwned();
    const lines = ['partner list', 'quiet', 'me', 'members'];
    const said = await Promise.all(lines.map((line) => talk.say('grace', line)));
    expect(said.filter(({ buttons }) => buttons.includes(offer))).toHaveLength(1);
    expect(await peopleOf(talk)).toHaveLength(1);
    expect(talk.errors).toEqual([]);
  });

  it('of somebody else asks for an owner, except help, and stores nothing', async () => {
    const talk = await newOwned();
    for (const who of ['tom', 'stranger']) {
      const said = await talk.say(who, 'log Oakfield School met');
      expect(said.text).toContain('Ask an owner or admin of this workspace');
      expect(said).toMatchObject({ audience: 'actor', buttons: [] });
      const help = await talk.say(who, 'help');
      expect(help.text).toContain('log: Note a contact');
      expect(help.text).toContain('Ask an owner or admin');
      expect((await talk.say(who, 'help today')).text).toContain(
        'today: See everything that is yours',
      );
    }
    expect(await partnershipOf(talk)).toBeUndefined();
    expect(await peopleOf(talk)).toEqual([]);
  });

  it('of an owner from elsewhere creates nothing', async () => {
    const talk = await newOwned();
    const answer = await talk.bot.handle({
      ...talk.bot.parseLine('members'),
      actor: { platform: 'test', workspace: 'elsewhere', user: 'grace' },
      place: { platform: 'test', workspace: 'elsewhere', channel: 'C', direct: false },
      profiles: { grace: owner },
      partnership: talk.id,
      key: 'elsewhere',
    });
    expect(JSON.stringify(answer)).toContain('Ask an owner or admin');
    expect(await partnershipOf(talk)).toBeUndefined();
  });

  it('leaves the offer to the next answer if it opens a form', async () => {
    const talk = await newOwned();
    expect((await talk.say('grace', 'log')).form).toBeDefined();
    expect((await talk.say('grace', 'partner list')).buttons).toContain(offer);
  });

  it('leaves a coordinator even if it is cut off half-way', async () => {
    const talk = await newOwned();
    await talk.say('grace', 'members');
    const [grace] = await peopleOf(talk);
    if (!grace) throw new Error('Grace did not join.');
    await talk.store.of(members).remove(grace.id);
    await namesChanged(talk.store);
    talk.profiles.grace = { ...owner, name: 'Grace H' };
    expect((await talk.say('tom', 'members')).text).toContain('1 member');
    expect((await talk.say('grace', 'me')).text).toContain('Grace H, coordinator');
    talk.profiles.maya = profileOf('Maya', { standing: 'owner' });
    expect((await talk.say('maya', 'me')).text).toContain('Maya, member');
  });
});

describe('setup', () => {
  it('asks in one form, filled in with the current values', async () => {
    const talk = await newOwned();
    const said = await talk.say('grace', 'help');
    expect(said.text).toContain("I've started with the usual settings");
    const { form } = await talk.press('grace', offer, said);
    expect(form?.fields.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'name=Big Local Riverside',
      'zone=Europe/London',
      'calendar=england-and-wales',
      'channel=',
      'worker=',
    ]);
    const done = await talk.submit('grace', form, {
      name: 'Riverside Neighbours',
      zone: 'Europe/Paris',
      channel: '<#C1>',
      worker: '<@tom>',
    });
    expect(done.text).toContain('All set. Riverside Neighbours: Europe/Paris, Monday to Friday');
    expect(done.text).toContain('The digest is posted in #C1 each week on Monday');
    expect(done.text).toContain('Tom is a worker.');
    expect(done.buttons).toEqual([
      'Choose a safeguarding contact',
      'Choose a coordinator',
      'Choose a worker',
      'More settings',
      'Undo',
    ]);
    expect(await partnershipOf(talk)).toMatchObject({
      zone: 'Europe/Paris',
      setUpAt: new Date('2026-11-18T10:00:00Z'),
    });
    expect(await collect(talk.store.of(digests).all({ index: 'byId' }))).toMatchObject([
      { channel: { channel: 'C1' }, nextAt: new Date('2026-11-23T08:00:00Z') },
    ]);
    expect((await talk.say('grace', 'help')).buttons).not.toContain(offer);
    expect((await talk.say('grace', 'today')).buttons).not.toContain(offer);
    const asked = await talk.press('grace', 'Choose a coordinator', done);
    expect(asked.form?.fields.map(({ value }) => value)).toEqual(['', 'coordinator']);
    expect(talk.errors).toEqual([]);
  });

  it('done again changes what is different, and nothing comes twice', async () => {
    const talk = await newOwned();
    await talk.say('grace', 'setup Riverside channel:<#C1> worker:<@tom>');
    await talk.say('grace', 'digest schedule channel:<#C1> day:thursday at:14:00');
    const { form } = await talk.say('grace', 'setup');
    expect(form?.fields.find(({ name }) => name === 'channel')?.value).toBe('<#C1>');
    const same = await talk.submit('grace', form, { worker: '<@grace>' });
    expect(same.text).toContain('each week on Thursday');
    expect(same.text).toContain('Grace is a coordinator.');
    await talk.submit('grace', form, { channel: '<#C2>' });
    expect(await collect(talk.store.of(digests).all({ index: 'byId' }))).toMatchObject([
      { channel: { channel: 'C2' }, weekday: 4, minute: 840 },
    ]);
    const off = await talk.submit('grace', form, { channel: '' });
    expect(off.text).toContain('No weekly digest is posted yet');
    expect(await peopleOf(talk)).toMatchObject([
      { name: 'Grace', role: 'coordinator' },
      { name: 'Tom', role: 'worker' },
    ]);
    expect(talk.errors).toEqual([]);
  });

  it('can be undone completely', async () => {
    const talk = await newOwned();
    const line = 'setup Neighbours zone:Europe/Paris channel:<#C1> worker:<@tom>';
    const said = await talk.say('grace', line);
    expect((await talk.press('grace', 'Undo', said)).text).toContain(
      'Undone: Tom is a member again, the settings are as they were before, and the digest is off again.',
    );
    expect(await partnershipOf(talk)).toMatchObject({
      name: 'Big Local Riverside',
      zone: 'Europe/London',
      setUpAt: null,
    });
    expect(await collect(talk.store.of(digests).all({ index: 'byId' }))).toEqual([]);
    expect((await peopleOf(talk)).map(({ role }) => role)).toEqual(['coordinator', 'member']);
    expect((await talk.say('grace', 'help')).buttons).toContain(offer);
  });

  it('is for coordinators', async () => {
    const talk = await newOwned();
    await talk.say('grace', 'me');
    expect((await talk.say('tom', 'setup')).text).toContain('only a coordinator');
    expect((await talk.say('tom', 'help')).buttons).not.toContain(offer);
  });

  it('is not offered if the partnership was created in another way', async () => {
    const talk = await newTalk();
    expect((await talk.say('grace', 'help')).buttons).not.toContain(offer);
    expect((await talk.say('grace', 'partner list')).buttons).not.toContain(offer);
  });
});
