import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { people } from '../../../src/core/domain/people/person.ts';
import { buttonsOf } from '../../../src/core/message/reply.ts';
import { plainText } from '../../../src/core/message/rich-text.ts';
import { newTalk, profileOf, type Talk } from '../../fixtures/bot.ts';
import { newWorker } from '../../fixtures/worker.ts';

async function start(): Promise<Talk> {
  const talk = await newTalk();
  for (const name of ['Riverside Council', 'Shores Centre', 'Oakfield School'])
    await talk.say('grace', `partner add "${name}"`);
  return talk;
}

const keptPeople = (talk: Talk) => collect(talk.store.of(people).all({ index: 'byId' }));

it('keeps somebody at a partner, shows them in its story, and takes them back', async () => {
  const talk = await start();
  const added = await talk.say(
    'maya',
    'person add Jane Doe, housing officer at riverside council phone:"01482 300 300"',
  );
  expect(added.text).toContain(
    'Kept: Jane Doe, housing officer at Riverside Council. Only people here can see that.',
  );
  expect(added.buttons).toEqual(['Tell Jane Doe', 'Edit', 'Undo']);
  const story = await talk.say('tom', 'partner show riverside council');
  expect(story.text).toContain('Jane Doe, housing officer');
  const shown = await talk.press('tom', 'Show', story);
  expect(shown.text).toContain('Jane Doe: housing officer at Riverside Council');
  expect(shown.text).toContain('Phone: 01482 300 300');
  expect(shown.text).toContain(
    'Maya had this kept on Wed 18 Nov. They should hear of it by Fri 18 Dec.',
  );
  const undone = await talk.press('maya', 'Undo', added);
  expect(undone.text).toContain('Jane Doe is no longer kept');
  expect(await keptPeople(talk)).toEqual([]);
  expect((await talk.say('tom', 'person find jane')).text).toContain("I don't have a person");
});

it('finds people by part of a name, by a slip, and by their partner', async () => {
  const talk = await start();
  await talk.say('grace', 'person add Jane Doe at riverside council');
  await talk.say('grace', 'person add Jane Doe at shores centre', 'second');
  const asked = await talk.say('grace', 'person add Jane Doe at oakfield school');
  expect(asked.text).toContain('Is that the Jane Doe I know');
  await talk.press('grace', 'No, somebody else', asked);
  const which = await talk.say('maya', 'person show jane');
  expect(which.text).toContain('Which jane did you mean?');
  expect(which.buttons).toContain('Jane Doe · Oakfield School');
  const one = await talk.press('maya', 'Jane Doe · Oakfield School', which);
  expect(one.text).toContain('Jane Doe: at Oakfield School');
  expect((await talk.say('maya', 'person show jane at the oakfield school')).text).toContain(
    'Jane Doe: at Oakfield School',
  );
  expect((await talk.say('maya', 'person find doe')).text).toContain('Jane Doe');
  const there = await talk.say('maya', 'person find at:"riverside council"');
  expect(there.text).toContain('People at Riverside Council');
  expect(there.text).not.toContain('Oakfield');
});

it('suggests people with their partner', async () => {
  const talk = await start();
  await talk.say('grace', 'person add Jane Doe at riverside council');
  const typist = {
    partnership: talk.id,
    actor: { platform: 'test', workspace: talk.workspace, user: 'maya' },
    profile: profileOf('maya'),
  };
  const suggested = await talk.bot.choices({
    ...typist,
    command: 'person show',
    arg: 'who',
    typed: 'jan',
    limit: 5,
  });
  expect(suggested.map(({ label }) => label)).toEqual(['Jane Doe · Riverside Council']);
  const completed = await talk.bot.complete('person show jan', typist);
  expect(completed.map(({ label }) => label)).toContain('Jane Doe · Riverside Council');
});

it('hides the people of a partner from whoever belongs to it', async () => {
  const talk = await start();
  await talk.say('grace', 'person add Jane Doe at riverside council phone:"01482 300 300"');
  await talk.say('grace', 'member tie @Maya with:"riverside council"');
  const story = await talk.say('maya', 'partner show riverside council');
  expect(story.text).not.toContain('Jane');
  expect((await talk.say('maya', 'person find jane')).text).toContain("I don't have a person");
  expect((await talk.say('maya', 'person show jane doe')).text).toContain("I don't have a person");
  const [jane] = await keptPeople(talk);
  const direct = await talk.invoke('maya', 'person show', { who: `#${jane?.id}` });
  expect(direct.text).not.toContain('Jane');
  const add = await talk.say('maya', 'person add Sam Lee at riverside council');
  expect(add.text).toContain('Somebody else has to keep people at Riverside Council');
});

