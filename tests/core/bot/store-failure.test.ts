import { expect, it } from 'vitest';
import { collect } from '../../../src/core/async/collect.ts';
import { allCommands } from '../../../src/core/bot/commands.ts';
import { contacts } from '../../../src/core/domain/contacts/contact.ts';
import { followups } from '../../../src/core/domain/followups/followup.ts';
import { receipts } from '../../../src/core/domain/receipts/receipt.ts';
import { StoreError, type StoreTrouble } from '../../../src/core/ports/store.ts';
import { newTalk, profileOf, type Talk } from '../../fixtures/bot.ts';
import { commandCases, filledIn } from '../../fixtures/command-cases.ts';
import { openLimitedStore } from '../../fixtures/limited-store.ts';

/** A talk about Riverside Council, with a store on which writing can be made to fail. */
async function limitedTalk() {
  const limited = await openLimitedStore();
  const talk = await newTalk(limited.stores);
  await talk.say('tom', 'partner add Riverside Council');
  await talk.say('tom', 'log riverside council met at the fair next:"send the plan" by:friday');
  return { limited, talk };
}

/** Notes contacts until the bot cannot. @returns what it said then. */
async function logUntilRefused(talk: Talk) {
  for (let count = 1; count <= 200; count++) {
    const said = await talk.say('tom', `log riverside council talk number ${count}`);
    if (!said.text.startsWith('Noted')) return { said, noted: count - 1 };
  }
  throw new Error('The disk was never full.');
}

/** Lets every use of the store fail from now on. */
function breakStore({ stores }: Talk, trouble: StoreTrouble): void {
  const fail = () => {
    throw new StoreError(trouble, 'For the operator: /srv/data is out of order.');
  };
  Object.assign(stores, { forPartnership: fail, global: fail, commit: fail });
}

const countContacts = async ({ store }: Talk) =>
  (await collect(store.of(contacts).all({ index: 'byId' }))).length;

it('with a full disk says so to the person alone, keeps their words, and goes on by itself', async () => {
  const { limited, talk } = await limitedTalk();
  await limited.fillDisk();
  const { said, noted } = await logUntilRefused(talk);
  expect(said.text).toMatch(
    /I couldn't do that: my disk is full\. Please tell the person who looks/,
  );
  expect(said.text).toContain(`log riverside council talk number ${noted + 1}`);
  expect(said).toMatchObject({ audience: 'actor', failed: true, buttons: [] });
  expect(await countContacts(talk)).toBe(1 + noted);
  await expect(limited.ping()).rejects.toThrow(/is full\. Make room/);

  await limited.makeRoom();
  expect((await talk.say('tom', 'log riverside council the last talk')).text).toContain('Noted');
  expect(await countContacts(talk)).toBe(2 + noted);
  await limited.ping();
  // One line, however many commands failed.
  expect(limited.logged).toEqual([
    { fields: { trouble: 'full' }, event: expect.stringContaining('is full. Make room') },
  ]);
  expect(talk.errors).toEqual([]);
});

it.each(['full', 'read-only'])(
  'with a disk that is %s every reading command answers as before',
  async (trouble) => {
    const { limited, talk } = await limitedTalk();
    const lines = ['today', 'partner show riverside council', 'help', 'followup list', 'quiet'];
    const answers = async () => {
      const texts: string[] = [];
      for (const line of lines) texts.push((await talk.say('grace', line)).text);
      return texts;
    };
    const before = await answers();
    if (trouble === 'full') await limited.fillDisk();
    else limited.setReadOnly(true);
    await talk.clock.move({ hours: 2 });
    expect(await answers()).toEqual(before);
    expect(talk.errors).toEqual([]);
  },
);

it('a new name on the platform keeps nobody from reading while nothing can be written', async () => {
  const { limited, talk } = await limitedTalk();
  limited.setReadOnly(true);
  talk.profiles.tom = profileOf('Thomas');
  const shown = await talk.say('tom', 'partner show riverside council');
  expect(shown.text).toContain('met at the fair');
});

it('a question that cannot keep the words says why, and does not say that it keeps them', async () => {
  const { limited, talk } = await limitedTalk();
  const line = `log Oakfield School ${'we talked about the garden '.repeat(6)}`;
  expect((await talk.say('tom', line)).text).toContain("I've kept your words");
  limited.setReadOnly(true);
  const said = await talk.say('tom', line);
  expect(said.text).toContain("I can't save anything right now");
  expect(said.text).toContain(line.trim());
});

