import type { Answer } from '../../ports/platform.ts';
import {
  defineCollection,
  insertOnce,
  type New,
  type Row,
  type Stores,
} from '../../ports/store.ts';
import type { Change } from './track-changes.ts';

/** One command that wrote something: what it wrote and what was answered. The id is the key of the invocation. */
export interface CommandReceipt extends Row {
  partnership: string;
  command: string;
  /** Member id. */
  actor: string;
  at: Date;
  answer: Answer;
  /** What it wrote, with the values from before, for `undo`. */
  changes: Change[];
  /** True if there is something to undo and it was not undone yet. */
  undoable: boolean;
}

export const receipts = defineCollection<CommandReceipt>()({
  name: 'receipts',
  scope: 'global',
  fields: {
    partnership: 'text',
    command: 'text',
    actor: 'text',
    at: 'moment',
    answer: 'data',
    changes: 'data',
    undoable: 'flag',
  },
  indexes: { byActor: { on: ['partnership', 'actor', 'undoable', 'at'] } },
});

/** @returns the receipt of an invocation that came before. */
export function existingReceipt(stores: Stores, id: string): Promise<CommandReceipt | undefined> {
  return stores.global(receipts).get(id);
}

/**
 * Saves the answer, so that it is given again if the platform repeats the invocation. It is written last: a command
 * that was cut off half-way runs again on a repeat, and each of its steps can be repeated.
 * @returns the saved receipt. It is another one if the same invocation was finished elsewhere in the meantime.
 */
export function saveReceipt(
  stores: Stores,
  row: Omit<New<CommandReceipt>, 'undoable'>,
): Promise<CommandReceipt> {
  return insertOnce(stores.global(receipts), { ...row, undoable: row.changes.length > 0 });
}
