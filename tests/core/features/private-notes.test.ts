import { beforeEach, describe, expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import type { Invocation } from '../../../src/core/message/invocation.ts';
import {
  memberId,
  newTalk,
  profileOf,
  type Said,
  type Talk,
  type Who,
} from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

// The fixture's time begins on Wednesday 18 November 2026, 10:00 in London.

const SECRET = 'Wobbleton';

let talk: Talk;
beforeEach(async () => {
  talk = await newTalk();
  await talk.say('grace', 'partner add "Oakfield School" every:"1 week" lead:@Tom');
  return () => expect(talk.errors).toEqual([]);
});

const everyContact = () => collect(talk.store.of(contacts).all({ index: 'byLogged' }));
const everyFollowup = () => collect(talk.store.of(followups).all({ index: 'byDueDay' }));
const idOf = (who: Who) => memberId(talk.id, who);
const show = async (who: Who) => (await talk.say(who, 'partner show oakfield school')).text;
const wordsOf = ({ text, form, buttons }: Said) => JSON.stringify([text, form, buttons]);

/** All that somebody can make the bot say about what is noted. */
async function everythingToldTo(who: Who): Promise<string> {
  const lines = [
    'partner show oakfield school',
    'today',
    'followup list',
    'followup list everyone',
    'followup list theirs',
    'why oakfield school',
    `why ${SECRET}`,
    'digest preview',
    'undo',
    `followup done ${SECRET}`,
    `followup edit ${SECRET} by:"1 Dec 2026"`,
    `followup ask ${SECRET} who:@Grace`,
    'partner list',
    'quiet',
  ];
  const said: string[] = [];
  for (const line of lines) said.push(wordsOf(await talk.say(who, line)));
  for (const { id } of await everyContact()) {
    const args = { which: `#${id}`, form: 'yes' };
    said.push(wordsOf(await talk.invoke(who, 'log change', args)));
    said.push(wordsOf(await talk.invoke(who, 'log change', { which: `#${id}` })));
  }
  for (const { id } of await everyFollowup())
    for (const command of ['why', 'followup edit', 'followup done', 'followup later'])
      said.push(wordsOf(await talk.invoke(who, command, { which: `#${id}` })));
  // What they typed themselves is repeated to them.
  return said.join('\n').replaceAll(/like \\"[^"]*\\"|\\"[^"]*\\" isn't on the list/g, '');
}

describe('a private note', () => {
  it('without names is read by its author and those who coordinate, and the answer says who', async () => {
    await talk.say('grace', 'member role @Tom coordinator');
    const said = await talk.say('maya', `log oakfield school about ${SECRET} private:yes`);
    expect(said.text).toBe(
      `Noted, thanks. Oakfield School: in touch today – about ${SECRET}. Only you, Grace and Tom can read that.`,
    );
    const story = await show('grace');
    expect(story).toContain(`Maya (a private note): in touch today – about ${SECRET}`);
    expect(await show('tom')).toContain(SECRET);
    // Somebody who coordinates later does not read it, and Tom does not any more.
    await talk.say('grace', 'member role @Tom worker');
    expect(await show('tom')).toContain('Maya: in touch today');
    expect(await show('tom')).not.toContain(SECRET);
    await talk.say('grace', 'member role @Tom coordinator');
    expect(await show('tom')).toContain(SECRET);
  });

  it('is not read by somebody who coordinates only later', async () => {
    await talk.say('maya', `log oakfield school about ${SECRET} private:yes`);
    await talk.say('grace', 'member role @Tom coordinator');
    expect(await everythingToldTo('tom')).not.toContain(SECRET);
  });

  it('with names is read by these and its author alone, coordinators or not', async () => {
    const said = await talk.say('maya', `log oakfield school about ${SECRET} private:@Tom`);
    expect(said.text).toContain('Only you and Tom can read that.');
    expect(await show('tom')).toContain(SECRET);
    expect(await everythingToldTo('grace')).not.toContain(SECRET);
    const own = await talk.say('maya', `log oakfield school mine ${SECRET} private:me`);
    expect(own.text).toContain('Only you can read that.');
  });

  it.each([
    ['log oakfield school private: about it', 'about it'],
    ['log oakfield school about it private:', 'about it'],
    ['log private oakfield school about it', 'about it'],
    ['log oakfield school private:yes about it', 'about it'],
    ['log oakfield school private:@Tom about it', 'about it'],
    ['log oakfield school about it private:"Tom, Grace"', 'about it'],
    ['log oakfield school about it private:Tom and Grace', 'about it'],
  ])('%s', async (line, note) => {
    const said = await talk.say('maya', line);
    expect(said.text).toContain('can read that.');
    expect(await everyContact()).toMatchObject([{ note, readers: expect.any(Array) }]);
  });

  it.each([
    'log oakfield school private, about Wobbleton',
    'log oakfield school about Wobbleton (private)',
    'log oakfield school told me in confidence about Wobbleton',
  ])('%s: is asked about, and noted once', async (line) => {
    const asked = await talk.say('maya', line);
    expect(asked.text).toContain('Shall that note be private?');
    expect(await everyContact()).toEqual([]);
    const noted = await talk.press('maya', 'Private', asked);
    expect(noted.text).toContain('Only you and Grace can read that.');
    await talk.press('maya', 'For everybody', asked);
    expect(await everyContact()).toMatchObject([{ readers: [idOf('grace')] }]);
    const open = await talk.say('maya', `${line}.`);
    expect((await talk.press('maya', 'For everybody', open)).text).not.toContain('can read');
  });

  it('is for everybody with private:no, and a name that nobody has is asked about', async () => {
    const open = await talk.say('maya', 'log oakfield school about it private:no');
    expect(open.text).not.toContain('can read');
    const unknown = await talk.say('maya', `log oakfield school about ${SECRET} private:@Zebedee`);
    expect(unknown.text).toContain("I don't know anybody called");
    expect(await everyContact()).toHaveLength(1);
  });

  it('counts as a contact for everybody: day, method, who, and no words', async () => {
    expect((await talk.say('tom', 'quiet')).text).not.toContain('Oakfield School:');
    await talk.say('maya', `log oakfield school about ${SECRET} how:call private:yes`);
    const story = await show('tom');
    expect(story).toContain('Goes quiet on Wed 25 Nov');
    expect(story).toContain('Maya: called today');
    expect(story).toContain('Only one of us knows them.');
    expect(await show('grace')).toContain('Only Maya has been in touch');
    expect(await everythingToldTo('tom')).not.toContain(SECRET);
    expect((await talk.say('grace', 'digest preview')).text).toContain(
      'Oakfield School: 1 contact',
    );
  });

  it('can be changed by its readers only, and undone by its author', async () => {
    const said = await talk.say('maya', `log oakfield school about ${SECRET} private:@Tom`);
    const [row] = await everyContact();
    const args = { which: `#${row?.id}`, note: 'other' };
    expect((await talk.invoke('grace', 'log change', args)).text).toContain('no longer have');
    const changed = await talk.invoke('tom', 'log change', args);
    expect(changed.text).toContain('other. Only you and Maya can read that.');
    expect((await talk.press('grace', 'Undo', said)).text).toContain('Only the person who did');
  });

  it('is not read by a coordinator who belongs to the partner', async () => {
    await talk.say('grace', 'member role @Tom coordinator');
    await talk.say('grace', 'member tie @Tom oakfield school');
    const said = await talk.say('maya', `log oakfield school about ${SECRET} private:yes`);
    expect(said.text).toContain('Only you and Grace can read that.');
    const named = await talk.say('maya', `log oakfield school about ${SECRET} private:@Tom`);
    expect(named.text).toContain("Tom can't read notes about Oakfield School");
  });
});

describe('what was promised in a private note', () => {
  it('is private too, everywhere', async () => {
    await talk.say(
      'maya',
      `log oakfield school about it next:"ring ${SECRET}" by:friday private:@Tom`,
    );
    expect(await everyFollowup()).toMatchObject([{ readers: [idOf('tom')] }]);
    expect(await show('tom')).toContain(SECRET);
    expect(await everythingToldTo('grace')).not.toContain(SECRET);
    expect((await talk.say('maya', 'followup list')).text).toContain(SECRET);
  });

  it('stays private when it repeats', async () => {
    const line = `log oakfield school about it next:"ring ${SECRET}" by:friday private:@Tom`;
    await talk.say('maya', line);
    await talk.say('maya', `followup edit ${SECRET} repeat:"every friday" scope:all`);
    await talk.say('maya', `followup done ${SECRET}`);
    expect(await everyFollowup()).toHaveLength(2);
    expect(await everythingToldTo('grace')).not.toContain(SECRET);
  });

  it('can only be given to somebody who may read it', async () => {
    const line = `log oakfield school it next:"ring ${SECRET}" who:@Tom private:yes`;
    const refused = await talk.say('maya', line);
    expect(refused.text).toContain('That is private, and Tom may not read it.');
    expect(refused.text).toContain('private:@Tom');
    expect(await everyContact()).toEqual([]);
    await talk.say('maya', `log oakfield school it next:"ring ${SECRET}" private:yes`);
    const asked = await talk.say('maya', `followup ask ${SECRET} who:@Tom`);
    expect(asked.text).toContain('That is private, and Tom may not read it.');
    const given = await talk.say('maya', `followup ask ${SECRET} who:@Grace`);
    expect(given.text).toContain("I'm asking Grace");
  });

  it('goes back to its author when its owner, who read it as a coordinator, coordinates no more', async () => {
    const worker = await newWorker(talk);
    await talk.say('grace', 'member role @Tom coordinator');
    const line = `log oakfield school it next:"visit ${SECRET}" by:"tomorrow 3pm" private:yes who:@Tom`;
    await talk.say('grace', line);
    await talk.say('grace', 'member role @Tom worker');
    await worker.until('2026-11-20T12:00:00Z');
    expect(worker.inbox('tom').join()).not.toContain(`visit ${SECRET}`);
    expect((await talk.say('tom', 'today')).text).not.toContain(SECRET);
    expect(worker.inbox('grace').join()).toContain(
      `Tom no longer coordinates, so this private promise is yours again: visit ${SECRET}.`,
    );
    expect(worker.inbox('grace').join()).toContain(`A reminder: visit ${SECRET}`);
  });

  it('is back with its owner when that change of role is undone', async () => {
    await talk.say('grace', 'member role @Tom coordinator');
    await talk.say('grace', `log oakfield school it next:"visit ${SECRET}" private:yes who:@Tom`);
    const role = await talk.say('grace', 'member role @Tom worker');
    expect((await talk.say('grace', 'followup list')).text).toContain(`visit ${SECRET}`);
    await talk.press('grace', 'Undo', role);
    expect((await talk.say('tom', 'followup list')).text).toContain(`visit ${SECRET}`);
  });

  it('does not reach coordinators who may not read it when it is long overdue', async () => {
    const worker = await newWorker(talk);
    const line = `log oakfield school it next:"ring ${SECRET}" by:friday private:me`;
    await talk.say('tom', line);
    await worker.until('2026-12-10T12:00:00Z');
    expect(worker.inbox('tom').join()).toContain(SECRET);
    expect(worker.inbox('grace').join()).not.toContain(SECRET);
    expect(worker.inbox('maya').join()).not.toContain(SECRET);
  });

  it('is only counted when somebody leaves, and goes to somebody who may read it', async () => {
    const worker = await newWorker(talk);
    const line = `log oakfield school it next:"ring ${SECRET}" by:friday private:@Maya`;
    await talk.say('tom', line);
    const asked = await talk.say('grace', 'member left @Tom');
    expect(asked.text).toContain('1 follow-up (1 private)');
    const done = await talk.press('grace', 'To me', asked);
    expect(JSON.stringify(done)).not.toContain(SECRET);
    expect(await everyFollowup()).toMatchObject([{ who: null, asked: idOf('maya') }]);
    await worker.sweep();
    expect(worker.inbox('maya').at(-1)).toContain('Tom has left');
    await talk.invoke('maya', 'handover accept', { from: `#${idOf('tom')}` });
    expect(await everyFollowup()).toMatchObject([{ who: idOf('maya'), asked: null }]);
    expect((await talk.say('maya', 'followup list')).text).toContain(SECRET);
    expect(await everythingToldTo('grace')).not.toContain(SECRET);
  });
});

describe('a private note that others could read', () => {
  const inPublic = (line: string): Promise<{ text: string; answer: Said['reply'] }> => {
    const invocation: Invocation = {
      ...talk.bot.parseLine(line),
      actor: { platform: 'test', workspace: 'W', user: 'maya' },
      place: { platform: 'test', workspace: 'W', channel: 'C1', direct: false },
      partnership: talk.id,
      profiles: { maya: profileOf('Maya') },
      spokenInPublic: true,
      key: line,
    };
    return talk.bot
      .handle(invocation)
      .then(({ reply }) => ({ text: JSON.stringify(reply), answer: reply }));
  };

  it.each([
    `log oakfield school about ${SECRET} private:yes`,
    `log oakfield school private: ${SECRET}`,
    `log private nobody knows them ${SECRET}`,
  ])('%s: is not noted, and a form is offered', async (line) => {
    const { text } = await inPublic(line);
    expect(text).toContain('Others can read that line where you typed it');
    expect(text).toContain('Please delete it');
    expect(text).not.toContain(SECRET);
    expect(await everyContact()).toEqual([]);
  });

  it('the form says who can read it before it is saved', async () => {
    const { answer } = await inPublic(`log oakfield school about ${SECRET} private:yes`);
    const said = { reply: answer, text: '', buttons: [], audience: 'actor' } as const;
    const { form } = await talk.press('maya', 'Write it privately', said);
    expect(form?.fields.map(({ label }) => label)).toEqual([
      'Who with?',
      'What happened?',
      'Who can read it?',
      'What was promised?',
      'By when?',
    ]);
    const hints = Object.fromEntries(form?.fields.map(({ name, hint }) => [name, hint]) ?? []);
    expect(hints.note).toContain('may ask to see it');
    expect(hints.private).toContain('you and who coordinates (Grace)');
    const done = await talk.submit('maya', form, { with: 'Oakfield School', note: SECRET });
    expect(done.text).toContain('Only you and Grace can read that.');
    const named = await talk.submit('maya', form, {
      with: 'Oakfield School',
      note: SECRET,
      private: 'Tom',
    });
    expect(named.text).toContain('Only you and Tom can read that.');
  });

  it('a worry about somebody is told the same', async () => {
    const { text } = await inPublic("I'm worried about somebody");
    expect(text).toContain('please delete it. ');
    expect(text).toContain("Please don't write it here.");
  });

  it('a note for everybody is noted', async () => {
    expect((await inPublic('log oakfield school hello')).text).toContain('Noted, thanks');
  });
});
