import fc from 'fast-check';
import { expect, it } from 'vitest';
import { connectStores } from '../../../src/adapters/mongo/connect.ts';
import { collections } from '../../../src/core/domain/collections.ts';
import { type Contact, contacts } from '../../../src/core/domain/contacts/contact.ts';
import { plainText } from '../../../src/core/message/rich-text.ts';
import type { New } from '../../../src/core/ports/store.ts';
import { startTestServer } from '../../contracts/store/server.ts';
import { buttonIn, memberId, newTalk, type Said, type Talk } from '../../fixtures/bot.ts';
import { runs, seed } from '../../fixtures/proof.ts';
import { expectTerms } from '../../fixtures/search-terms.ts';

/** The lines of an answer that are notes, promises or partners. */
const rowsOf = ({ reply }: Said) => (reply.card ?? []).filter(({ kind }) => kind === 'row');
const boldIn = (said: Said) =>
  rowsOf(said).flatMap((block) =>
    'text' in block ? block.text.flatMap((node) => ('bold' in node ? [node.bold] : [])) : [],
  );

async function withNotes(given?: Talk): Promise<Talk> {
  const talk = given ?? (await newTalk());
  await talk.say('grace', 'partner add "Riverside Council"');
  await talk.say('grace', 'partner add "Oakfield School" aliases:"The Academy"');
  await talk.say('grace', 'log riverside council "met Jane about the leases" when:"2 Nov"');
  await talk.say(
    'tom',
    'log oakfield school "they want a share of the garden\'s café" when:"5 Nov"',
  );
  await talk.say(
    'maya',
    'followup add "send the lease to Jane" with:"riverside council" by:27 Nov',
  );
  return talk;
}

it('finds words in notes and promises, newest first, with what stands around them', async () => {
  const talk = await withNotes();
  const said = await talk.say('maya', 'find lease');
  expect(said.text).toBe(
    [
      'With lease, newest first:',
      'Wed 18 Nov · Riverside Council · our promise, by Fri 27 Nov, Maya: send the lease to Jane',
      'Mon 2 Nov · Riverside Council · Grace: met Jane about the leases',
    ].join('\n'),
  );
  expect(boldIn(said)).toEqual(['Riverside Council', 'lease', 'Riverside Council', 'leases']);
  expect(said.buttons).toEqual(['Show', 'Change…', 'Show']);
});

it.each([
  'find CAFE',
  'find gardens',
  'find gard',
  'find café garden',
  'find oakfield café',
  'find academy garden',
  'search for café',
  'when did we talk about the café?',
  'what did they say about the garden',
])('%s', async (line) => {
  const talk = await withNotes();
  const said = await talk.say('maya', line);
  expect(said.text).toContain("Oakfield School · Tom: they want a share of the garden's café");
  expect(rowsOf(said)).toHaveLength(1);
});

it('finds partners by their names, with what is noted about the name', async () => {
  const talk = await withNotes();
  const said = await talk.say('maya', 'find academy');
  expect(said.text).toBe('With academy:\nOakfield School');
  const shown = await talk.press('maya', 'Show', said);
  expect(shown.text).toContain('they want a share');
  const misspelt = await talk.say('maya', 'find oakfeild');
  expect(misspelt.text).toContain('Did you mean one of these?\nOakfield School');
});

it('says so when it finds nothing, and when the words say nothing', async () => {
  const talk = await withNotes();
  expect((await talk.say('maya', 'find zebra')).text).toBe(
    `I can't find "zebra" in any note, promise or partner's name that you can see. Try fewer words, or only the start of one.`,
  );
  expect((await talk.say('maya', 'find the')).text).toContain('is in nearly every note');
});

