import { randomUUID } from 'node:crypto';
import { derivedRowId } from '../../../src/core/ports/derived-rows.ts';
import {
  type DueRow,
  defineCollection,
  type New,
  type Row,
} from '../../../src/core/ports/store.ts';

/** A tenant row with a field of every kind. */
export interface Thing extends DueRow {
  key: string;
  group: string | null;
  rank: number | null;
  done: boolean | null;
  at: Date | null;
  tags: (string | number)[] | null;
  body: unknown;
}

export const things = defineCollection<Thing>()({
  name: 'things',
  scope: 'partnership',
  fields: {
    key: 'text',
    group: 'text',
    rank: 'integer',
    done: 'flag',
    at: 'moment',
    tags: 'list',
    body: 'data',
    nextRunAt: 'moment',
    claim: 'text',
    sending: 'text',
  },
  indexes: {
    byKey: { on: ['key'], unique: true },
    byGroup: { on: ['group', 'rank'] },
    byDone: { on: ['done', 'at'] },
  },
});

/** A global row. */
export interface Sign extends Row {
  text: string | null;
  partnership: string;
}

export const signs = defineCollection<Sign>()({
  name: 'signs',
  scope: 'global',
  fields: { text: 'text', partnership: 'text' },
  indexes: { byText: { on: ['text'], unique: true } },
});

/** A word of a note. */
export interface Word extends Row {
  word: string;
}

export const words = defineCollection<Word>()({
  name: 'words',
  scope: 'partnership',
  fields: { word: 'text' },
  indexes: { byWord: { on: ['word'] } },
});

/** A tenant row from which others are derived: the words of its text. */
export interface Note extends Row {
  text: string;
  key: string;
}

export const notes = defineCollection<Note>()({
  name: 'notes',
  scope: 'partnership',
  fields: { text: 'text', key: 'text' },
  indexes: { byKey: { on: ['key'], unique: true } },
  derived: {
    into: words,
    rowsOf: ({ id, text }) =>
      [...new Set(text.split(' ').filter(Boolean))].map((word) => ({
        id: derivedRowId('notes', id, word),
        word,
      })),
  },
});

export const declarations = [things, signs, notes, words];

/** A thing that conflicts with no other, with some fields given. */
export function thing(given: Partial<New<Thing>> = {}): New<Thing> {
  const id = given.id ?? randomUUID();
  return {
    id,
    key: id,
    group: null,
    rank: null,
    done: null,
    at: null,
    tags: null,
    body: null,
    nextRunAt: null,
    claim: null,
    sending: null,
    ...given,
  };
}

/** Things in one group, ranked 1 to `count`, with ids in the same order. */
export function ranked(group: string, count: number): New<Thing>[] {
  return Array.from({ length: count }, (_, index) =>
    thing({ id: `${group}-${String(index + 1).padStart(5, '0')}`, group, rank: index + 1 }),
  );
}