it('leaves out a button whose args cannot be kept, and answers all the same', async () => {
  const { limited, talk } = await limitedTalk();
  const line = `partner find the ${'very '.repeat(20)}old boat club`;
  const before = await talk.say('tom', line);
  expect(before.buttons).not.toEqual([]);
  limited.setReadOnly(true);
  const after = await talk.say('tom', line);
  expect(after.text).toBe(before.text);
  expect(after.buttons).toEqual([]);
});

it('a reading command writes once an hour at most, whatever it is', async () => {
  const { limited, talk } = await limitedTalk();
  const reading = [...allCommands().values()].filter(
    ({ writes, writesWithoutReceipt }) => !writes && !writesWithoutReceipt,
  );
  const words = { x: 'plan', channel: '<#C1>', tom: '<@tom>' };
  const useAll = async () => {
    const before = limited.writes();
    for (const { name } of reading) {
      const found = commandCases().get(name);
      const { args } = filledIn(found ?? { says: [] }, words);
      for (let time = 0; time < 3; time++) await talk.invoke('grace', name, args);
    }
    return limited.writes() - before;
  };
  expect(reading.length).toBeGreaterThan(10);
  expect(await useAll()).toBe(1);
  talk.clock.move({ minutes: 59 });
  expect(await useAll()).toBe(0);
  talk.clock.move({ minutes: 1 });
  expect(await useAll()).toBe(1);
});

it.each<[StoreTrouble, RegExp]>([
  ['unreachable', /I couldn't do that: I can't reach my database/],
  ['damaged', /I couldn't do that: my database is damaged/],
])('a store that is %s is named in plain words, without a path', async (trouble, words) => {
  const { talk } = await limitedTalk();
  breakStore(talk, trouble);
  const said = await talk.bot.handle({
    command: 'log',
    args: { with: 'Riverside Council', note: 'we agreed on the garden' },
    actor: { platform: 'test', workspace: 'W', user: 'tom' },
    place: { platform: 'test', workspace: 'W', channel: 'direct-tom', direct: true },
    partnership: talk.id,
    key: 'broken',
  });
  const text = JSON.stringify(said.reply);
  expect(text).toMatch(words);
  expect(text).toContain('we agreed on the garden');
  expect(text).not.toContain('/srv');
  expect(said).toMatchObject({ audience: 'actor', failed: true });
  expect(talk.errors).toEqual([]);
});

/** Lets the next commit fail after it has stored everything. */
function loseAnswerOfCommit({ stores }: Talk, then = () => {}): void {
  const { commit } = stores;
  stores.commit = async (writes) => {
    stores.commit = commit;
    await commit(writes);
    then();
    throw new StoreError('unreachable', 'The connection was cut.');
  };
}

it('when the store’s answer is lost, the receipt tells that it was noted', async () => {
  const { talk } = await limitedTalk();
  loseAnswerOfCommit(talk);
  const said = await talk.say('tom', 'log riverside council asked for a budget');
  expect(said.text).toContain('Noted, thanks.');
  expect(await countContacts(talk)).toBe(2);
});

it('when nobody can tell whether it was noted, it says that, and not that nothing was', async () => {
  const { talk } = await limitedTalk();
  loseAnswerOfCommit(talk, () => {
    const { global } = talk.stores;
    talk.stores.global = (declaration) => {
      if (declaration.name === receipts.name) throw new StoreError('unreachable', 'Still cut.');
      return global(declaration);
    };
  });
  const said = await talk.say('tom', 'log riverside council asked for a budget');
  expect(said.text).toContain("I can't tell whether that has been noted");
  expect(said.text).toContain('asked for a budget');
  expect(said.text).not.toContain("I couldn't do that");
});

it('a command with several rows is stored whole or not at all', async () => {
  const { limited, talk } = await limitedTalk();
  await limited.fillDisk();
  for (let count = 0; count < 50; count++) {
    await talk.say(
      'tom',
      `log riverside council talk ${count} next:"send paper ${count}" by:friday`,
    );
  }
  const notes = await collect(talk.store.of(contacts).all({ index: 'byId' }));
  const promised = await collect(talk.store.of(followups).all({ index: 'byId' }));
  const stored = await collect(talk.stores.global(receipts).all({ index: 'byId' }));
  expect(promised).toHaveLength(notes.length);
  expect(stored.filter(({ command }) => command === 'log')).toHaveLength(notes.length);
  expect(notes.length).toBeLessThan(51);
});
