import type { Answer } from './ports.ts';
import type { Written } from './recording.ts';
import { declare, insertOnce, type Row, type Stores } from './store.ts';

/** One delivery of an event, command or press: first `started`, then `done` with its answer. */
export interface Inbound extends Row {
  partnership: string;
  command: string;
  /** Member id. */
  actor: string;
  at: Date;
  state: 'started' | 'done';
  answer: Answer | null;
  /** What it wrote, with what stood there before: for `undo`. */
  written: Written[];
  /** True when there is something to take back, and it has not been. */
  undoable: boolean;
}

export const inbound = declare<Inbound>()({
  name: 'inbound',
  scope: 'global',
  fields: {
    partnership: 'text',
    command: 'text',
    actor: 'text',
    at: 'moment',
    state: 'text',
    answer: 'data',
    written: 'data',
    undoable: 'flag',
  },
  indexes: { byActor: { on: ['partnership', 'actor', 'undoable', 'at'] } },
});

/** @returns the row of a delivery: a new one, or the one that stands since it came before. */
export function beginInbound(
  stores: Stores,
  row: Pick<Inbound, 'id' | 'partnership' | 'command' | 'actor' | 'at'>,
): Promise<Inbound> {
  return insertOnce(stores.global(inbound), {
    ...row,
    state: 'started',
    answer: null,
    written: [],
    undoable: false,
  });
}

/** Keeps the answer, to be given again if the same delivery comes again. */
export async function finishInbound(
  stores: Stores,
  row: Inbound,
  answer: Answer,
  written: Written[],
): Promise<void> {
  await stores
    .global(inbound)
    .save({ ...row, state: 'done', answer, written, undoable: written.length > 0 });
}
