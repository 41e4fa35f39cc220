import { isDeepStrictEqual } from 'node:util';
import { derivedId } from '../../base/id.ts';
import type { New, Row, Store } from '../../ports/store.ts';
import {
  type FieldChange,
  type HistoryEntry,
  type HistoryEvent,
  type HistoryValue,
  historyEntries,
  historyWords,
} from '../history/history-entry.ts';
import {
  type RecordedCollection,
  type RecordedField,
  recordedCollections,
} from './recorded-fields.ts';

/** One row that a command wrote, whole: before (null: there was none) and after (null: it is gone). */
export interface RowChange {
  collection: string;
  before: Row | null;
  after: Row | null;
}

/** Whose changes they are, and when. */
export interface ChangeAuthor {
  /** Member id; null: Convenor by itself. */
  actor: string | null;
  at: Date;
  /** Names the use of the command, so that a repeated run writes the same entries. */
  key: string;
}

const byName = new Map(recordedCollections.map((one) => [one.declaration.name, one]));

/** Writes the history entries of what a command changed. A command that changes no recorded field reads and writes nothing. */
export async function recordChanges(
  changes: readonly RowChange[],
  author: ChangeAuthor,
  store: Store,
): Promise<void> {
  const found = changes.flatMap((change) => entryOf(change, author, store.partnership) ?? []);
  if (found.length === 0) return;
  await store.of(historyEntries).insertAll(found.map(({ entry }) => entry));
  const words = found.filter((one) => one.words.length > 0);
  await store
    .of(historyWords)
    .insertAll(words.map(({ entry, words }) => ({ id: entry.id, at: entry.at, changes: words })));
}

interface NewEntry {
  entry: New<HistoryEntry>;
  words: FieldChange[];
}

function entryOf(
  { collection, before, after }: RowChange,
  { actor, at, key }: ChangeAuthor,
  partnership: string,
): NewEntry | undefined {
  const rule = byName.get(collection);
  const row = after ?? before;
  if (!rule || !row) return undefined;
  const event = eventOf(rule, { collection, before, after }, at);
  if (!event) return undefined;
  const all = event === 'added' ? [] : changesOf(rule, before, after);
  if (event === 'changed' && all.length === 0) return undefined;
  const words = all.filter(({ field }) => isWords(rule.fields[field]));
  const entry = {
    id: derivedId('history', key, collection, row.id),
    subject: rule.subjectOf(row, partnership),
    at,
    actor,
    event,
    collectionName: collection,
    changes: all.filter((change) => !words.includes(change)),
    changedWords: words.map(({ field }) => field),
    count: null,
  };
  return { entry, words };
}

/** @returns undefined if it is not told. */
function eventOf(
  { added, removed, isNews }: RecordedCollection,
  { before, after }: RowChange,
  at: Date,
): HistoryEvent | undefined {
  if (!before && added !== null)
    return !after || isNews?.(after, at) === false ? undefined : 'added';
  if (after) return 'changed';
  // Nobody can ask about a partner or a member that is gone.
  return removed === undefined && added !== null ? undefined : removed ? 'removed' : 'changed';
}

const isWords = (field: RecordedField<Row> | undefined): boolean =>
  field !== undefined && 'isWords' in field;

function changesOf(
  { fields }: RecordedCollection,
  before: Row | null,
  after: Row | null,
): FieldChange[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const change = {
      field: name,
      before: recordedValue(before, name, field),
      after: recordedValue(after, name, field),
    };
    if (isDeepStrictEqual(change.before, change.after)) return [];
    return 'changed' in field ? { field: name, before: null, after: null } : change;
  });
}

function recordedValue(row: Row | null, name: string, field: RecordedField<Row>): HistoryValue {
  if (!row) return null;
  const value = field.read ? field.read(row) : (row as unknown as Record<string, unknown>)[name];
  return (value as HistoryValue | undefined) ?? null;
}
