import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import {
  historyEntries,
  historyWords,
  recordDataEvent,
} from '../../../src/core/domain/history/history-entry.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { registerWorkspace, workspaces } from '../../../src/core/domain/workspaces/workspace.ts';
import { updateWithRetry } from '../../../src/core/ports/store.ts';
import { newTalk, newWorkspace, profileOf, type Talk } from '../../fixtures/bot.ts';

const entriesOf = ({ store }: Talk) => collect(store.of(historyEntries).all({ index: 'byId' }));

/** A talk in which Tom has added Riverside Council. */
async function withCouncil(): Promise<Talk> {
  const talk = await newTalk();
  await talk.say('tom', 'partner add Riverside Council lead:@Tom level:local');
  return talk;
}

describe('history of a member', () => {
  it('has how they came in, and the accounts that were linked and unlinked', async () => {
    const talk = await newWorkspace('Riverside');
    const server = { platform: 'server', workspace: `S-${talk.workspace}` };
    const space = await registerWorkspace(talk.stores, { ...server, name: 'Riverside Friends' });
    const rows = talk.stores.global(workspaces);
    await updateWithRetry(rows, space.id, (row) => ({ ...row, partnership: talk.id }));
    talk.profiles.grace = profileOf('Grace', { standing: 'owner' });
    talk.profiles.sam = profileOf('Sam');
    await talk.say('grace', 'help');
    const { text } = await talk.say('sam', 'link');
    const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(text)?.[0];
    talk.clock.move({ minutes: 5 });
    await talk.from(server).say('sam', `link ${code} sure:yes`);
    talk.clock.move({ minutes: 5 });
    await talk.say('sam', 'unlink server');
    const { text: history } = await talk.say('grace', 'history who:sam');
    expect(history.split('\n').slice(0, 4)).toEqual([
      'What changed: Sam',
      `Wed 18 Nov 2026, 10:10: Sam changed their accounts from Test (${talk.workspace}), Server (${server.workspace}) to Test (${talk.workspace})`,
      `Wed 18 Nov 2026, 10:05: Sam changed their accounts from Test (${talk.workspace}) to Test (${talk.workspace}), Server (${server.workspace})`,
      'Wed 18 Nov 2026, 10:00: I let them in',
    ]);
  });
});

describe('history of a partner', () => {
  it('says who changed what and when, the newest first, in words', async () => {
    const talk = await withCouncil();
    talk.clock.move({ hours: 1 });
    await talk.say('grace', 'partner edit riverside council lead:@Maya every:"2 months"');
    talk.clock.move({ hours: 1 });
    await talk.say('maya', 'partner edit riverside council kinds:"grant funding" stage:active');
    talk.clock.move({ hours: 1 });
    await talk.say('tom', 'partner archive riverside council');
    const { text } = await talk.say('maya', 'history riverside council');
    expect(text.split('\n')).toEqual([
      'What changed: Riverside Council',
      'Wed 18 Nov 2026, 13:00: Tom put it in the archive',
      'Wed 18 Nov 2026, 12:00: You set the kind: grant funding; changed the stage from new to active',
      'Wed 18 Nov 2026, 11:00: Grace changed the lead from Tom to you; set how often to be in touch: every 2 months',
      'Wed 18 Nov 2026, 10:00: Tom added it',
    ]);
  });

  it('has the days of contact and of quiet from the contacts, not from here: a plain log writes nothing', async () => {
    const talk = await withCouncil();
    const before = await entriesOf(talk);
    await talk.say('maya', 'log riverside council met at the fair');
    expect(await entriesOf(talk)).toEqual(before);
  });

  it('has an undo as a change of its own', async () => {
    const talk = await withCouncil();
    const edited = await talk.say('grace', 'partner edit riverside council stage:ended');
    talk.clock.move({ minutes: 5 });
    await talk.press('grace', 'Undo', edited);
    const { text } = await talk.say('grace', 'history riverside council');
    expect(text).toContain('10:05: You changed the stage from ended to new');
    expect(text).toContain('10:00: You changed the stage from new to ended');
  });

  it('comes once for a line that the platform delivers twice', async () => {
    const talk = await withCouncil();
    for (let times = 0; times < 2; times++)
      await talk.say('grace', 'partner edit riverside council stage:ended', 'same');
    expect(await entriesOf(talk)).toHaveLength(2);
  });

  it('comes in pages, and none is lost between them', async () => {
    const talk = await withCouncil();
    for (let day = 1; day <= 20; day++) {
      talk.clock.move({ days: 1 });
      await talk.say('grace', `partner edit riverside council every:"${day + 1} weeks"`);
    }
    let said = await talk.say('maya', 'history riverside council');
    let text = said.text;
    let pages = 1;
    while (said.buttons.includes('See earlier')) {
      said = await talk.press('maya', 'See earlier', said);
      text += said.text;
      pages++;
    }
    expect(pages).toBe(3);
    expect(text.match(/Grace (set|changed) how often/g)).toHaveLength(20);
    expect(text).toContain('Tom added it');
  });

  it('keeps names and other free words for 30 days only, and the rest for good', async () => {
    const talk = await withCouncil();
    await talk.say(
      'grace',
      'partner edit riverside council name:"Riverside Borough" sector:council',
    );
    const page = await talk.say('grace', 'history riverside borough');
    expect(page.text).toContain('changed the name from Riverside Council to Riverside Borough');
    expect(JSON.stringify(await entriesOf(talk))).not.toContain('Riverside');
    for (const { id } of await collect(talk.store.of(historyWords).all({ index: 'byId' })))
      await talk.store.of(historyWords).remove(id);
    const later = await talk.say('grace', 'history riverside borough');
    expect(later.text).toContain(
      'You changed the name; changed the other names; changed the sector',
    );
    expect(later.text).not.toContain('Riverside Council');
  });

  it('shows a member who belongs to the partner what they changed themselves, and nothing else', async () => {
    const talk = await withCouncil();
    await talk.say('grace', 'keep riverside council until:"1 Jan 2031" reason:"a row about money"');
    await talk.say('grace', 'member tie @Maya riverside council');
    await talk.say('maya', 'partner edit riverside council stage:active');
    const { text } = await talk.say('maya', 'history riverside council');
    expect(text).toContain('You changed the stage from new to active');
    expect(text).toContain('you only see what you changed yourself');
    expect(text).not.toContain('money');
    expect(text).not.toContain('Grace');
    expect((await talk.say('tom', 'history riverside council')).text).toContain(
      'a row about money',
    );
  });

  it('asks when several partners can be meant, and finds archived ones', async () => {
    const talk = await withCouncil();
    await talk.say('tom', 'partner add Riverside School');
    await talk.say('tom', 'partner archive riverside school');
    const asked = await talk.say('maya', 'history riverside');
    expect(asked.text).toContain('Which partner did you mean by riverside?');
    const shown = await talk.press('maya', 'Riverside School', asked);
    expect(shown.text).toContain('Tom put it in the archive');
    expect((await talk.say('maya', 'history zebra')).text).toContain(
      'I can\'t find a partner like "zebra"',
    );
  });
});