it('follows what is changed, undone, removed and moved to another day', async () => {
  const talk = await withNotes();
  const logged = await talk.say('tom', 'log riverside council asked about the boiler');
  expect((await talk.say('maya', 'find boiler')).text).toContain('asked about the boiler');
  const found = await talk.say('tom', 'find boiler');
  const { args } = buttonIn(found, 'Change…');
  await talk.invoke('tom', 'log change', { ...args, note: 'asked about the roof', when: '3 Nov' });
  expect((await talk.say('maya', 'find boiler')).text).toContain("I can't find");
  expect((await talk.say('maya', 'find roof')).text).toContain('Tue 3 Nov');
  await talk.press('tom', 'Undo', logged);
  await expectTerms(talk.store);
  const edit = await talk.press('maya', buttonIn(await talk.say('maya', 'find lease'), 'Change…'));
  expect(edit.form?.command).toBe('followup edit');
  const cancelled = await talk.say('maya', 'followup cancel lease');
  expect((await talk.say('maya', 'find lease')).text).toContain('a promise that was dropped');
  await talk.press('maya', 'Undo', cancelled);
  expect((await talk.say('maya', 'find lease')).text).toContain('our promise');
});

it('shows no private note, and nothing of a partner that somebody belongs to but their own', async () => {
  const talk = await withNotes();
  await talk.say('tom', 'log riverside council "the lease is a worry" private:yes');
  expect((await talk.say('tom', 'find lease worry')).text).toContain('a private note');
  expect((await talk.say('maya', 'find lease worry')).text).toContain("I can't find");
  await talk.say('grace', 'member tie maya riverside council');
  const said = await talk.say('maya', 'find lease');
  expect(said.text).toContain('send the lease to Jane');
  expect(said.text).not.toContain('met Jane');
});

it('fills each page, also where much is hidden, and begins the next one where it ended', async () => {
  const talk = await withNotes();
  const { store } = talk;
  const tom = memberId(talk.id, 'tom');
  const rows = Array.from({ length: 60 }, (_, at) =>
    contactRow(`${talk.id}-${String(at).padStart(2, '0')}`, {
      note: `fence number${at}`,
      by: tom,
      day: at % 4 === 0 ? '2026-10-05' : `2026-10-${String(6 + (at % 20)).padStart(2, '0')}`,
      readers: at % 3 === 0 ? null : [tom],
    }),
  );
  await store.of(contacts).insertAll(rows);
  const seen: string[] = [];
  let said = await talk.say('maya', 'find fence');
  for (;;) {
    seen.push(...(said.text.match(/number\d+/g) ?? []));
    if (!said.buttons.includes('More')) break;
    expect(rowsOf(said)).toHaveLength(8);
    said = await talk.press('maya', 'More', said);
  }
  const shown = rows.filter(({ readers }) => readers === null);
  expect(seen).toHaveLength(20);
  const order = shown.toSorted((a, b) => (`${a.day} ${a.id}` < `${b.day} ${b.id}` ? 1 : -1));
  expect(seen).toEqual(order.map(({ note }) => note?.split(' ')[1]));
});

it('looks through a part of what has only one of the words, says how far, and goes on from there', async () => {
  const talk = await withNotes();
  const by = memberId(talk.id, 'tom');
  const rows = Array.from({ length: 2_400 }, (_, at) => {
    const day = new Date(Date.UTC(2020, 0, at)).toISOString().slice(0, 10);
    const words = at === 5 ? 'morning and evening' : at % 2 ? 'morning' : 'evening';
    return contactRow(`${talk.id}-${at}`, { note: `came in the ${words}`, by, day });
  });
  await talk.store.of(contacts).insertAll(rows);
  let said = await talk.say('maya', 'find morning evening');
  expect(said.text).toMatch(
    /I've looked back to \w+ \d+ \w+ 2021\. There may be more before that\./,
  );
  expect(said.buttons).toEqual(['Look further back']);
  while (said.buttons.includes('Look further back'))
    said = await talk.press('maya', 'Look further back', said);
  expect(said.text).toContain('came in the morning and evening');
});

const WORDS = [
  'lease',
  'leases',
  'garden',
  'Gardens',
  'the',
  'fair',
  'co-op',
  'café',
  'cafe',
  '42',
];
const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 5 }).map((all) => all.join(' '));

