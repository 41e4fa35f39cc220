import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { partnershipsOf } from '../../../src/core/bot/which-partnership.ts';
import { deliveries } from '../../../src/core/domain/deliveries/delivery.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { linkCodes } from '../../../src/core/domain/link-codes/link-code.ts';
import { type Member, members } from '../../../src/core/domain/members/member.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { registerWorkspace, workspaces } from '../../../src/core/domain/workspaces/workspace.ts';
import { plainText } from '../../../src/core/message/rich-text.ts';
import { updateWithRetry } from '../../../src/core/ports/store.ts';
import {
  type ChatActions,
  newWorkspace,
  profileOf,
  type Said,
  type Talk,
  ZONE,
} from '../../fixtures/bot.ts';

/** One partnership in a chat and on a server. Grace owns both and is a coordinator. */
interface World {
  talk: Talk;
  chat: ChatActions;
  server: ChatActions;
  at: { platform: string; workspace: string };
}

async function newWorld(): Promise<World> {
  const talk = await newWorkspace('Riverside');
  const at = { platform: 'server', workspace: `S-${talk.workspace}` };
  await openSpace(talk, at, 'Riverside Friends');
  talk.profiles.grace = profileOf('Grace', { standing: 'owner' });
  for (const who of ['sam', 'tom', 'kim']) talk.profiles[who] = profileOf(who);
  await talk.say('grace', 'settings name:"Riverside Neighbours"');
  return { talk, chat: talk, server: talk.from(at), at };
}

async function openSpace(talk: Talk, at: World['at'], name: string): Promise<void> {
  const row = await registerWorkspace(talk.stores, { ...at, name });
  await updateWithRetry(talk.stores.global(workspaces), row.id, (row) => ({
    ...row,
    partnership: talk.id,
  }));
}

const codeIn = ({ text }: Said): string => /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(text)?.[0] ?? 'no code';

/** Links a user in one place with a user in another (`other`). */
async function linked(from: ChatActions, who: string, to: ChatActions, other = who): Promise<Said> {
  const code = codeIn(await from.say(who, 'link'));
  return to.press(other, 'Yes', await to.say(other, `link ${code}`));
}

const everybody = ({ store }: Talk): Promise<Member[]> =>
  collect(store.of(members).all({ index: 'byName' }));
const standing = async (talk: Talk): Promise<Member[]> =>
  (await everybody(talk)).filter(({ active }) => active);