it('changes details, and opens the form with what is kept', async () => {
  const talk = await start();
  const added = await talk.say('grace', 'person add Jane Doe, planner at riverside council');
  const form = (await talk.press('grace', 'Edit', added)).form;
  expect(form?.fields.map(({ label }) => label)).toContain('Work phone?');
  expect(form?.fields.find(({ name }) => name === 'job')?.value).toBe('planner');
  await talk.submit('grace', form, { phone: '01482 300 300', email: 'jane@riverside.example' });
  expect((await talk.say('grace', 'person show jane')).text).toContain(
    'E-mail: jane@riverside.example',
  );
  expect((await talk.say('grace', 'person edit jane phone:none')).text).toContain(
    'Changed: Jane Doe',
  );
  expect((await talk.say('grace', 'person edit jane email:jane')).text).toContain(
    'I can\'t read "jane" as an e-mail address',
  );
});

it('moves somebody to another partner, in both stories', async () => {
  const talk = await start();
  await talk.say('grace', 'person add Jane Doe, planner at riverside council');
  const moved = await talk.say('maya', 'person move jane doe to shores centre job:manager');
  expect(moved.text).toContain('Noted: Jane Doe is manager at Shores Centre now.');
  const shown = await talk.say('maya', 'person show jane');
  expect(shown.text).toContain('Before: planner at Riverside Council until Wed 18 Nov');
  await talk.press('maya', 'Undo', moved);
  expect((await talk.say('maya', 'person show jane')).text).toContain(
    'planner at Riverside Council',
  );
});

it('offers a sentence to send to somebody, and notes that they know', async () => {
  const talk = await start();
  const added = await talk.say('maya', 'person add Jane Doe at riverside council');
  const tell = await talk.press('maya', 'Tell Jane Doe', added);
  expect(tell.text).toContain('keeps your name and what you do, for our members only');
  const told = await talk.press('maya', 'They know now', tell);
  expect(told.text).toContain('Jane Doe knows since Wed 18 Nov');
  expect(
    buttonsOf((await talk.say('maya', 'person show jane')).reply).map(({ label }) => label),
  ).toEqual(['Edit']);
});

it('offers to keep somebody whom a note names, and keeps nobody without a press', async () => {
  const talk = await start();
  const noted = await talk.say('maya', 'met Jane Doe from riverside council about the lease');
  const offered = await talk.say('maya', 'log riverside council met Jane Doe about the lease');
  expect(offered.buttons).toContain('Keep Jane Doe as a person there');
  expect(await keptPeople(talk)).toEqual([]);
  const kept = await talk.press('maya', 'Keep Jane Doe as a person there', offered);
  expect(kept.text).toContain('Kept: Jane Doe, at Riverside Council');
  const [jane] = await keptPeople(talk);
  expect(jane).toMatchObject({ name: 'Jane Doe', keptOn: '2026-11-18' });
  expect((await talk.say('tom', 'person show jane doe')).text).toContain(
    'had this kept on Wed 18 Nov, from a note of a conversation',
  );
  const again = await talk.say('tom', 'log riverside council rang Jane about the roof');
  expect(again.text).toContain('With Jane Doe.');
  expect(again.buttons).not.toContain('Keep Jane Doe as a person there');
  const not = await talk.press('tom', 'Not Jane Doe', again);
  expect(not.text).toContain('Noted: that was not Jane Doe.');
  expect(noted.text).not.toBe('');
});

it.each([
  ['met Jane Smith about it', 'Jane Smith'],
  ['spoke to cllr Khan about it', undefined],
  ['spoke to Cllr Khan about it', 'Cllr Khan'],
  ['met jane smith about it', 'Jane Smith'],
  ['met jane about the fair', undefined],
  ['saw Mark at the fair', undefined],
  ['will said yes', undefined],
  ['Grace said the Hope Centre is open', undefined],
  ['asked for Tom', undefined],
])('"%s" offers %s', async (note, name) => {
  const talk = await start();
  const said = await talk.say('maya', `log riverside council ${note}`);
  const offer = said.buttons.find((label) => label.startsWith('Keep '));
  expect(offer).toBe(name && `Keep ${name} as a person there`);
});

it('does not take another Jane for the one who is kept', async () => {
  const talk = await start();
  await talk.say('grace', 'person add Jane Doe at riverside council');
  const other = await talk.say('maya', 'log riverside council met Jane Smith about it');
  expect(other.text).not.toContain('With Jane Doe');
  expect(other.buttons).toContain('Keep Jane Smith as a person there');
  const whole = await talk.say('maya', 'log riverside council met jane doe about it');
  expect(whole.text).toContain('With Jane Doe.');
});

