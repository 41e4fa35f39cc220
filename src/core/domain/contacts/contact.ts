import type { Day } from '../../dates/day.ts';
import { defineCollection, type Row } from '../../ports/store.ts';
import type { Readership } from '../members/visibility.ts';

export const contactMethods = ['meeting', 'call', 'email', 'visit', 'event', 'message'] as const;
export type ContactMethod = (typeof contactMethods)[number];

/** One conversation with a partner. A private one has readers: others see its day and method only (see visibility.ts). */
export interface Contact extends Row, Readership {
  partner: string;
  day: Day;
  how: ContactMethod | null;
  /** False when they did not reply. Only a two-way contact makes a partner count as not quiet. */
  twoWay: boolean;
  note: string | null;
  /** The member who logged it. */
  by: string;
  loggedAt: Date;
}

export const contacts = defineCollection<Contact>()({
  name: 'contacts',
  scope: 'partnership',
  fields: {
    partner: 'text',
    day: 'text',
    how: 'text',
    twoWay: 'flag',
    note: 'text',
    by: 'text',
    loggedAt: 'moment',
    readers: 'list',
    readersCoordinate: 'flag',
  },
  indexes: {
    byPartner: { on: ['partner', 'day', 'loggedAt'] },
    byTwoWay: { on: ['partner', 'twoWay', 'day'] },
    byMember: { on: ['by'] },
    byDay: { on: ['day'] },
  },
});
