import { describe, expect, it } from 'vitest';
import { collect } from '../../src/core/async/collect.ts';
import { type Member, members } from '../../src/core/domain/members/member.ts';
import { registerWorkspace, workspaces } from '../../src/core/domain/workspaces/workspace.ts';
import { buttonsOf } from '../../src/core/message/reply.ts';
import { plainText } from '../../src/core/message/rich-text.ts';
import { updateWithRetry } from '../../src/core/ports/store.ts';
import {
  type ChatActions,
  newTalk,
  newWorkspace,
  profileOf,
  type Said,
  type Talk,
} from '../fixtures/bot.ts';
import { newWorker, type TestWorker } from '../fixtures/worker.ts';

/** A partnership in two workspaces. Grace and Ida coordinate; Tom is a councillor, tied to Riverside Council. */
interface World {
  talk: Talk;
  elsewhere: ChatActions;
  worker: TestWorker;
}

async function newWorld(): Promise<World> {
  const talk = await newWorkspace('Riverside');
  const at = { platform: 'test', workspace: `${talk.workspace}-2` };
  const { id } = await registerWorkspace(talk.stores, { ...at, name: 'Riverside Friends' });
  await updateWithRetry(talk.stores.global(workspaces), id, (row) => ({
    ...row,
    partnership: talk.id,
  }));
  talk.profiles.grace = profileOf('Grace', { standing: 'owner' });
  for (const who of ['Ida', 'Tom', 'Maya', 'TomR'])
    talk.profiles[who.toLowerCase()] = profileOf(who);
  await talk.say('grace', 'settings name:"Riverside" cap:0 quiet-hours:none');
  for (const who of ['ida', 'tom', 'maya']) await talk.say(who, 'help');
  await talk.say('grace', 'member role ida coordinator');
  await talk.say('maya', 'partner add "Riverside Council"');
  await talk.say(
    'maya',
    'log riverside council about the canary next:"ask about canary" by:friday',
  );
  await talk.say('grace', 'member tie tom riverside council');
  const worker = await newWorker(talk);
  await worker.sweep();
  return { talk, elsewhere: talk.from(at), worker };
}

const everybody = ({ store }: Talk): Promise<Member[]> =>
  collect(store.of(members).all({ index: 'byName' }));

async function named(talk: Talk, name: string): Promise<Member> {
  const found = (await everybody(talk)).find((row) => row.name === name && !row.mergedInto);
  if (!found) throw new Error(`There is no ${name}.`);
  return found;
}

/** All messages to a member so far. */
function postedTo(worker: TestWorker, user: string) {
  return worker.platform.posted.filter(
    ({ address }) => address.to === 'user' && address.identity.user === user,
  );
}

const wordsTo = (worker: TestWorker, user: string): string[] =>
  postedTo(worker, user).map(({ reply }) => plainText(reply.text, 'Europe/London'));

const story = (who: ChatActions, user: string): Promise<Said> =>
  who.say(user, 'partner show riverside council');