describe('link', () => {
  it('merges somebody’s members in two places, with everything that was theirs', async () => {
    const { talk, chat, server, at } = await newWorld();
    await chat.say('sam', 'partner add "Oakfield School" lead:me');
    await chat.say('sam', 'followup add ring the school by:friday');
    await server.say('sam', 'partner add "Local Trust" lead:me');
    await server.say('sam', 'log local trust met next:"send the plan" by:friday');
    await server.say('sam', 'followup add water the beds repeat:"every monday"');
    await server.say('sam', 'me time:8:30 zone:Europe/Paris');
    await chat.say('tom', 'followup add book the hall by:friday');
    const [, here] = (await standing(talk)).filter(({ name }) => name === 'sam');
    await chat.invoke('tom', 'followup ask', { which: 'hall', who: `#${here?.id}` });
    await chat.say('grace', `member tie #${here?.id} "Local Trust"`);

    const asked = await server.say('sam', `link ${codeIn(await chat.say('sam', 'link'))}`);
    expect(asked.text).toContain('That code is from sam, in Test (Riverside). Is that you?');
    expect(await standing(talk)).toHaveLength(4);
    const done = await server.press('sam', 'Yes', asked);
    expect(done.text).toBe(
      'Done: I now know you as one person, sam, in Test (Riverside) and Server (Riverside Friends). You brought along: 2 follow-ups, 1 partner you lead. Each message comes once.',
    );

    const now = await standing(talk);
    expect(now.map(({ name }) => name)).toEqual(['Grace', 'sam', 'tom']);
    const sam = now[1] as Member;
    expect(sam).toMatchObject({
      briefAt: 510,
      zone: 'Europe/Paris',
      identities: [{ platform: 'test' }, { platform: 'server' }],
    });
    expect(sam.tiedTo).toHaveLength(1);
    const open = await collect(
      talk.store.of(followups).all({ index: 'byDueDay', where: { state: 'open' } }),
    );
    expect(open.map(({ title, who, asked: of }) => [title, who === sam.id, of === sam.id])).toEqual(
      expect.arrayContaining([
        ['ring the school', true, false],
        ['send the plan', true, false],
        ['water the beds', true, false],
        ['book the hall', false, true],
      ]),
    );
    const led = await collect(talk.store.of(partners).all({ index: 'byKey' }));
    expect(led.map(({ lead }) => lead)).toEqual([sam.id, sam.id]);
    for (const voices of [chat, server]) {
      const today = await voices.say('sam', 'today');
      for (const title of ['ring the school', 'send the plan', 'book the hall'])
        expect(today.text).toContain(title);
    }
    expect(await partnershipsOf(talk.stores, { platform: 'server', user: 'sam' })).toEqual([
      { partnership: talk.id, name: 'Riverside Neighbours', identity: { ...at, user: 'sam' } },
    ]);
    expect(talk.errors).toEqual([]);
  });

  it('leaves no second member who gets messages, and history stays with the member', async () => {
    const { talk, chat, server } = await newWorld();
    await chat.say('sam', 'me');
    const logged = await server.say('sam', 'partner add "Local Trust"');
    await server.say('sam', 'log local trust met at the fair');
    await linked(chat, 'sam', server);
    const gone = (await everybody(talk)).find(({ mergedInto }) => mergedInto);
    expect(gone).toMatchObject({ active: false, briefDay: null, identities: [] });
    expect((await chat.say('grace', 'members')).text).toMatch(/^2 members:/);
    expect((await chat.say('grace', 'partner show local trust')).text).toContain('sam');
    // They can still change and undo what the merged member did.
    const change = await server.say('sam', 'log local trust rang them');
    expect((await chat.press('sam', 'Undo', change)).text).toContain('Undone');
    expect((await chat.press('sam', 'Undo', logged)).text).toContain('Undone');
    await chat.say('grace', 'settings zone:Europe/Paris');
    const after = await talk.store.of(members).get(gone?.id ?? '');
    expect(after).toMatchObject({ active: false, briefDay: null });
    expect(talk.errors).toEqual([]);
  });

  it('an undo afterwards gives things to the merged member', async () => {
    const { talk, chat, server } = await newWorld();
    await chat.say('sam', 'me');
    await server.say('sam', 'partner add "Local Trust" lead:me');
    await server.say('sam', 'followup add send the plan by:friday');
    const given = await chat.say('grace', 'followup ask plan who:me');
    const edited = await chat.say('grace', 'partner edit local trust lead:me');
    await linked(chat, 'sam', server);
    for (const said of [given, edited]) await chat.press('grace', 'Undo', said);
    const sam = (await standing(talk)).find(({ name }) => name === 'sam');
    const [plan] = await collect(talk.store.of(followups).all({ index: 'byDueDay' }));
    const [trust] = await collect(talk.store.of(partners).all({ index: 'byKey' }));
    expect([plan?.who, trust?.lead]).toEqual([sam?.id, sam?.id]);
    expect((await chat.say('sam', 'today')).text).toContain('send the plan');
    expect(talk.errors).toEqual([]);
  });

  it('keeps the role with more rights, whichever side the code came from', async () => {
    for (const [giver, other] of [
      ['worker', 'coordinator'],
      ['coordinator', 'member'],
    ]) {
      const { talk, chat, server } = await newWorld();
      await chat.say('sam', 'me');
      await server.say('kim', 'me');
      await chat.say('grace', `member role sam ${giver}`);
      await chat.say('grace', `member role kim ${other}`);
      await linked(chat, 'sam', server, 'kim');
      const sam = (await standing(talk)).find(({ name }) => name === 'sam');
      expect(sam).toMatchObject({ role: 'coordinator' });
    }
  });

  it('tells the member who got the code, in that place; they can unlink it at once', async () => {
    const { talk, chat, server } = await newWorld();
    await chat.say('sam', 'me');
    await linked(chat, 'sam', server, 'kim');
    await server.say('kim', 'me');
    const rows = await collect(talk.store.of(deliveries).all({ index: 'byId' }));
    const notice = rows.find(({ occurrence }) => occurrence === 'linked');
    expect(plainText(notice?.reply?.text ?? [], ZONE)).toBe(
      "You're linked: from now on, kim in Server (Riverside Friends) counts as you too. If that wasn't you, unlink it at once.",
    );
    expect(notice?.address).toMatchObject({ identity: { platform: 'test', user: 'sam' } });
    // Somebody who got hold of the code cannot remove the real owner.
    const refused = await server.say('kim', 'unlink test');
    expect(refused.text).toContain('I knew you in Test (Riverside) before');
    const done = await chat.press('sam', 'Unlink it', {
      reply: notice?.reply ?? { text: [] },
    } as Said);
    expect(done.text).toContain('Server (Riverside Friends) is no longer linked with you');
    expect((await server.say('kim', 'me')).text).toContain('kim, member');
    expect((await standing(talk)).map(({ name }) => name)).toEqual(['Grace', 'kim', 'sam']);
    expect((await chat.say('sam', 'me')).text).not.toContain('I write to you in');
    expect(talk.errors).toEqual([]);
  });

  it('codes are stored as hashes, work once, for ten minutes, and only the latest', async () => {
    const { talk, chat, server } = await newWorld();
    const first = codeIn(await chat.say('sam', 'link'));
    const code = codeIn(await chat.say('sam', 'link', 'the same'));
    const rows = await collect(
      talk.stores.global(linkCodes).all({
        index: 'byMember',
        where: { partnership: talk.id },
      }),
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(code.replace('-', '-?')));
    expect((await server.say('kim', `link ${first}`)).text).toContain("That code doesn't work");
    const lower = `link code:"${code.toLowerCase().replace('-', ' ')}"`;
    expect((await server.say('kim', lower)).text).toContain('Is that you?');
    talk.clock.move({ minutes: 10 });
    expect((await server.say('kim', lower)).text).toContain('codes last ten minutes');

    const used = codeIn(await chat.say('sam', 'link'));
    const asked = await server.say('kim', `link ${used}`);
    await server.press('kim', 'Yes', asked);
    expect((await server.press('kim', 'Yes', asked)).text).toContain(
      'Done: I now know you as one person',
    );
    expect((await server.say('tom', `link ${used}`)).text).toContain('used that code already');
    talk.clock.move({ minutes: 11 });
    await chat.say('tom', 'link');
    const left = await collect(
      talk.stores.global(linkCodes).all({
        index: 'byMember',
        where: { partnership: talk.id },
      }),
    );
    expect(left).toMatchObject([{ usedBy: null }]);
  });

  it('guessing is blocked for an hour after five tries, also at the same time', async () => {
    const { talk, chat, server } = await newWorld();
    await server.say('kim', 'me');
    const guesses = Array.from(
      { length: 12 },
      (_, index) => `link ACDE-ACD${'EFGHJKMNPQRT'[index]}`,
    );
    const said = await Promise.all(guesses.map((line) => server.say('kim', line)));
    const tried = said.filter(({ text }) => text.includes("doesn't work"));
    expect(tried).toHaveLength(5);
    const code = codeIn(await chat.say('sam', 'link'));
    expect((await server.say('kim', `link ${code}`)).text).toContain("You've typed 5 codes");
    expect((await server.say('tom', `link ${code}`)).text).toContain('Is that you?');
    talk.clock.move({ hours: 1 });
    const fresh = codeIn(await chat.say('sam', 'link'));
    expect((await server.say('kim', `link ${fresh}`)).text).toContain('Is that you?');
    expect(talk.errors).toEqual([]);
  });

  it('lets in somebody who was never let in there, as the member whose code they have', async () => {
    const { talk, chat, server } = await newWorld();
    await chat.say('sam', 'me time:8:30');
    talk.profiles.val = profileOf('Val', { standing: 'visitor' });
    expect((await server.say('val', 'today')).buttons).toEqual(['Ask to be let in']);
    expect((await server.say('val', 'link')).buttons).toEqual(['Ask to be let in']);
    expect((await server.say('val', 'link ACDE-3467')).text).toContain("That code doesn't work");
    const code = codeIn(await chat.say('sam', 'link'));
    const asked = await server.say('val', `link ${code}`);
    expect(asked.text).toContain('That code is from sam, in Test (Riverside). Is that you?');
    // Until they say so, they are nobody here.
    expect((await server.say('val', 'today')).buttons).toEqual(['Ask to be let in']);
    expect((await server.press('val', 'Yes', asked)).text).toMatch(/^Done: I now know you as one/);
    expect((await server.press('val', 'Yes', asked)).text).toMatch(/^Done: I now know you as one/);
    expect((await server.say('val', 'members')).text).toMatch(/^2 members:/);
    const [, sam, ...more] = await standing(talk);
    expect(more).toEqual([]);
    expect(sam).toMatchObject({ briefAt: 510, identities: [{ user: 'sam' }, { user: 'val' }] });
    expect(talk.errors).toEqual([]);
  });

  it('a code does not let in a guest, or somebody who had lost their access', async () => {
    const { talk, chat, server } = await newWorld();
    await server.say('kim', 'me');
    await chat.say('grace', 'member left kim');
    talk.profiles.kim = profileOf('kim', { standing: 'visitor' });
    talk.profiles.gus = profileOf('Gus', { standing: 'guest' });
    const code = codeIn(await chat.say('sam', 'link'));
    expect((await server.say('kim', `link ${code}`)).buttons).toEqual(['Ask to be let in']);
    expect((await server.say('gus', `link ${code}`)).text).toContain(
      'full members of this workspace',
    );
  });

  it.each([
    ['nonsense', 'That is not one of my codes'],
    ['ACDE-3467', "That code doesn't work"],
  ])('%s is refused with what to do', async (typed, sentence) => {
    const { server } = await newWorld();
    const said = await server.say('sam', `link ${typed}`);
    expect(said.text).toContain(sentence);
    expect(said.text).toMatch(/type link where you got (the code|this one)/);
  });

  it('is refused with one’s own code, in the same place, and across partnerships', async () => {
    const { chat, server } = await newWorld();
    const code = codeIn(await chat.say('sam', 'link'));
    expect((await chat.say('sam', `link ${code}`)).text).toContain('Type it in your other chat');
    expect((await chat.say('tom', `link ${code}`)).text).toContain('I already know sam here');
    const { server: elsewhere, talk } = await newWorld();
    expect((await elsewhere.say('sam', `link ${code}`)).text).toContain(
      'a place that is not linked with this one',
    );
    expect(await standing(talk)).toHaveLength(2);
    const theirs = codeIn(await chat.say('grace', 'workspace link'));
    expect((await server.say('sam', `link ${theirs}`)).text).toContain('workspace link');
  });

  it('a code typed by two at once works for one; two codes typed crosswise merge nobody twice', async () => {
    const { talk, chat, server } = await newWorld();
    await Promise.all([server.say('kim', 'me'), server.say('tom', 'me'), chat.say('sam', 'me')]);
    const code = codeIn(await chat.say('sam', 'link'));
    const said = await Promise.all(
      ['kim', 'tom'].map((who) => server.invoke(who, 'link', { code, sure: 'yes' })),
    );
    const done = said.filter(({ text }) => text.startsWith('Done'));
    expect(done).toHaveLength(1);
    expect(await standing(talk)).toHaveLength(3);

    const again = await newWorld();
    await again.chat.say('sam', 'me');
    await again.server.say('kim', 'me');
    const sams = codeIn(await again.chat.say('sam', 'link'));
    const kims = codeIn(await again.server.say('kim', 'link'));
    await Promise.all([
      again.server.invoke('kim', 'link', { code: sams, sure: 'yes' }),
      again.chat.invoke('sam', 'link', { code: kims, sure: 'yes' }),
    ]);
    const left = await standing(again.talk);
    expect([2, 3]).toContain(left.length);
    expect((await again.chat.say('sam', 'me')).text).toContain('member.');
    expect((await again.server.say('kim', 'me')).text).toContain('member.');
    expect([...talk.errors, ...again.talk.errors]).toEqual([]);
  });
});

