import type { Day } from '../../dates/day.ts';
import { declare, type Row } from '../../ports/store.ts';

export const ways = ['meeting', 'call', 'email', 'visit', 'event', 'message'] as const;
export type Way = (typeof ways)[number];

/** One logged contact. */
export interface Interaction extends Row {
  partner: string;
  day: Day;
  how: Way | null;
  /** False when they did not reply: then it does not count against quiet. */
  twoWay: boolean;
  note: string | null;
  /** The member who logged it. */
  by: string;
  loggedAt: Date;
}

export const interactions = declare<Interaction>()({
  name: 'interactions',
  scope: 'partnership',
  fields: {
    partner: 'text',
    day: 'text',
    how: 'text',
    twoWay: 'flag',
    note: 'text',
    by: 'text',
    loggedAt: 'moment',
  },
  indexes: {
    byPartner: { on: ['partner', 'day'] },
    byTwoWay: { on: ['partner', 'twoWay', 'day'] },
    byDay: { on: ['day'] },
  },
});
