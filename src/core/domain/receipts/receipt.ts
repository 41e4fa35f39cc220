import type { Answer } from '../../ports/platform.ts';
import { defineCollection, type Row, type Stores } from '../../ports/store.ts';
import type { Change } from './change.ts';

/**
 * One command that wrote something: what it wrote, and the answer, which is given again if the platform repeats the
 * invocation. It is stored together with what the command writes. The id is derived from the key of the invocation.
 */
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
  indexes: {
    byActor: { on: ['partnership', 'actor', 'undoable', 'at'] },
    byTime: { on: ['partnership', 'at'] },
  },
});

/** @returns the receipt of an invocation that came before. */
export function existingReceipt(stores: Stores, id: string): Promise<CommandReceipt | undefined> {
  return stores.global(receipts).get(id);
}
