import type { Day } from '../../dates/day.ts';
import { defineCollection, type Row } from '../../ports/store.ts';

/** A meeting with a partner on a day to come. Once it has happened, a contact tells of it. */
export interface Meeting extends Row {
  /** Also the id of a partner that was merged into another one since: `directory.partner` leads to that one. */
  partner: string;
  day: Day;
  /** The time on a clock where it was noted, such as `11:00`; null: nobody has said. */
  time: string | null;
  /** Who is there and what it is about, in the words of the member who noted it: `with Jane`. */
  note: string | null;
  /** The member who noted it, and goes there. */
  by: string;
  /** `off`: it does not take place, or did not. */
  state: 'planned' | 'off';
}

export const meetings = defineCollection<Meeting>()({
  name: 'meetings',
  scope: 'partnership',
  fields: {
    partner: 'text',
    day: 'text',
    time: 'text',
    note: 'text',
    by: 'text',
    state: 'text',
  },
  indexes: {
    byPartner: { on: ['partner', 'state', 'day'] },
    byAuthor: { on: ['by', 'state', 'day'] },
    byDay: { on: ['day'] },
  },
});