describe('unlink', () => {
  it('shows the places, and unlinks one; the user there becomes a new member', async () => {
    const { talk, chat, server } = await newWorld();
    await chat.say('sam', 'me');
    await server.say('sam', 'partner add "Local Trust" lead:me');
    expect((await chat.say('sam', 'unlink')).text).toContain('there is nothing to unlink');
    await linked(chat, 'sam', server);
    const said = await chat.say('sam', 'unlink');
    expect(said.buttons).toEqual(['Test (Riverside)', 'Server (Riverside Friends)']);
    await chat.press('sam', 'Server', said);
    const [trust] = await collect(talk.store.of(partners).all({ index: 'byKey' }));
    const mine = (await standing(talk)).find(({ name }) => name === 'sam');
    expect(trust?.lead).toBe(mine?.id);
    expect((await server.say('sam', 'quiet')).text).not.toContain("don't know you");
    const sams = (await standing(talk)).filter(({ name }) => name === 'sam');
    expect(sams.map(({ identities }) => identities.map(({ platform }) => platform))).toEqual(
      expect.arrayContaining([['test'], ['server']]),
    );
    // It can be linked and unlinked again.
    await linked(chat, 'sam', server);
    await chat.say('sam', 'unlink server');
    await server.say('sam', 'me');
    expect((await standing(talk)).filter(({ name }) => name === 'sam')).toHaveLength(2);
    expect(talk.errors).toEqual([]);
  });

  it('of somebody else needs a coordinator', async () => {
    const { talk, chat, server } = await newWorld();
    await linked(chat, 'sam', server);
    await chat.say('tom', 'me');
    expect((await chat.say('tom', 'unlink test who:sam')).text).toContain('only a coordinator');
    const said = await chat.say('grace', 'unlink who:sam');
    expect(said.text).toContain('I know sam in Test (Riverside) and Server');
    const done = await chat.press('grace', 'Test', said);
    expect(done.text).toContain('is no longer linked with sam');
    const sam = (await standing(talk)).find(({ name }) => name === 'sam');
    expect(sam?.identities).toMatchObject([{ platform: 'server' }]);
    expect((await chat.say('grace', 'unlink server who:sam')).text).toContain('nothing to unlink');
  });
});
