import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { people } from '../../../src/core/domain/people/person.ts';
import { buttonsOf } from '../../../src/core/message/reply.ts';
import { newTalk, profileOf, type Talk } from '../../fixtures/bot.ts';

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
  expect(added.buttons).toEqual(['Tell Jane', 'Edit', 'Undo']);
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
  const tell = await talk.press('maya', 'Tell Jane', added);
  expect(tell.text).toContain('keeps your name and what you do, for our members only');
  const told = await talk.press('maya', 'They know now', tell);
  expect(told.text).toContain('Jane Doe knows since Wed 18 Nov');
  expect(
    buttonsOf((await talk.say('maya', 'person show jane')).reply).map(({ label }) => label),
  ).toEqual(['Edit']);
});
