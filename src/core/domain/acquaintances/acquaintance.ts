import type { Day } from '../../dates/day.ts';
import { defineCollection, type Row } from '../../ports/store.ts';

/** A member has said that they know a partner. It lasts a year, as a conversation does (see `readKnowers`). */
export interface Acquaintance extends Row {
  member: string;
  partner: string;
  /** The day on which they last said so. */
  saidOn: Day;
}

export const acquaintances = defineCollection<Acquaintance>()({
  name: 'acquaintances',
  scope: 'partnership',
  fields: { member: 'text', partner: 'text', saidOn: 'text' },
  indexes: {
    byPartner: { on: ['partner', 'saidOn'] },
    byMember: { on: ['member', 'saidOn'] },
    byDay: { on: ['saidOn'] },
  },
});