describe('a new identity where somebody is tied', () => {
  it('sees nothing of tied partners until a coordinator has said who it is', async () => {
    const { talk, elsewhere, worker } = await newWorld();
    const said = await story(elsewhere, 'tomr');
    expect(said.text).toContain('A coordinator is letting you in.');
    expect(said.text).not.toMatch(/canary|part of|belongs/);
    for (const line of ['followup list everyone', 'why canary', 'today', 'followup done canary']) {
      const { text } = await elsewhere.say('tomr', line);
      expect(text.replaceAll(/like "canary"/g, '')).not.toContain('canary');
    }
    await worker.sweep();
    for (const who of ['grace', 'ida']) {
      expect(wordsTo(worker, who).at(-1)).toBe(
        'Somebody new is here: TomR, in Test (Riverside Friends). Until you say who it is, they see nothing of Riverside Council, to which a member belongs.',
      );
    }
    expect(wordsTo(worker, 'tom').join()).not.toContain('Somebody new');
    // They are told once, however often the newcomer speaks.
    await elsewhere.say('tomr', 'today');
    await worker.sweep();
    expect(wordsTo(worker, 'grace').filter((text) => text.includes('Somebody new'))).toHaveLength(
      1,
    );

    const question = postedTo(worker, 'grace').at(-1);
    const [isNew] = question ? buttonsOf(question.reply) : [];
    expect((await talk.press('grace', isNew ?? '')).text).toBe(
      'Thanks. TomR sees what every member sees now.',
    );
    expect((await story(elsewhere, 'tomr')).text).toContain('about the canary');
    expect((await talk.press('ida', isNew ?? '')).text).toContain(
      'Somebody has said already who TomR is',
    );
  });

  it('that is one of us becomes the same person, with the tie', async () => {
    const { talk, elsewhere, worker } = await newWorld();
    await elsewhere.say('tomr', 'today');
    await worker.sweep();
    const question = postedTo(worker, 'grace').at(-1);
    const [, isOneOfUs] = question ? buttonsOf(question.reply) : [];
    const { form } = await talk.press('grace', isOneOfUs ?? '');
    const said = await talk.submit('grace', form, { as: 'tom' });
    expect(said.text).toBe(
      'Thanks. I know Tom as one person now, in Test (Riverside) and Test (Riverside Friends).',
    );
    const tom = await named(talk, 'Tom');
    expect(tom.identities.map(({ user }) => user)).toEqual(['tom', 'tomr']);
    expect(tom.tiedTo).toHaveLength(1);
    const shown = await story(elsewhere, 'tomr');
    expect(shown.text).toContain("You're part of this partner");
    expect(shown.text).not.toContain('canary');
    await worker.sweep();
    expect(wordsTo(worker, 'tom').at(-1)).toContain(
      'TomR in Test (Riverside Friends) counts as you',
    );
  });

  it('that was unlinked from somebody tied is tied, and nobody says by mistake that it is new', async () => {
    const { talk, elsewhere } = await newWorld();
    talk.profiles.tom = profileOf('Tom');
    const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec((await talk.say('tom', 'link')).text)?.[0];
    await elsewhere.press('tomr', 'Yes', await elsewhere.say('tomr', `link ${code}`));
    expect((await named(talk, 'Tom')).identities).toHaveLength(2);
    await talk.say('tom', 'unlink "Test (Riverside Friends)"');
    expect((await story(elsewhere, 'tomr')).text).not.toContain('canary');
    const again = await named(talk, 'TomR');
    expect(again.tiedTo).toEqual((await named(talk, 'Tom')).tiedTo);
    expect(again.unidentifiedSince).not.toBeNull();
    expect((await talk.say('grace', `member new #${again.id}`)).text).toBe(
      'Thanks. TomR sees what every member sees now, but for Riverside Council, to which they belong.',
    );
    expect((await story(elsewhere, 'tomr')).text).not.toContain('canary');
  });

  it('is not identified by a coordinator who is tied, or by itself', async () => {
    const { talk, elsewhere } = await newWorld();
    await talk.say('grace', 'member role tom coordinator');
    await elsewhere.say('tomr', 'today');
    const { id } = await named(talk, 'TomR');
    for (const line of [`member new #${id}`, `member same #${id} as:@Maya`])
      expect((await talk.say('tom', line)).text).toContain('You belong to a partner yourself');
    await talk.say('tom', `member role #${id} coordinator`);
    expect((await elsewhere.say('tomr', `member new #${id}`)).text).toContain(
      'another coordinator',
    );
    expect((await story(elsewhere, 'tomr')).text).not.toContain('canary');
  });

  it('members who were here when the first tie was made are known', async () => {
    const { talk } = await newWorld();
    expect((await story(talk, 'maya')).text).toContain('about the canary');
    expect((await everybody(talk)).map(({ unidentifiedSince }) => unidentifiedSince)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('stands in the list of members for coordinators, with the question', async () => {
    const { talk, elsewhere } = await newWorld();
    await elsewhere.say('tomr', 'today');
    const said = await talk.say('ida', 'members');
    expect(said.text).toContain('TomR · member · new: who is it?');
    expect(said.buttons).toContain("It's one of us…");
    expect((await talk.say('maya', 'members')).text).not.toContain('who is it');
  });
});

describe('a tie', () => {
  it('of one’s own is lifted by another coordinator only', async () => {
    const { talk } = await newWorld();
    await talk.say('grace', 'member role tom coordinator');
    const said = await talk.say('tom', 'member tie tom riverside council off');
    expect(said.text).toBe(
      'You belong to Riverside Council yourself, so another coordinator has to change that. Nothing has changed.',
    );
    expect((await named(talk, 'Tom')).tiedTo).toHaveLength(1);
    await talk.say('grace', 'member tie tom riverside council off');
    expect((await story(talk, 'tom')).text).toContain('about the canary');
  });

  it('is told to the other coordinators when it is made, lifted, and undone', async () => {
    const { talk, worker } = await newWorld();
    expect(wordsTo(worker, 'ida').at(-1)).toBe(
      'Grace says that Tom belongs to Riverside Council. Notes about it and promises to it are hidden from Tom now.',
    );
    const lifted = await talk.say('grace', 'member tie tom riverside council off');
    await worker.sweep();
    const shownAgain =
      'Grace says that Tom no longer belongs to Riverside Council. Notes about it and promises to it are shown to Tom again.';
    expect(wordsTo(worker, 'ida').at(-1)).toBe(shownAgain);
    const count = wordsTo(worker, 'ida').length;
    await talk.press('grace', 'Undo', lifted);
    await worker.sweep();
    expect(wordsTo(worker, 'ida')).toHaveLength(count + 1);
    expect(wordsTo(worker, 'ida').at(-1)).toContain('Tom belongs to Riverside Council');
    expect(wordsTo(worker, 'grace').join()).not.toContain('Grace says');
    // Said twice, it is no news.
    await talk.say('grace', 'member tie tom riverside council');
    await worker.sweep();
    expect(wordsTo(worker, 'ida')).toHaveLength(count + 1);
  });
});

describe('a coordinator who is tied', () => {
  async function withTomAsCoordinator(): Promise<World> {
    const world = await newWorld();
    await world.talk.say('grace', 'member role tom coordinator');
    return world;
  }

  it('hears how many promises somebody who leaves has, without the hidden titles', async () => {
    const { talk } = await withTomAsCoordinator();
    await talk.say('maya', 'followup add paint the fence by:friday');
    const said = await talk.say('tom', 'member left maya');
    expect(said.text).toContain(
      "Maya has 2 follow-ups (paint the fence and 1 about a partner you're part of).",
    );
    expect(said.text).not.toContain('canary');
  });

  it('does not get hidden promises by taking over all of somebody’s tasks', async () => {
    const { talk } = await withTomAsCoordinator();
    await talk.say('maya', 'followup add paint the fence by:friday');
    const said = await talk.press('tom', 'To me', await talk.say('tom', 'member left maya'));
    expect(said.text).toBe(
      'Maya has left. Tom has their tasks now. 1 promise belongs to nobody yet, because you may not see it.',
    );
    const list = await talk.say('tom', 'followup list');
    expect(list.text).toContain('paint the fence');
    expect(list.text).not.toContain('canary');
    // The others see it, and can give it to somebody.
    expect((await talk.say('ida', 'today')).text).toContain('ask about canary');
    expect((await talk.say('tom', 'today')).text).not.toContain('canary');
  });

  it('does not hear of requests about hidden promises', async () => {
    const { talk, worker } = await withTomAsCoordinator();
    await talk.say('grace', 'member role maya worker');
    await talk.say('maya', 'followup ask canary who:@Ida');
    await worker.sweep();
    const request = postedTo(worker, 'ida').at(-1);
    await talk.say('grace', 'member left maya to:none');
    const before = wordsTo(worker, 'tom').length;
    const [, cannot] = request ? buttonsOf(request.reply) : [];
    await talk.press('ida', cannot ?? '');
    await worker.sweep();
    expect(wordsTo(worker, 'tom').slice(before).join()).not.toContain('canary');
  });

  it('does not see hidden titles in the list of what can be undone', async () => {
    const { talk } = await withTomAsCoordinator();
    await talk.say('grace', 'member tie tom riverside council off');
    await talk.say('tom', 'followup edit canary next:"ask about canary twice"');
    await talk.say('grace', 'member tie tom riverside council');
    const offered = await talk.say('tom', 'undo');
    expect(offered.text).toContain('something that is hidden from you');
    expect(offered.text).not.toContain('canary');
    const refused = await talk.press('tom', 'Undo', offered);
    expect(refused.text).toBe('That is no longer yours to change. Nothing has changed.');
  });
});

describe('a message that waits while a tie is made', () => {
  it.each([
    [false, 1],
    [true, 0],
  ])('is sent only if it names no hidden promise (tied: %s)', async (tied, count) => {
    const { talk, worker } = await newWorld();
    await talk.say('grace', 'member role ida worker');
    await talk.say('ida', 'me quiet-hours:"09:00-11:30"');
    await talk.say('ida', 'followup ask canary who:@Grace');
    await worker.sweep();
    const [yes] = buttonsOf(postedTo(worker, 'grace').at(-1)?.reply ?? { text: [] });
    await talk.press('grace', yes ?? '');
    if (tied) await talk.say('grace', 'member tie ida riverside council');
    await worker.until('2026-11-18T13:00:00Z');
    const heard = wordsTo(worker, 'ida').filter((text) => text.includes('Grace will do it'));
    expect(heard).toHaveLength(count);
    expect(worker.errors).toEqual([]);
  });
});

describe('what stands in a channel', () => {
  it('says of promises to a tied partner only how many there are', async () => {
    const talk = await newTalk();
    await talk.say('tom', 'partner add Riverside Council');
    await talk.say('tom', 'partner add Oakfield School');
    await talk.say('tom', 'followup add send the plan with:"riverside council" by:friday');
    await talk.say('tom', 'followup add paint the fence with:"oakfield school" by:friday');
    const open = await talk.say('grace', 'digest now');
    expect(open.text).toMatch(/coming week \(.*Riverside Council.*\)/);
    await talk.say('grace', 'member tie maya riverside council');
    const said = await talk.say('grace', 'digest now');
    expect(said.audience).toBe('everyone');
    expect(said.text).toContain('2 promises are due in the coming week (Oakfield School).');
  });
});