describe('history of a member', () => {
  it('is for coordinators, and for themselves', async () => {
    const talk = await withCouncil();
    await talk.say('grace', 'member role @Maya worker');
    await talk.say('grace', 'member tie @Maya riverside council');
    await talk.say('grace', 'member tie @Maya riverside council off');
    await talk.say('grace', 'member left @Maya to:none');
    const { text } = await talk.say('grace', 'history who:maya');
    expect(text).toContain('You noted that they have left');
    expect(text).toContain('You noted that they no longer belong to Riverside Council');
    expect(text).toContain('You noted that they belong to Riverside Council');
    expect(text).toContain('You changed the role from member to worker');
    expect((await talk.say('tom', 'history who:maya')).text).toContain('only a coordinator');
    await talk.say('grace', 'member role @Tom coordinator');
    expect((await talk.say('grace', 'history @Tom')).text).toContain('What changed: Tom');
    expect((await talk.say('tom', 'history me')).text).toContain(
      'Grace changed the role from worker to coordinator',
    );
  });

  it('says what happened by itself: their account became that of a guest, and they were let in again', async () => {
    const talk = await newTalk();
    talk.profiles.maya = profileOf('Maya', { standing: 'guest' });
    await talk.say('maya', 'today');
    talk.clock.move({ hours: 1 });
    talk.profiles.maya = profileOf('Maya');
    await talk.say('grace', 'member add <@maya>');
    const { text } = await talk.say('grace', 'history who:maya');
    expect(text).toContain('11:00: You let them in; gave them back their access');
    expect(text).toContain(
      '10:00: I noted that they have left; noted that they lost their access in one place',
    );
  });

  it('has nothing of their own settings', async () => {
    const talk = await newTalk();
    await talk.say('maya', 'me time:8:30 pause:"2 weeks" quiet-hours:"21:00-09:00"');
    expect((await talk.say('maya', 'history me')).text).toBe('Nothing is recorded about Maya.');
  });
});

describe('history settings', () => {
  it('is for coordinators', async () => {
    const talk = await newTalk();
    await talk.say('grace', 'settings every:"4 weeks" days:mon,wed keep:"3 years" cap:5');
    await talk.say('grace', 'settings rule every:"3 months" kind:"grant funding" level:national');
    await talk.say('grace', 'digest schedule channel:<#C1> day:monday at:9am');
    const { text } = await talk.say('grace', 'history settings');
    expect(text).toContain('changed how often to be in touch from every 6 weeks to every 4 weeks');
    expect(text).toContain(
      'changed the working days from Monday to Friday to Monday and Wednesday',
    );
    expect(text).toContain('set how long notes stay: 3 years');
    expect(text).toContain(
      'set the rules for how often to be in touch: grant funding, national: every 3 months',
    );
    expect(text).toContain('set the weekly digest: each week on Monday at 09:00');
    expect((await talk.say('maya', 'history settings')).text).toContain('only a coordinator');
  });

  it('has erasures and files of what is held, without a name', async () => {
    const talk = await newTalk();
    const grace = await talk.member('grace');
    const event = { subject: talk.id, actor: grace.id, at: talk.clock.now(), count: 12 };
    for (let times = 0; times < 2; times++)
      await recordDataEvent({ id: 'one', event: 'erased', ...event }, talk.store);
    await recordDataEvent({ id: 'two', event: 'exported', ...event, count: 1 }, talk.store);
    const { text } = await talk.say('grace', 'history settings');
    expect(text.match(/You erased somebody's details \(12 places\)/g)).toHaveLength(1);
    expect(text).toContain('You got a file of what is held on somebody (1 place)');
  });
});

it('every recorded field stands in its collection, or is read from several', async () => {
  const talk = await withCouncil();
  await talk.say('grace', 'partner edit riverside council aliases:RC sector:council');
  const [row] = (await talk.store.of(partners).find({ index: 'byKey' }, 1)).rows;
  const { text } = await talk.say('grace', 'history riverside council');
  expect(row?.aliases).toEqual(['RC']);
  expect(text).toContain('set the other names: RC');
});