it('finds what a plain look through all notes finds', async () => {
  const noted = fc.array(fc.record({ note: text, day: fc.integer({ min: 1, max: 9 }) }), {
    maxLength: 12,
  });
  const sought = fc.array(fc.constantFrom('lease', 'gardens', 'fai', 'coop', 'CAFÉ', '42'), {
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(noted, sought, async (all, words) => {
      const talk = await newTalk();
      const by = memberId(talk.id, 'tom');
      const rows = all.map(({ note, day }, at) =>
        contactRow(`${talk.id}-${at}`, { note: `${note} n${at}`, by, day: `2026-11-0${day}` }),
      );
      await talk.store.of(contacts).insertAll(rows);
      const plain = (word: string) =>
        word.toLowerCase().replace('é', 'e').replace('-', '').replace(/s$/, '');
      const found = rows.filter(({ note }) => {
        const have = (note ?? '').split(' ').map(plain);
        return words.every((word, at) =>
          have.some((one) =>
            at === words.length - 1 && plain(word).length > 2
              ? one.startsWith(plain(word))
              : one === plain(word),
          ),
        );
      });
      const seen: string[] = [];
      let said = await talk.say('tom', `find ${words.join(' ')}`);
      for (;;) {
        const shown = rowsOf(said).map((block) =>
          'text' in block ? plainText(block.text, 'UTC') : '',
        );
        seen.push(...shown.map((line) => / (n\d+)$/.exec(line)?.[1] ?? line));
        if (!said.buttons.includes('More')) break;
        said = await talk.press('tom', 'More', said);
      }
      expect(seen.toSorted()).toEqual(found.map(({ note }) => note?.split(' ').at(-1)).toSorted());
    }),
    { numRuns: runs(25), seed },
  );
});

it('finds the same in a MongoDB', async () => {
  const server = await startTestServer();
  const { stores, close } = await connectStores({
    uri: server.uri,
    database: server.database(),
    declarations: collections,
  });
  const talk = await withNotes(await newTalk(stores));
  expect((await talk.say('maya', 'find lease')).text).toContain('met Jane about the leases');
  expect((await talk.say('maya', 'find gard')).text).toContain('share of the garden');
  await expectTerms(talk.store);
  await close();
  await server.stop();
});

function contactRow(
  id: string,
  given: Partial<Contact> & Pick<Contact, 'by' | 'day'>,
): New<Contact> {
  return {
    id,
    partner: 'nowhere',
    how: 'call',
    twoWay: true,
    note: null,
    loggedAt: new Date('2026-11-18T10:00:00Z'),
    answerNotedAt: null,
    readers: null,
    readersCoordinate: null,
    ...given,
  };
}

it.each([
  ['find 🚐', 'I look for numbers, and for words of two letters or more. Try find lease.'],
  ['find b', 'I look for numbers, and for words of two letters or more. Try find lease.'],
  ['find the', '"the" is in nearly every note.'],
  ['who mentioned the lease?', 'With the lease, newest first:'],
  ['did anyone say anything about the lease?', 'With the lease, newest first:'],
])('%s: %s', async (line, answer) => {
  const talk = await withNotes();
  expect((await talk.say('maya', line)).text).toContain(answer);
});

it.each([
  ['St Mary', 'find saint mary'],
  ['Saint Mary', 'find st mary'],
  ['Saint Mary', 'find sain'],
  ['the saints', 'find saint'],
  ["O'Neill", 'find neill'],
  ["O'Neill", 'find oneill'],
  ["O'Neill", "find o'neill"],
  ['O Neill', "find o'neill"],
  ['O Neill', 'find neill'],
  ['ONeill', 'find O’Neill'],
  ['mountain', 'find mount'],
  ['the garden center', 'find garden centre'],
])('a note and a partner with %s: %s', async (written, line) => {
  const talk = await withNotes();
  await talk.say('grace', `partner add "${written} Hall"`);
  await talk.say('tom', `log oakfield school "met ${written} there"`);
  const said = await talk.say('grace', line);
  expect(said.text).toContain(`met ${written} there`);
  const isPlainName = !/^O Neill|^ONeill/.test(written) || line === 'find neill';
  if (isPlainName) expect(said.text).toContain(`${written} Hall`);
});

it.each(['find neil', 'find mary saint', 'find eill'])(
  '%s does not find what only looks like it',
  async (line) => {
    const talk = await withNotes();
    await talk.say('tom', 'log oakfield school "met Oneiller about Marylebone"');
    expect((await talk.say('grace', line)).text).not.toContain('Oneiller');
  },
);
