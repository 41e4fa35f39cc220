import { expect, it } from 'vitest';
import { newPartner } from '../../../src/core/domain/partners/new-partner.ts';
import { partners } from '../../../src/core/domain/partners/partner.ts';
import { namesChanged } from '../../../src/core/domain/partnerships/partnership.ts';
import type { Collection, Declaration, Row, Store } from '../../../src/core/ports/store.ts';
import { newTalk, type Talk } from '../../fixtures/bot.ts';

/** Counts how often all partners of a partnership are read. */
function countFullReads({ id, stores }: Talk): () => number {
  const { forPartnership } = stores;
  let count = 0;
  stores.forPartnership = (partnership): Store => {
    const store = forPartnership(partnership);
    if (partnership !== id) return store;
    return {
      ...store,
      of<T extends Row, I extends string>(declaration: Declaration<T, I>): Collection<T, I> {
        const rows = store.of(declaration);
        if (declaration.name !== partners.name) return rows;
        return {
          ...rows,
          all(query, pageSize) {
            if (query.index === 'byId') count++;
            return rows.all(query, pageSize);
          },
        };
      },
    };
  };
  return () => count;
}

it('a changed name is read by itself: nobody reads all names again for it', async () => {
  const talk = await newTalk();
  const fullReads = countFullReads(talk);
  await talk.say('tom', 'partner add Oakfield School');
  expect(fullReads()).toBe(1);
  expect((await talk.say('tom', 'partner find oakfield')).text).toContain('Oakfield School');
  await talk.say('tom', 'partner edit oakfield school name:"Ashfield School"');
  expect((await talk.say('tom', 'partner find ashfield')).text).toContain('Ashfield School');
  expect((await talk.say('tom', 'partner find oakfield')).text).toContain('Ashfield School');
  await talk.say('tom', 'partner edit ashfield school aliases:none');
  expect((await talk.say('tom', 'partner find oakfield')).text).toContain("I can't find");
  await talk.say('grace', 'member role @Maya worker');
  expect((await talk.say('maya', 'me')).text).toContain('worker');
  await talk.say('tom', 'partner archive ashfield school');
  expect((await talk.say('tom', 'log ashfield school rang')).text).not.toContain('Noted');
  expect(fullReads()).toBe(1);
});

it('what another process has changed is read too, however much it was', async () => {
  const talk = await newTalk();
  await talk.say('tom', 'partner add Oakfield School');
  const fullReads = countFullReads(talk);
  // Another process has a directory of its own, and only the store tells of its changes.
  const rows = Array.from({ length: 60 }, (_, index) =>
    newPartner(`${talk.id}-${index}`, `Club ${index}`),
  );
  await talk.store.of(partners).insertAll(rows.slice(0, 2));
  await namesChanged(talk.store, { partners: [`${talk.id}-0`, `${talk.id}-1`], members: [] });
  expect((await talk.say('tom', 'partner find club')).text).toContain('Club 1');
  expect(fullReads()).toBe(0);
  await talk.store.of(partners).insertAll(rows.slice(2));
  await namesChanged(talk.store, { partners: rows.map(({ id }) => id), members: [] });
  expect((await talk.say('tom', 'partner find "club 59"')).text).toContain('Club 59');
  expect(fullReads()).toBe(1);
});
