import type { Answer } from '../../ports/platform.ts';
import {
  defineCollection,
  insertOnce,
  type New,
  type Row,
  type Stores,
} from '../../ports/store.ts';
import type { Change } from './track-changes.ts';

/** One delivery of an event, command or press that wrote something, with its answer. */
export interface CommandReceipt extends Row {
  partnership: string;
  command: string;
  /** Member id. */
  actor: string;
  at: Date;
  answer: Answer;
  /** What it wrote, with what stood there before: for `undo`. */
  changes: Change[];
  /** True when there is something to take back, and it has not been. */
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

/** @returns what was answered to this delivery, if it came before. */
export function existingReceipt(stores: Stores, id: string): Promise<CommandReceipt | undefined> {
  return stores.global(receipts).get(id);
}

/**
 * Keeps the answer, to be given again if the same delivery comes again. Written last, so that a delivery cut off
 * half-way is done again when it is repeated: each of its steps may be repeated.
 * @returns the row that stands: another's, if the same delivery was finished meanwhile.
 */
export function saveReceipt(
  stores: Stores,
  row: Omit<New<CommandReceipt>, 'undoable'>,
): Promise<CommandReceipt> {
  return insertOnce(stores.global(receipts), { ...row, undoable: row.changes.length > 0 });
}