it('shows a part in the story of its partner, and hides it with it', async () => {
  const talk = await start();
  await talk.say(
    'grace',
    'partner add "Housing Team" part-of:"riverside council" about:"Knows the estate"',
  );
  await talk.say('tom', 'log housing team met them about the roof');
  const story = await talk.say('tom', 'partner show riverside council');
  expect(story.text).toContain('Parts of it');
  expect(story.text).toContain('Housing Team · Last spoken with on Wed 18 Nov');
  const part = await talk.say('tom', 'partner show housing team');
  expect(part.text).toContain('part of Riverside Council');
  expect(part.text).toContain('Knows the estate');
  const circle = await talk.say('grace', 'partner edit riverside council part-of:"housing team"');
  expect(circle.text).toContain('Which one is it a part of?');
  await talk.say('grace', 'member tie @Maya with:"riverside council"');
  const tied = await talk.say('maya', 'partner show housing team');
  expect(tied.text).not.toContain('roof');
  expect(tied.text).not.toContain('Knows the estate');
  const lift = await talk.say('maya', 'partner edit housing team part-of:none');
  expect(lift.text).toContain('A coordinator has to change what it is a part of');
  expect((await talk.say('grace', 'partner edit housing team part-of:none')).text).toContain(
    'Changed',
  );
});

it('keeps the story when somebody leaves, and asks who comes after them', async () => {
  const talk = await start();
  const worker = await newWorker(talk);
  await talk.say('grace', 'partner edit riverside council lead:@Tom');
  await talk.say(
    'grace',
    'person add Jane Doe, planner at riverside council phone:"01482 300 300"',
  );
  await talk.say('grace', 'person add Sam Lee at riverside council');
  await talk.say(
    'maya',
    'log riverside council met Jane Doe next:"send the lease" by:friday whose:theirs',
  );
  const left = await talk.say('maya', 'jane has left the council');
  expect(left.text).toContain(
    'Noted: Jane Doe has left Riverside Council. What was said with them stays in its story. Their phone and e-mail go in three months. 1 promise of theirs is still open. Who should we talk to there now?',
  );
  expect(left.buttons).toEqual(['Sam Lee', 'Somebody new', 'Undo']);
  await worker.sweep();
  const told = worker.platform.posted
    .map(({ reply }) => plainText(reply.text, 'Europe/London'))
    .find((text) => text.includes('Jane'));
  expect(told).toContain('Jane Doe has left Riverside Council. Who should we talk to there now?');
  const story = await talk.say('tom', 'partner show riverside council');
  expect(story.text).toContain('Who now? Jane Doe, who has left, promised send the lease.');
  const count = () =>
    worker.platform.posted.filter(({ reply }) =>
      plainText(reply.text, 'Europe/London').includes('Just once more'),
    ).length;
  await worker.until('2026-12-03T10:00:00.000Z');
  expect(count()).toBe(1);
  await worker.until('2026-12-30T10:00:00.000Z');
  expect(count()).toBe(1);
  const answered = await talk.press('maya', 'Sam Lee', left);
  expect(answered.text).toContain(
    'Noted: Sam Lee comes after Jane Doe. What is still promised to us is with them now, too.',
  );
  expect((await talk.say('tom', 'partner show riverside council')).text).not.toContain('Who now?');
});

it('does not remind when somebody has said who comes after', async () => {
  const talk = await start();
  const worker = await newWorker(talk);
  await talk.say('grace', 'person add Jane Doe at riverside council');
  const left = await talk.say('grace', 'person left jane doe');
  const form = (await talk.press('grace', 'Somebody new', left)).form;
  await talk.submit('grace', form, { name: 'Sam Lee' });
  await worker.until('2026-12-10T10:00:00.000Z');
  const asked = worker.platform.posted.filter(({ reply }) =>
    plainText(reply.text, 'Europe/London').includes('Jane Doe has left'),
  );
  expect(asked).toEqual([]);
});

it('takes a departure back as a whole', async () => {
  const talk = await start();
  const worker = await newWorker(talk);
  await talk.say('grace', 'person add Jane Doe at riverside council');
  await talk.say('tom', 'log riverside council met Jane Doe next:"send the lease" whose:theirs');
  await talk.say('tom', 'followup add the map from Jane Doe with:"riverside council" whose:theirs');
  const left = await talk.say('maya', 'Jane Doe left.');
  expect(left.text).toContain('2 promises of theirs are still open');
  expect((await talk.press('maya', 'Undo', left)).text).toContain('Jane Doe is kept as before');
  await worker.until('2026-12-10T10:00:00.000Z');
  expect(
    worker.platform.posted.filter(({ reply }) =>
      plainText(reply.text, 'Europe/London').includes('Jane'),
    ),
  ).toEqual([]);
  expect((await talk.say('tom', 'partner show riverside council')).text).toContain('Jane Doe');
});

it.each([
  ['Jane has moved to the Shores Centre', 'Noted: Jane Doe is at Shores Centre now'],
  ["Jane's now at Shores Centre", 'Noted: Jane Doe is at Shores Centre now'],
  ['who is Jane Doe?', 'Jane Doe: at Riverside Council'],
  ['jane doe', 'Jane Doe: at Riverside Council'],
])('"%s" says what it says', async (line, answer) => {
  const talk = await start();
  await talk.say('grace', 'person add Jane Doe at riverside council');
  expect((await talk.say('maya', line)).text).toContain(answer);
});

