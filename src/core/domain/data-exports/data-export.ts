import { type DueRow, defineCollection } from '../../ports/store.ts';

/**
 * A file of what is held on somebody, still to be put together. A worker does that, since it reads every row. Then it
 * removes this row.
 */
export interface DataExport extends DueRow {
  /** The name as it was typed, or the member's. */
  name: string;
  /** The id of the member it is about; null: somebody who is no member. */
  member: string | null;
  /** The id of the member who gets the file. */
  recipient: string;
  createdAt: Date;
}

export const dataExports = defineCollection<DataExport>()({
  name: 'dataExports',
  scope: 'partnership',
  fields: {
    name: 'text',
    member: 'text',
    recipient: 'text',
    createdAt: 'moment',
    nextRunAt: 'moment',
    claim: 'text',
    sending: 'text',
  },
  indexes: { byTime: { on: ['createdAt'] } },
});
