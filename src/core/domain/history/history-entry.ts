import { defineCollection, type New, type Row, type Store } from '../../ports/store.ts';

/** A value as the history keeps it: of a field, or computed from several. */
export type HistoryValue = null | boolean | number | string | readonly HistoryValue[];

/** One changed field. */
export interface FieldChange {
  field: string;
  before: HistoryValue;
  after: HistoryValue;
}

/**
 * What happened: a row was added, changed or removed; somebody's details were erased, or given out as a file.
 */
export type HistoryEvent = 'added' | 'changed' | 'removed' | 'erased' | 'exported';

/**
 * One thing that somebody did to a partner, a member or the settings. It has no free text: that is in
 * {@link HistoryWords}, which is removed much earlier.
 */
export interface HistoryEntry extends Row {
  /** The id of the partner or the member. For settings and what concerns everybody: the partnership's. */
  subject: string;
  at: Date;
  /** The member who did it; null: Convenor did it by itself. */
  actor: string | null;
  event: HistoryEvent;
  /** The name of the collection whose row changed; null: no single row did. */
  collectionName: string | null;
  /** The changed fields with their values. Of a removed row: its day. */
  changes: readonly FieldChange[];
  /** The changed fields whose values are free text. */
  changedWords: string[];
  /** How many places an erasure or an export had; null: not counted. */
  count: number | null;
}

/** The free text of an entry, before and after. The id is the entry's. */
export interface HistoryWords extends Row {
  at: Date;
  changes: readonly FieldChange[];
}

export const historyEntries = defineCollection<HistoryEntry>()({
  name: 'historyEntries',
  scope: 'partnership',
  fields: {
    subject: 'text',
    at: 'moment',
    actor: 'text',
    event: 'text',
    collectionName: 'text',
    changes: 'data',
    changedWords: 'list',
    count: 'integer',
  },
  indexes: { bySubject: { on: ['subject', 'at'] } },
});

export const historyWords = defineCollection<HistoryWords>()({
  name: 'historyWords',
  scope: 'partnership',
  fields: { at: 'moment', changes: 'data' },
  indexes: { byTime: { on: ['at'] } },
});

/** The history entry of an erasure or an export. It never has the name of the person. */
export interface DataEvent {
  /** Derived from the work it belongs to, so that a repeated step writes the same row. */
  id: string;
  event: 'erased' | 'exported';
  /** The member whose data it was; the partnership's id for anybody else. */
  subject: string;
  /** The member who did it. */
  actor: string;
  at: Date;
  /** How many places were changed or listed. */
  count: number | null;
}

/** Records an erasure or an export. These entries are kept as long as the partnership is here. It can be repeated. */
export async function recordDataEvent(event: DataEvent, store: Store): Promise<void> {
  const entry: New<HistoryEntry> = {
    ...event,
    collectionName: null,
    changes: [],
    changedWords: [],
  };
  await store.of(historyEntries).insertAll([entry]);
}