it.each([
  'jane left a message about riverside council',
  'jane has gone to the shops',
  'tom has left',
])('"%s" moves nobody', async (line) => {
  const talk = await start();
  await talk.say('grace', 'person add Jane Doe at riverside council');
  await talk.say('grace', 'person add Tom Hill at riverside council');
  const before = await keptPeople(talk);
  await talk.say('maya', line);
  expect(await keptPeople(talk)).toEqual(before);
});

it('offers to keep somebody after the question which group they are with', async () => {
  const talk = await start();
  const asked = await talk.say('maya', 'met Jane Doe from the council about the lease');
  const noted = await talk.press('maya', 'Riverside Council', asked);
  expect(noted.text).toContain('Noted, thanks. Riverside Council: met today');
  const kept = await talk.press('maya', 'Keep Jane Doe as a person there', noted);
  expect(kept.text).toContain('Kept: Jane Doe, at Riverside Council');
});

it('follows a merge of partners, and stays where they were when it is taken apart', async () => {
  const talk = await start();
  await talk.say('grace', 'partner add "Riverside Borough"');
  await talk.say('grace', 'person add Jane Doe at riverside borough');
  await talk.say('grace', 'partner merge riverside borough into riverside council');
  const preview = await talk.say('grace', 'partner merge riverside borough into riverside council');
  await talk.press('grace', 'Merge', preview);
  expect((await talk.say('tom', 'partner show riverside council')).text).toContain('Jane Doe');
  await talk.say('grace', 'member tie @Maya with:"riverside council"');
  expect((await talk.say('maya', 'person find jane')).text).toContain("I don't have a person");
  await talk.say('grace', 'partner unmerge riverside borough');
  expect((await talk.say('tom', 'partner show riverside council')).text).not.toContain('Jane Doe');
  expect((await talk.say('tom', 'partner show riverside borough')).text).toContain('Jane Doe');
});

it('keeps a tie to the whole when a part is merged into another partner', async () => {
  const talk = await start();
  await talk.say('grace', 'partner add "Housing Team" part-of:"riverside council"');
  await talk.say('tom', 'log housing team met them about the roof');
  await talk.say('grace', 'member tie @Maya with:"riverside council"');
  const preview = await talk.say('grace', 'partner merge housing team into shores centre');
  await talk.press('grace', 'Merge', preview);
  expect((await talk.say('maya', 'partner show shores centre')).text).not.toContain('roof');
});

it('erases somebody who is kept, and not a colleague who is named beside them', async () => {
  const talk = await start();
  const worker = await newWorker(talk);
  await talk.say(
    'grace',
    'person add Jane Doe at riverside council email:jane.doe@riverside.example',
  );
  await talk.say('grace', 'person add Sam Lee at riverside council job:"stands in for Jane Doe"');
  const asked = await talk.say('grace', 'erase Jane Doe');
  expect(asked.text).toContain('3 details of people');
  await talk.press('grace', 'Erase', asked);
  await worker.until('2026-11-18T10:05:00.000Z');
  expect(await keptPeople(talk)).toMatchObject([
    { name: 'Sam Lee', positions: [{ job: 'stands in for [erased]' }] },
  ]);
  expect((await talk.say('tom', 'person find jane')).text).toContain("I don't have a person");
  const again = await talk.say('tom', 'person add Jane Doe at riverside council');
  expect(again.text).toContain('Somebody of this name was erased');
});

it('asks who now about no promise that is hidden from the reader, and nobody who belongs there', async () => {
  const talk = await start();
  await talk.say('grace', 'person add Jane Doe at riverside council');
  await talk.say(
    'tom',
    'log riverside council met Jane Doe next:"send the secret" whose:theirs private:yes',
  );
  await talk.say('maya', 'log riverside council met Jane Doe next:"send the lease" whose:theirs');
  await talk.say('tom', 'person left jane doe');
  const open = await talk.say('maya', 'partner show riverside council');
  expect(open.text).not.toContain('secret');
  expect(open.text).toContain('Who now? Jane Doe, who has left, promised send the lease.');
  await talk.say('grace', 'member tie @Maya with:"riverside council"');
  const tied = await talk.say('maya', 'partner show riverside council');
  expect(tied.text).not.toContain('Who now?');
  expect(tied.text).toContain('send the lease');
});

it('a box for a person takes a name and a partner, and no more', async () => {
  const talk = await start();
  const [box] = (await talk.say('maya', 'person left')).form?.fields ?? [];
  expect(box?.maxLength).toBe(80 + ' at '.length + 120);
});
